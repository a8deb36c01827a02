"""The checks of the front ends: where they run, where they are skipped, and when their packages are installed anew."""

import importlib
import subprocess
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]


@pytest.fixture
def frontends(monkeypatch):
    monkeypatch.syspath_prepend(str(TOP))
    return importlib.import_module("tooling.frontends")


@pytest.fixture
def checks(monkeypatch):
    monkeypatch.syspath_prepend(str(TOP))
    return importlib.import_module("tooling.checks")


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """A machine of its own: nothing on the PATH but the system's programs and what the test puts there."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    def has(name: str, script: str) -> None:
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)

    return has


@pytest.fixture
def workspace(frontends, machine, monkeypatch, tmp_path):
    """A workspace whose npm counts its installations."""
    apps = tmp_path / "apps"
    (apps / "node_modules").mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        (apps / name).write_text("{}")
    monkeypatch.setattr(frontends, "APPS", apps)
    monkeypatch.setattr(frontends, "LOCK", apps / "package-lock.json")
    monkeypatch.setattr(frontends, "STAMP", apps / "node_modules" / ".lyceum-installed")
    machine("node", "echo v20.19.0")
    machine("npm", "echo once >> node_modules/installed")
    return apps


def installations(apps: Path) -> int:
    return len((apps / "node_modules" / "installed").read_text().splitlines())


def test_a_machine_without_npm_says_so(frontends, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert frontends.obstacle() == "Node.js with npm is missing"


@pytest.mark.parametrize("version", ["v18.20.0", "v20.9.0", "nonsense"])
def test_an_old_node_is_named(frontends, machine, version):
    machine("node", f"echo {version}")
    machine("npm", "true")
    assert version in frontends.obstacle()


@pytest.mark.parametrize("version", ["v20.19.0", "v22.0.0"])
def test_a_new_node_is_fine(frontends, machine, version):
    machine("node", f"echo {version}")
    machine("npm", "true")
    assert frontends.obstacle() is None


def test_what_cannot_be_checked_is_in_the_closing_line(checks, monkeypatch, capfd):
    monkeypatch.setattr(checks.frontends, "obstacle", lambda: "Node.js with npm is missing")
    installation, found, skipped = checks.frontend_checks()
    assert (installation, found) == ([], [])
    assert checks.run_all([], [checks.Check("only", ["true"])], skipped) == 0
    assert capfd.readouterr().out.splitlines()[-1].endswith("front ends SKIPPED: Node.js with npm is missing")


def test_every_check_waits_for_the_packages(checks, monkeypatch):
    monkeypatch.setattr(checks.frontends, "obstacle", lambda: None)
    [installation], found, _ = checks.frontend_checks()
    assert {check.name for check in found} == {*checks.frontends.CHECKS, "builds and budgets"}
    assert {check.needs for check in found} == {installation.name}


@pytest.mark.parametrize(
    ("script", "code", "said"), [("exit 0", 0, ""), ("echo no registry; exit 1", 1, "no registry")]
)
def test_the_check_that_installs_shows_what_npm_said(frontends, workspace, machine, capfd, script, code, said):
    machine("npm", script)
    assert frontends.main("install") == code
    assert said in capfd.readouterr().out


def test_packages_are_installed_once_per_lock_file(frontends, workspace):
    frontends.install()
    frontends.install()
    assert installations(workspace) == 1
    (workspace / "package-lock.json").write_text('{"packages": {}}')
    frontends.install()
    assert installations(workspace) == 2


def test_a_lock_file_that_npm_has_to_change_is_refused(frontends, workspace, machine):
    machine("npm", """echo '{"packages": {"node_modules/react": {"version": "20.0.0"}}}' > package-lock.json""")
    with pytest.raises(RuntimeError, match=r"package-lock\.json"):
        frontends.install()
    assert not frontends.STAMP.exists()


def test_marks_that_npm_sets_otherwise_change_nothing(frontends, workspace, machine):
    lock = workspace / "package-lock.json"
    lock.write_text('{"packages": {"node_modules/react": {"version": "19.0.0", "dev": true}}}')
    before = lock.read_bytes()
    machine("npm", """echo '{"packages": {"node_modules/react": {"version": "19.0.0"}}}' > package-lock.json""")
    frontends.install()
    assert lock.read_bytes() == before


def test_a_failed_installation_is_not_remembered(frontends, workspace, machine):
    machine("npm", "exit 1")
    with pytest.raises(subprocess.CalledProcessError):
        frontends.install()
    assert not frontends.STAMP.exists()


def test_every_check_is_a_script_of_the_workspace(frontends):
    manifest = (TOP / "apps" / "package.json").read_text()
    assert [script for script in frontends.CHECKS.values() if f'"{script}":' not in manifest] == []


@pytest.fixture
def buildable(workspace, machine):
    """A workspace whose npm counts its builds, with an app of one file and a shared one."""
    machine(
        "npm",
        'case "$1" in run) app=${4#@lyceum/}; mkdir -p $app/dist; echo "$app" >> built;; '
        "*) echo once >> node_modules/installed;; esac",
    )
    for place in ("web/src/main.tsx", "admin/src/main.tsx", "shared/ui/src/index.ts", "web/node_modules/x.js"):
        path = workspace / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(place)
    return workspace


def built(apps: Path) -> list[str]:
    return (apps / "built").read_text().split()


def test_front_ends_are_built_once_per_content(frontends, buildable, capsys):
    frontends.provide()
    frontends.provide()
    assert built(buildable) == ["web", "admin"]
    assert "Building the Web App … " in capsys.readouterr().out


def test_a_change_of_one_app_builds_that_app(frontends, buildable):
    frontends.provide()
    (buildable / "admin" / "src" / "main.tsx").write_text("other")
    (buildable / "web" / "node_modules" / "x.js").write_text("other")
    frontends.provide()
    assert built(buildable) == ["web", "admin", "admin"]


def test_a_change_of_what_is_shared_builds_both(frontends, buildable):
    frontends.provide()
    (buildable / "shared" / "ui" / "src" / "index.ts").write_text("other")
    frontends.provide()
    assert built(buildable) == ["web", "admin", "web", "admin"]


def test_a_build_that_is_current_needs_no_node(frontends, buildable, monkeypatch, capsys):
    frontends.provide()
    monkeypatch.setattr(frontends, "obstacle", lambda: "Node.js with npm is missing")
    capsys.readouterr()
    frontends.provide()
    assert capsys.readouterr().out == ""


def test_without_node_it_is_said_what_is_missing(frontends, workspace, monkeypatch, capsys):
    monkeypatch.setattr(frontends, "obstacle", lambda: "Node.js with npm is missing")
    frontends.provide()
    said = capsys.readouterr().out
    assert "cannot be built: Node.js with npm is missing" in said
    assert "API runs without them" in said


def test_a_build_that_fails_is_shown_and_tried_again(frontends, buildable, machine, capsys):
    machine("npm", '[ "$1" = run ] && { echo "no such module"; exit 1; }; exit 0')
    frontends.provide()
    assert "no such module" in capsys.readouterr().out
    assert not (buildable / "web" / "dist" / ".lyceum-source").exists()


@pytest.mark.parametrize("names", [(), ("web",), ("web", "admin")])
def test_the_host_serves_what_is_built(monkeypatch, tmp_path, names):
    from lyceum_host.front_ends import front_ends, site

    for name in ("web", "admin"):
        monkeypatch.setenv(f"LYCEUM_{name.upper()}_BUILD", str(tmp_path / name))
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text("<!doctype html>")
    prefixes = {"web": "/", "admin": "/admin/"}
    assert [one.prefix for one in front_ends().values()] == [prefixes[name] for name in names]
    assert (site() is None) == (not names)
