"""What modules promise to each other: ports that can travel, errors and permissions with names of their own."""

import importlib
from importlib.metadata import entry_points
from typing import Protocol, runtime_checkable
from uuid import UUID

import pytest
from dependency_injector import containers, providers
from rules.published_interface import (
    all_errors,
    error_problems,
    permission_problems,
    port_problems,
    ports_of,
    raising_problems,
    spec_problems,
    transfer_problems,
)
from rules.source import module_names
from sqlalchemy import MetaData

from lyceum.identity.ports import CredentialStore, UserDirectory
from lyceum.kernel.errors import NotFound
from lyceum.kernel.ports import Port
from lyceum.kernel.principal import Permission
from lyceum.runtime.events import event_tables
from lyceum.runtime.module import ModuleSpec
from tooling.contracts.published import published_events


@pytest.fixture(params=module_names())
def spec(request) -> ModuleSpec:
    (entry,) = entry_points(group="lyceum.modules", name=request.param)
    return entry.load()


@pytest.mark.parametrize("module", module_names())
def test_every_port_can_be_called_from_another_process(module):
    exported = importlib.import_module(f"lyceum.{module}.ports").__all__
    assert [line for port in ports_of(module) for line in port_problems(port, exported)] == []


@pytest.mark.parametrize("module", module_names())
def test_what_ports_hand_out_cannot_be_changed(module):
    assert list(transfer_problems(module)) == []


@runtime_checkable
class Sound(Port, Protocol):
    async def ask(self, *, user_id: UUID) -> list[UUID]:
        """Whom."""
        ...


@runtime_checkable
class Synchronous(Port, Protocol):
    def ask(self, *, user_id: UUID) -> list[UUID]:
        """Whom."""
        ...


@runtime_checkable
class Positional(Port, Protocol):
    async def ask(self, user_id: UUID) -> list[UUID]:
        """Whom."""
        ...


@runtime_checkable
class Untyped(Port, Protocol):
    async def ask(self, *, user_id):
        """Whom."""
        ...


@runtime_checkable
class Untravelled(Port, Protocol):
    async def ask(self, *, connection: MetaData) -> None:
        """Whom."""
        ...


@runtime_checkable
class Silent(Port, Protocol):
    async def ask(self, *, user_id: UUID) -> list[UUID]: ...


class Unchecked(Port, Protocol):
    async def ask(self, *, user_id: UUID) -> list[UUID]:
        """Whom."""
        ...


@runtime_checkable
class Unmarked(Protocol):
    async def ask(self, *, user_id: UUID) -> list[UUID]:
        """Whom."""
        ...


def test_a_sound_port_has_no_problems():
    assert list(port_problems(Sound, ["Sound"])) == []


@pytest.mark.parametrize("port", [Synchronous, Positional, Untyped, Untravelled, Silent, Unchecked, Unmarked])
def test_a_port_that_could_not_travel_is_found(port):
    assert list(port_problems(port, [port.__name__]))


def test_a_port_that_is_not_exported_is_found():
    assert list(port_problems(Sound, [])) == ["Sound is missing in __all__ of its ports package"]


def test_every_error_has_a_code_of_its_own():
    errors = all_errors()
    assert errors
    assert list(error_problems(errors, module_names())) == []


def planted_error(name, **members):
    return type(name, (NotFound,), {"__module__": "lyceum.course.ports.errors", **members})


@pytest.mark.parametrize(
    "members",
    [{}, {"code": "not-found"}, {"code": "identity.user-not-found"}, {"code": "course.Not_Found"}],
    ids=["no code", "no module", "the code of another module", "another spelling"],
)
def test_an_error_without_a_proper_code_is_found(members):
    assert list(error_problems([planted_error("LessonNotFound", **members)], ["course"]))


def test_an_error_that_stays_inside_may_be_a_kind_of_another():
    refused = planted_error("ArchiveRefused", code="course.archive-refused")
    inside = {"__module__": "lyceum.course.adapters.archive"}
    assert list(error_problems([refused, type("Malformed", (refused,), inside)], ["course"])) == []
    assert list(error_problems([type("Gone", (NotFound,), inside)], ["course"]))


def test_two_errors_with_one_code_are_found():
    errors = [planted_error(name, code="course.gone") for name in ("LessonGone", "PageGone")]
    assert list(error_problems(errors, ["course"])) == ["course.gone stands for LessonGone and for PageGone"]


def test_every_permission_has_a_proper_name(spec):
    assert list(permission_problems(spec.name, spec.permissions)) == []


@pytest.mark.parametrize(
    "permission",
    [
        Permission(name="course.edit", description="edit courses"),
        Permission(name="auth.role.read", description="read roles"),
        Permission(name="course.draft.Edit", description="edit drafts"),
        Permission(name="course.draft.edit", description=""),
        Permission(name="course.draft.edit", description="edit drafts", roles=frozenset({"wizard"})),
    ],
    ids=["no thing", "another module", "another spelling", "no description", "an unknown role"],
)
def test_an_improper_permission_is_found(permission):
    assert list(permission_problems("course", [permission]))


def test_a_permission_declared_twice_is_found():
    twice = [Permission(name="course.draft.edit", description="edit drafts")] * 2
    assert list(permission_problems("course", twice)) == ["course.draft.edit is declared twice"]


def test_every_spec_and_its_container_fit(spec):
    assert list(spec_problems(spec)) == []


def test_every_spec_names_the_events_that_its_module_declares(spec):
    declared = {published.message for published in published_events() if published.module == spec.name}
    assert set(spec.events) == declared


def test_every_spec_names_the_errors_that_its_ports_raise(spec):
    assert list(raising_problems(spec)) == []


def test_an_error_that_would_not_travel_is_found():
    assert list(raising_problems(planted_spec(PlantedContainer, provides={UserDirectory: "directory"}))) == [
        "UserDirectory.get_user raises UserNotFound, which the spec of planted does not name"
    ]


def planted_spec(container, **members):
    metadata = MetaData(schema="planted")
    tables = event_tables(metadata)
    return ModuleSpec(
        name="planted", container=container, metadata=metadata, tables=tables, migrations="planted", **members
    )


class PlantedContainer(containers.DeclarativeContainer):
    resources = providers.Dependency()
    credentials = providers.Dependency(instance_of=CredentialStore)
    units = providers.Factory(object)


def test_a_fitting_spec_has_no_problems():
    assert list(spec_problems(planted_spec(PlantedContainer, requires={"credentials": CredentialStore}))) == []


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"requires": {"credentials": UserDirectory}},
        {"requires": {"credentials": CredentialStore, "users": UserDirectory}},
        {"requires": {"credentials": CredentialStore}, "provides": {UserDirectory: "directory"}},
        {"requires": {"credentials": CredentialStore}, "units": "transactions"},
    ],
    ids=["a need unsaid", "another port", "a port that nothing takes", "a service that nothing makes", "no units"],
)
def test_a_spec_that_does_not_fit_is_found(members):
    assert list(spec_problems(planted_spec(PlantedContainer, **members)))
