"""Every module has the shape of the architecture."""

import shutil

import pytest
from rules.shape import shape_problems
from rules.source import ROOT, module_names

IGNORED = shutil.ignore_patterns("__pycache__")


@pytest.mark.parametrize("module", module_names())
def test_every_module_has_the_shape(module):
    assert list(shape_problems(ROOT / "packages" / module, module_names())) == []


@pytest.fixture
def newcomer(tmp_path):
    """A module of the right shape: files with nothing in them, as far as the shape allows."""
    folder = tmp_path / "newcomer"
    source = folder / "src/lyceum/newcomer"
    for path in (
        *("__init__.py", "py.typed", "module.py", "container.py", "settings.py", "ports/__init__.py"),
        *("schemas/__init__.py", "schemas/events.py", "domain/__init__.py", "domain/repositories.py"),
        *("domain/entities/__init__.py", "domain/entities/course.py", "models/__init__.py", "models/model.py"),
        *("services/__init__.py", "services/service.py", "persistence/__init__.py", "persistence/repository.py"),
        *("persistence/unit_of_work.py", "api/__init__.py", "api/dependencies.py", "consumers/__init__.py"),
        *("consumers/identity.py", "migrations/env.py", "migrations/versions/0001_first.py"),
    ):
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        (source / path).touch()
    (folder / "tests/unit").mkdir(parents=True)
    (folder / "tests/unit/test_entities.py").touch()
    (folder / "CHANGELOG.md").write_text("# Changelog\n\n## 0.1.0\n\nFirst version.\n")
    (folder / "README.md").write_text("## Ports\n## Events in and out\n## Permissions\n## Tables\n## Invariants\n")
    (folder / "pyproject.toml").write_text(
        '[project]\nname = "lyceum-newcomer"\nversion = "0.1.0"\n[project.optional-dependencies]\nmodule = []\n'
        '[project.entry-points."lyceum.modules"]\nnewcomer = "lyceum.newcomer.module:module"\n'
    )
    return folder


def problems(folder):
    return list(shape_problems(folder, ["identity", "newcomer"]))


def test_the_right_shape_has_no_problems(newcomer):
    assert problems(newcomer) == []


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("README.md", "README.md is missing"),
        ("src/lyceum/newcomer/py.typed", "src/lyceum/newcomer/py.typed is missing"),
        ("src/lyceum/newcomer/container.py", "src/lyceum/newcomer/container.py is missing"),
        ("src/lyceum/newcomer/domain/repositories.py", "domain has no repositories.py"),
        ("src/lyceum/newcomer/domain/entities", "domain has no entities.py"),
        ("src/lyceum/newcomer/api/dependencies.py", "api has no dependencies.py"),
        ("src/lyceum/newcomer/services/service.py", "services has no service.py"),
        ("src/lyceum/newcomer/persistence/unit_of_work.py", "persistence has no unit_of_work.py"),
        ("src/lyceum/newcomer/migrations/versions", "the migrations are [], not 0001 and so on"),
        ("tests/unit", "there are no tests"),
    ],
)
def test_a_missing_part_is_found(newcomer, path, problem):
    if (newcomer / path).is_dir():
        shutil.rmtree(newcomer / path)
    else:
        (newcomer / path).unlink()
    assert problem in problems(newcomer)


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("src/lyceum/__init__.py", "lyceum is a namespace: it has no __init__.py"),
        ("src/lyceum/newcomer/workflows.py", "workflows.py is neither a layer nor a file of a module"),
        ("src/lyceum/newcomer/gateways/__init__.py", "gateways is neither a layer nor a file of a module"),
        ("src/lyceum/newcomer/api/service.py", "api/service.py: service is a name of services"),
        ("src/lyceum/newcomer/domain/events.py", "domain/events.py: events is a name of schemas"),
        ("src/lyceum/newcomer/models/repository/a.py", "models/repository/a.py: repository is a name of persistence"),
        ("src/lyceum/newcomer/consumers/users.py", "consumers/users.py: one file per producer, and users is no module"),
        (
            "src/lyceum/newcomer/migrations/versions/0003_third.py",
            "the migrations are ['0001', '0003'], not 0001 and so on",
        ),
        ("tests/unit/__init__.py", "tests/unit/__init__.py: folders of tests are not packages"),
        ("tests/test_all.py", "tests/test_all.py belongs into one of"),
        ("tests/integration/test_all.py", "tests/integration is not one of"),
    ],
)
def test_a_part_that_does_not_belong_is_found(newcomer, path, problem):
    (newcomer / path).parent.mkdir(parents=True, exist_ok=True)
    (newcomer / path).touch()
    assert any(line.startswith(problem) for line in problems(newcomer))


@pytest.mark.parametrize(
    ("path", "old", "new", "problem"),
    [
        ("pyproject.toml", "lyceum-newcomer", "newcomer", "the distribution is called newcomer"),
        ("pyproject.toml", ".module:module", ":module", "the entry point does not name the ModuleSpec"),
        ("pyproject.toml", "module = []", "all = []", "there is no extra called module"),
        ("pyproject.toml", "0.1.0", "0.2.0", "CHANGELOG.md says nothing about 0.2.0"),
        ("README.md", "## Tables", "", "README.md has no part about tables"),
    ],
)
def test_a_document_that_does_not_fit_is_found(newcomer, path, old, new, problem):
    (newcomer / path).write_text((newcomer / path).read_text().replace(old, new))
    assert problem in problems(newcomer)


def test_a_module_without_invariants_says_so_and_has_values_only(newcomer):
    domain = newcomer / "src/lyceum/newcomer/domain"
    shutil.rmtree(domain)
    domain.mkdir()
    (domain / "values.py").touch()
    assert "domain has no entities.py" in problems(newcomer)
    (domain / "__init__.py").write_text('"""Values only: there are no invariants here."""\n')
    assert problems(newcomer) == []
