"""tooling/scaffold makes a small module that passes every check at once."""

import os
import shutil
import subprocess
import sys

import pytest
from rules.declared import declared, undeclared
from rules.imports import strangers_inside
from rules.linting import broken_contracts, option
from rules.names import repository_files
from rules.pipeline import pipeline_problems, read_pipeline, stands_on
from rules.shape import shape_problems
from rules.source import ROOT, module_names, package_folders, project, sources

from tooling.scaffold.registering import tier_of
from tooling.scaffold.writing import Refused, write_module

MOST_FILES, MOST_LINES = 16, 250
NEWCOMER = "learning_path"


def run(*command, cwd, **variables):
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=cwd,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A copy of the repository in which a module was made."""
    copy = tmp_path_factory.mktemp("clone")
    for path in repository_files():
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, copy / path)
    run("tooling.scaffold", NEWCOMER, "--tier-above", "course", cwd=copy)
    return copy


@pytest.fixture(scope="module")
def folder(clone):
    return clone / "packages" / NEWCOMER


def test_the_module_is_small(folder):
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    assert len(files) <= MOST_FILES
    assert sum(len(path.read_text().splitlines()) for path in files) <= MOST_LINES


def test_it_has_the_shape(folder, clone):
    assert list(shape_problems(folder, module_names(clone))) == []


def test_ruff_has_nothing_to_say(folder):
    run("ruff", "check", str(folder), cwd=folder)
    run("ruff", "format", "--check", str(folder), cwd=folder)


@pytest.mark.slow
def test_mypy_has_nothing_to_say(folder, clone):
    paths = [str(path / "src") for path in package_folders(clone)]
    # The cache of the whole check has most of what a module builds on.
    run(
        "mypy",
        str(folder / "src"),
        cwd=clone,
        MYPYPATH=os.pathsep.join(paths),
        MYPY_CACHE_DIR=str(ROOT / ".mypy_cache"),
    )


def test_the_import_contracts_know_it_and_break_no_sooner(clone):
    config = clone / ".importlinter"
    modules = {f"lyceum.{name}" for name in module_names(clone)}
    assert set(option("modules-meet-at-ports", "modules", config)) == modules
    assert set(option("layers", "containers", config)) == modules
    trees = [path / "src" for path in package_folders(clone)]
    assert broken_contracts(*trees, config=config) == broken_contracts()


def test_it_stands_one_tier_above_the_named_one(clone):
    layers = option("tiers", "layers", clone / ".importlinter")
    assert layers.index(NEWCOMER) + 1 == layers.index("course")


def test_its_imports_are_declared_and_pure_inside(folder, clone):
    files = [source for source in sources(clone) if source.package == NEWCOMER]
    assert files
    assert list(undeclared(files, declared(folder, extras=False), declared(folder, extras=True))) == []
    assert [line for source in files for line in strangers_inside(source)] == []


def test_the_pipeline_tests_it(clone):
    assert list(pipeline_problems(read_pipeline(clone), stands_on(clone))) == []


def test_every_app_has_it(clone):
    for app in ("host", "standalone", "worker"):
        table = project(clone / "apps" / app)
        assert "lyceum-learning-path[module]" in table["project"]["dependencies"]
        assert table["tool"]["uv"]["sources"]["lyceum-learning-path"] == {"workspace": True}


def test_it_passes_its_own_tests(folder, clone):
    # From here, so that it uses the database server of this test run.
    options = ["-q", "-p", "no:cacheprovider", "--rootdir", str(clone), "-c", str(clone / "pyproject.toml")]
    said = run("pytest", *options, str(folder / "tests"), cwd=ROOT, PYTHONPATH=str(folder / "src"))
    assert "1 passed" in said


@pytest.mark.parametrize("name", ["Course", "9lives", "learning-path", "import", "course", ""])
def test_a_name_that_cannot_be_is_refused(name, tmp_path):
    (tmp_path / "packages/course").mkdir(parents=True)
    with pytest.raises(Refused):
        write_module(tmp_path, name)


def test_a_tier_that_is_not_there_is_refused():
    with pytest.raises(Refused, match="video has no tier"):
        tier_of((ROOT / ".importlinter").read_text(), "video")
