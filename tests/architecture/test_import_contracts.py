"""The contracts of `.importlinter` hold, see everything, and each breaks alone on a planted violation."""

import shutil

import grimp
import pytest
from rules.imports import foreign_to_migrations, is_migration, seen_by_apps, strangers_inside
from rules.linting import broken_contracts, contracts, option
from rules.skeleton import APPS, grow, write
from rules.source import module_names, planted, sources

PLANTED = [
    # (the only contract to break, the file, what it imports)
    ("modules-meet-at-ports", "lyceum.auth.adapters.planted", "import lyceum.identity.adapters"),
    ("modules-meet-at-ports", "lyceum.auth.adapters.planted", "import lyceum.identity"),
    ("modules-meet-at-ports", "lyceum.progress.adapters.planted", "from lyceum.identity.models import users"),
    ("layers", "lyceum.course.models.planted", "import lyceum.course.api"),
    ("layers", "lyceum.course.api.planted", "import lyceum.course.consumers"),
    ("layers", "lyceum.course.persistence.planted", "def late():\n    import lyceum.course.adapters"),
    ("layers", "lyceum.course.workflows", ""),
    ("tiers", "lyceum.identity.adapters.planted", "import lyceum.auth.ports"),
    ("tiers", "lyceum.newcomer", ""),
    ("pure-inside", "lyceum.course.services.planted", "import sqlalchemy"),
    ("pure-inside", "lyceum.course.services.planted", "import lyceum.course.settings"),
    ("pure-inside", "lyceum.course.domain.planted", "import lyceum.runtime"),
    ("pure-inside", "lyceum.course.ports.planted", "import fastapi"),
    ("pure-inside", "lyceum.course.schemas.planted", "if 0:\n    import httpx"),
    ("pure-inside", "lyceum.kernel.planted", "import starlette"),
    ("entrances", "lyceum.course.api.planted", "import lyceum.course.persistence"),
    ("entrances", "lyceum.course.consumers.planted", "from lyceum.course.models import courses"),
    ("apps-see-modules", "lyceum_host.planted", "import lyceum.course.services"),
    ("apps-see-modules", "lyceum_worker.planted", "from lyceum.course import container"),
    ("apps-are-on-top", "lyceum_worker.planted", "import lyceum_host"),
    ("apps-are-on-top", "lyceum.testing.planted", "import lyceum_standalone"),
    ("tests-only", "lyceum.course.adapters.planted", "import lyceum.testing"),
]


@pytest.fixture(scope="module")
def skeleton(tmp_path_factory):
    tree = tmp_path_factory.mktemp("skeleton")
    grow(tree)
    return tree


@pytest.fixture
def plant(skeleton):
    """Adds files to the skeleton for one test."""
    written = []

    def add(name, text):
        written.append(write(skeleton, name, text).parent)

    yield add
    for folder in written:
        shutil.rmtree(folder)


def test_every_contract_holds():
    assert broken_contracts() == set()


def test_every_contract_holds_in_the_skeleton(skeleton):
    assert broken_contracts(skeleton) == set()


@pytest.mark.parametrize(("contract", "name", "text"), PLANTED)
def test_a_planted_import_breaks_its_contract_alone(skeleton, plant, contract, name, text):
    plant(name, text)
    assert broken_contracts(skeleton) == {contract}


def test_a_planted_cycle_breaks_its_contract_alone(skeleton, plant):
    plant("lyceum.course.services.planted_here", "import lyceum.course.services.planted_there")
    plant("lyceum.course.services.planted_there", "import lyceum.course.services.planted_here")
    assert broken_contracts(skeleton) == {"no-cycles"}


def test_every_contract_has_a_planted_violation():
    assert {contract["id"] for contract in contracts()} == {contract for contract, _, _ in PLANTED} | {"no-cycles"}


def test_the_contracts_know_every_module():
    modules = {f"lyceum.{name}" for name in module_names()}
    assert set(option("modules-meet-at-ports", "modules")) == modules
    assert set(option("layers", "containers")) == modules


def test_the_contracts_see_every_file_but_the_migrations():
    graph = grimp.build_graph("lyceum", *APPS, cache_dir=None)
    unseen = {source.name for source in sources()} - graph.modules
    assert unseen == {source.name for source in sources() if is_migration(source)}


def ignored_imports(options):
    return {(contract["id"], line) for contract in options for line in contract.get("ignore_imports", [])}


def test_nothing_is_ignored_but_imports_of_ports():
    expected = {
        ("modules-meet-at-ports", "lyceum.** -> lyceum.*.ports"),
        ("modules-meet-at-ports", "lyceum.** -> lyceum.*.ports.**"),
    }
    assert ignored_imports(contracts()) == expected


def test_one_more_ignored_import_is_counted():
    options = [*contracts(), {"id": "layers", "ignore_imports": ["lyceum.course.domain -> lyceum.course.api"]}]
    assert len(ignored_imports(options)) == 3


def test_the_inside_of_modules_imports_only_the_standard_library_and_pydantic():
    assert [line for source in sources() for line in strangers_inside(source)] == []


@pytest.mark.parametrize("layer", ["domain", "ports", "schemas", "services"])
@pytest.mark.parametrize("text", ["import pandas", "from bleach import clean", "from nh3 import clean"])
def test_a_stranger_on_the_inside_is_found(layer, text):
    assert list(strangers_inside(planted(f"lyceum.course.{layer}.planted", text)))


def test_apps_import_nothing_of_a_module_but_its_spec_and_its_ports():
    modules = module_names()
    assert [line for source in sources() for line in seen_by_apps(source, modules)] == []


@pytest.mark.parametrize(
    "text",
    ["import lyceum.course", "from lyceum.course.settings import CourseSettings", "from lyceum.course import settings"],
)
def test_an_app_that_looks_into_a_module_is_found(text):
    assert list(seen_by_apps(planted("lyceum_host.planted", text), ["course"]))


@pytest.mark.parametrize("text", ["from lyceum.course.module import module", "from lyceum.course.ports import X"])
def test_an_app_may_see_the_spec_and_the_ports(text):
    assert list(seen_by_apps(planted("lyceum_host.planted", text), ["course"])) == []


def test_migrations_stay_in_their_module():
    assert [line for source in sources() for line in foreign_to_migrations(source)] == []


def test_a_migration_that_uses_another_module_is_found():
    source = planted("lyceum.course.migrations.versions.0001_first", "from lyceum.identity.models.model import users")
    assert list(foreign_to_migrations(source))
