"""`tooling/run` and `tooling/test` on machines that are less prepared than this one."""

import ast
import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]


@pytest.fixture
def bootstrap(monkeypatch, tmp_path):
    """The module, with its tools in a throw-away place and nothing on the PATH but the system's programs."""
    monkeypatch.syspath_prepend(str(TOP))
    module = importlib.import_module("tooling.bootstrap")
    monkeypatch.setattr(module, "TOOLS", tmp_path / "tools")
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    return module


@pytest.fixture
def checks(monkeypatch):
    monkeypatch.syspath_prepend(str(TOP))
    return importlib.import_module("tooling.checks")


def program(path: Path, script: str) -> Path:
    """A program that does what the shell script says."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("script", ["tooling/run", "tooling/test"])
class TestOldPython:
    def test_it_is_told_what_is_needed(self, script):
        pretend = "import runpy, sys; sys.version_info = (3, 10, 14); runpy.run_path(sys.argv[1], run_name='__main__')"
        outcome = subprocess.run([sys.executable, "-c", pretend, TOP / script], capture_output=True, text=True)
        assert outcome.returncode == 1
        assert outcome.stderr.startswith("Lyceum needs Python 3.11 or newer; this is ")

    def test_it_can_read_the_script_that_tells_it(self, script):
        ast.parse((TOP / script).read_text(), feature_version=(3, 4))


class TestFindingUv:
    @pytest.mark.parametrize(
        "script", ["echo 'no such version' >&2; exit 127", "echo uv 0.8.22", "echo something else", "echo"]
    )
    def test_one_on_the_path_that_is_of_no_use_is_passed_over(self, bootstrap, tmp_path, monkeypatch, script):
        program(tmp_path / "bin" / "uv", script)
        monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
        assert bootstrap.find_uv() is None
        made_before = program(tmp_path / "tools" / "bin" / "uv", "echo uv 0.9.0")
        assert bootstrap.find_uv() == made_before

    def test_one_on_the_path_is_taken(self, bootstrap, tmp_path, monkeypatch):
        there = program(tmp_path / "bin" / "uv", "echo uv 1.2.3 '(abcdef 2026-01-01)'")
        monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
        assert bootstrap.find_uv() == there


class TestMakingUv:
    """The interpreter is a script here that behaves like Pythons found in the wild."""

    def test_it_gets_an_environment_of_its_own(self, bootstrap, tmp_path, monkeypatch):
        pip = '[ "$2" = pip ] && cp "$(dirname "$0")/../wheel" "$(dirname "$0")/uv"'
        wheel, inner = program(tmp_path / "wheel", "echo uv 0.9.9"), program(tmp_path / "inner", pip)
        python = f'[ "$2" = venv ] && mkdir -p "$3/bin" && cp {inner} "$3/bin/python" && cp {wheel} "$3/wheel"'
        monkeypatch.setattr(sys, "executable", str(program(tmp_path / "python", python)))
        assert bootstrap.make_uv() == tmp_path / "tools" / "bin" / "uv"

    def test_without_ensurepip_it_is_installed_by_pip_into_a_folder(self, bootstrap, tmp_path, monkeypatch):
        uv = program(tmp_path / "wheel", "echo uv 0.9.9")
        python = (
            'if [ "$2" = venv ]; then echo "ensurepip is not available"; exit 1; fi\n'
            f'[ "$5 $6" = "--target {tmp_path}/tools/lib" ] && mkdir -p "$6/bin" && cp {uv} "$6/bin/uv"'
        )
        monkeypatch.setattr(sys, "executable", str(program(tmp_path / "python", python)))
        assert bootstrap.make_uv() == tmp_path / "tools" / "lib" / "bin" / "uv"

    def test_where_nothing_works_it_says_what_was_tried_and_what_is_missing(self, bootstrap, tmp_path, monkeypatch):
        python = (
            'if [ "$2" = venv ]; then echo "ensurepip is not available"; else echo "No module named pip"; fi; exit 1'
        )
        monkeypatch.setattr(sys, "executable", str(program(tmp_path / "python", python)))
        with pytest.raises(SystemExit) as end:
            bootstrap.make_uv()
        for part in ("ensurepip is not available", "No module named pip", "apt install python3-venv"):
            assert part in end.value.code


def test_what_uv_says_of_a_failed_installation_is_shown(bootstrap, tmp_path, monkeypatch):
    broken = program(tmp_path / "uv", 'if [ "$1" = --version ]; then echo uv 0.9.9; else echo "no network"; exit 2; fi')
    monkeypatch.setenv("PATH", f"{broken.parent}:/usr/bin:/bin")
    with pytest.raises(SystemExit, match="no network"):
        bootstrap.prepare()


def test_lyceum_takes_over_with_the_arguments_and_the_data_of_the_clone(bootstrap, monkeypatch):
    calls = []
    monkeypatch.setattr(bootstrap, "prepare", lambda: None)
    monkeypatch.setattr(os, "execv", lambda *call: calls.append((*call, os.environ["LYCEUM_DATA_DIR"])))
    monkeypatch.setenv("LYCEUM_DATA_DIR", "/elsewhere")
    bootstrap.hand_over_to_lyceum(["up", "--check"])
    monkeypatch.delenv("LYCEUM_DATA_DIR")
    bootstrap.hand_over_to_lyceum(["up"])
    lyceum = TOP / ".venv" / "bin" / "lyceum"
    assert calls == [
        (lyceum, [str(lyceum), "up", "--check"], "/elsewhere"),
        (lyceum, [str(lyceum), "up"], str(TOP / ".lyceum")),
    ]


class TestChecks:
    def test_all_of_them_run_and_one_failure_fails_the_whole(self, checks, capfd):
        code = checks.run_all(
            [
                checks.Check("first", ["sh", "-c", "sleep 0.2; echo one; exit 3"]),
                checks.Check("second", ["sh", "-c", "echo two >&2"]),
            ],
            [checks.Check("third", ["sh", "-c", "echo three"])],
        )
        shown = capfd.readouterr().out.splitlines()
        assert code == 1
        assert shown[:-1] == ["", "── first", "one", "", "── second", "two", "", "── third", "three", ""]
        assert shown[-1] == "first FAILED 0 s · second ok 0 s · third ok 0 s"

    def test_two_of_those_in_pairs_run_at_the_same_time(self, checks, tmp_path):
        meeting = "touch $0; for _ in $(seq 100); do [ -e $1 ] && exit 0; sleep 0.1; done; exit 1"
        here, there = tmp_path / "here", tmp_path / "there"
        pair = [("one", here, there), ("other", there, here)]
        assert (
            checks.run_all([checks.Check(name, ["sh", "-c", meeting, *map(str, ways)]) for name, *ways in pair], [])
            == 0
        )

    def test_one_that_needs_another_waits_for_it(self, checks, tmp_path):
        made = tmp_path / "made"
        first = checks.Check("first", ["sh", "-c", f"sleep 0.2; touch {made}"])
        second = checks.Check("second", ["test", "-e", str(made)], needs="first")
        assert checks.run_all([first, checks.Check("beside", ["true"]), second], []) == 0

    def test_what_needs_one_that_failed_is_not_run_and_says_so(self, checks, tmp_path, capfd):
        made = tmp_path / "made"
        second = checks.Check("second", ["touch", str(made)], needs="first")
        assert checks.run_all([checks.Check("first", ["false"]), second], []) == 1
        assert not made.exists()
        assert capfd.readouterr().out.splitlines()[-1] == "first FAILED 0 s · second SKIPPED: it needs first"

    def test_a_failure_of_what_runs_alone_fails_the_whole(self, checks):
        assert checks.run_all([], [checks.Check("only", ["false"])]) == 1

    def test_nothing_fails_when_all_pass(self, checks):
        assert checks.run_all([checks.Check("first", ["true"])], [checks.Check("last", ["true"])]) == 0

    def test_pytest_is_the_last_one_and_gets_the_arguments(self, checks):
        command = checks.pytest_check(["-k", "outbox"]).command
        assert command[:6] == ["pytest", "-n", "2", "--dist", "loadscope", "--no-loadscope-reorder"]
        assert command[-2:] == ["-k", "outbox"]

    def test_an_unknown_package_is_refused(self, checks):
        with pytest.raises(SystemExit, match="no package no-such"):
            checks.main(["--package", "no-such"])

    def test_a_package_without_declared_test_dependencies_is_refused(self, checks, tmp_path, monkeypatch):
        (tmp_path / "packages" / "bare").mkdir(parents=True)
        (tmp_path / "packages" / "bare" / "pyproject.toml").write_text('[project]\nname = "lyceum-bare"\n')
        monkeypatch.setattr(checks, "TOP", tmp_path)
        with pytest.raises(SystemExit, match="lyceum-bare declares no dependency group"):
            checks.main(["--package", "bare"])
