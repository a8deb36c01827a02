"""Rule 11: each package stands on what it declares."""

import subprocess
import sys
from pathlib import Path

import pytest
from rules.declared import declared, undeclared
from rules.source import ROOT, module_names, package_folders, planted, project, sources

from tooling import bootstrap

FOLDERS = package_folders()
BROUGHT_BY_THE_IMPLEMENTATION = (
    "alembic",
    "dependency_injector",
    "fastapi",
    "lyceum.runtime",
    "procrastinate",
    "sqlalchemy",
)


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_every_import_is_declared(folder):
    label = str(folder.relative_to(ROOT))
    files = [source for source in sources() if source.label.startswith(f"{label}/")]
    assert files
    assert list(undeclared(files, declared(folder, extras=False), declared(folder, extras=True))) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("lyceum.course.services.planted", "import httpx"),
        ("lyceum.course.ports.planted", "import nh3"),
        ("lyceum.course.schemas.planted", "from lyceum.runtime.http import problems"),
        ("lyceum.course.adapters.planted", "from lyceum.auth.ports import AuditLog"),
        ("lyceum.course.adapters.planted", "import nowhere_to_be_found"),
    ],
)
def test_an_undeclared_import_is_found(name, text):
    base = {"lyceum-course", "lyceum-kernel", "pydantic"}
    assert list(undeclared([planted(name, text)], base, base | {"lyceum-runtime", "nh3"}))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("lyceum.course.ports.planted", "import json\nimport pydantic\nfrom lyceum.kernel.errors import NotFound"),
        ("lyceum.course.adapters.planted", "import nh3\nimport lyceum.runtime.mail"),
    ],
)
def test_a_declared_import_is_not_found(name, text):
    base = {"lyceum-course", "lyceum-kernel", "pydantic"}
    assert list(undeclared([planted(name, text)], base, base | {"lyceum-runtime", "nh3"})) == []


def test_packages_do_not_depend_on_each_other_in_a_circle():
    needs = {project(folder)["project"]["name"]: declared(folder, extras=True) for folder in FOLDERS}
    assert circles(needs) == []


def circles(needs):
    """The packages that need themselves over others."""

    def reached(name, seen):
        for other in needs.get(name, set()) - {name} - seen:
            seen.add(other)
            reached(other, seen)
        return seen

    return sorted(name for name in needs if name in reached(name, set()))


def test_a_circle_of_dependencies_is_found():
    assert circles({"a": {"a", "b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c"]


@pytest.fixture(scope="session")
def base_environment(tmp_path_factory):
    """The wheels of all modules, without their extra, in an environment that has nothing else."""
    folder = tmp_path_factory.mktemp("wheels")
    names = [f"lyceum-{name}" for name in ("kernel", *module_names())]
    for name in names:
        run_uv("build", "--quiet", "--wheel", "--package", name, "--out-dir", str(folder), cwd=ROOT)
    wheels = [str(path) for path in sorted(folder.glob("*.whl"))]
    assert len(wheels) == len(names)
    run_uv("venv", "--quiet", "--python", sys.executable, str(folder / "env"), cwd=folder)
    python = folder / "env" / "bin" / "python"
    run_uv("pip", "install", "--quiet", "--python", str(python), *wheels, cwd=folder)
    return python


def run(*command, cwd: Path):
    environment = {name: value for name, value in bootstrap.environment().items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def run_uv(*arguments, cwd: Path):
    run(str(bootstrap.find_uv() or bootstrap.make_uv()), *arguments, cwd=cwd)


@pytest.mark.slow
@pytest.mark.parametrize("module", module_names())
def test_ports_and_events_import_from_the_base_wheels_alone(base_environment, module, tmp_path):
    imports = [f"lyceum.{module}.ports"]
    if any(source.name == f"lyceum.{module}.schemas.events" for source in sources()):
        imports.append(f"lyceum.{module}.schemas.events")
    run(str(base_environment), "-c", f"import {', '.join(imports)}", cwd=tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", BROUGHT_BY_THE_IMPLEMENTATION)
def test_the_base_wheels_bring_nothing_of_the_implementation(base_environment, tmp_path, name):
    with pytest.raises(AssertionError, match="ModuleNotFoundError"):
        run(str(base_environment), "-c", f"import {name}", cwd=tmp_path)


@pytest.mark.slow
def test_a_container_does_not_import_from_the_base_wheels(base_environment, tmp_path):
    """What the tests above would look like if ports needed the implementation."""
    with pytest.raises(AssertionError, match="ModuleNotFoundError"):
        run(str(base_environment), "-c", "import lyceum.identity.container", cwd=tmp_path)


IN_ISOLATION = ("run", "--quiet", "--frozen", "--isolated", "--no-dev", "--package")


@pytest.mark.slow
def test_identity_passes_its_tests_in_isolation():
    """In the pipeline every package goes this way, by `tooling/test --package`."""
    command = (*IN_ISOLATION, "lyceum-identity", "--extra", "module", "--group", "test")
    run_uv(*command, "pytest", "-q", "packages/identity/tests/unit", cwd=ROOT)


@pytest.mark.slow
def test_an_undeclared_import_fails_in_isolation():
    with pytest.raises(AssertionError, match="No module named 'sqlalchemy'"):
        run_uv(*IN_ISOLATION, "lyceum-kernel", "python", "-c", "import sqlalchemy", cwd=ROOT)
