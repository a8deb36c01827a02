"""What other modules see of auth."""

import inspect

import pytest

from lyceum.auth import ports
from lyceum.auth.domain import errors, oauth_errors
from lyceum.auth.ports import AuditLog, PasswordChanged, RoleAssigned, RoleAssignments, RoleRevoked, SessionStarted
from lyceum.auth.schemas import events
from lyceum.kernel.errors import LyceumError
from lyceum.kernel.events import PublishedEvent
from lyceum.kernel.ids import new_id
from lyceum.kernel.ports import Port


def members(module, base):
    return [each for _, each in inspect.getmembers(module, inspect.isclass) if issubclass(each, base)]


def test_every_event_has_a_type_of_its_own_and_is_exported():
    published = [each for each in members(events, PublishedEvent) if each is not PublishedEvent]
    types = [each.type for each in published]
    assert len(set(types)) == len(types) == 5
    assert all(each.startswith("lyceum.auth.") and each.endswith(".v1") for each in types)
    assert {each.__name__ for each in published} <= set(ports.__all__)


def test_events_are_ordered_by_what_they_are_about(now):
    session, user, assignment = new_id(), new_id(), new_id()
    assert SessionStarted(session_id=session, user_id=user, started_at=now, familiar=True).aggregate_id == session
    assert PasswordChanged(user_id=user, changed_at=now).aggregate_id == user
    role = {"assignment_id": assignment, "user_id": user, "role": "author", "scope": "platform", "scope_id": None}
    assert RoleAssigned(**role, assigned_at=now).aggregate_id == assignment
    assert RoleRevoked(**role, revoked_at=now).aggregate_id == assignment


@pytest.mark.parametrize("port", [AuditLog, RoleAssignments])
def test_ports_have_async_methods_with_keyword_only_arguments(port):
    assert Port in port.__mro__
    methods = [each for name, each in vars(port).items() if inspect.isfunction(each) and not name.startswith("_")]
    assert methods
    for method in methods:
        assert inspect.iscoroutinefunction(method)
        arguments = list(inspect.signature(method).parameters.values())[1:]
        assert {argument.kind for argument in arguments} == {inspect.Parameter.KEYWORD_ONLY}


def test_every_error_has_a_code_of_its_own():
    ours = [each for each in members(errors, LyceumError) if each.__module__ == errors.__name__]
    codes = [each.code for each in ours]
    assert len(set(codes)) == len(codes)
    assert all(code.startswith("auth.") for code in codes)


def test_oauth_errors_tell_in_ascii_what_rfc_6749_allows():
    ours = [each for each in members(oauth_errors, oauth_errors.OAuthError) if each is not oauth_errors.OAuthError]
    for error in ours:
        description = error().document()["error_description"]
        assert all(
            character in " !" or "\x23" <= character <= "\x5b" or "\x5d" <= character <= "\x7e"
            for character in description
        )
