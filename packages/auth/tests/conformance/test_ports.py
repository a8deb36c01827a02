"""What everybody who provides auth's ports promises: the services, and their remote twins over HTTP."""

from uuid import uuid4

import httpx
import pytest

from lyceum.auth.ports import AuditLog, RoleAssignments, RoleNotFound
from lyceum.identity.ports import CredentialStore, PasswordRefused
from lyceum.kernel.authentication import Authentication
from lyceum.kernel.errors import ValidationFailed
from lyceum.kernel.principal import ScopeKind
from lyceum.runtime.http.remote import remote_port, serve_ports

TOKEN = "a-token-that-only-these-tests-know"
PORTS = {
    Authentication: "authenticating",
    AuditLog: "auditing",
    CredentialStore: "passwords",
    RoleAssignments: "roles",
}


@pytest.fixture(params=["service", "remote"])
async def port(request, harness):
    services = {kind: getattr(harness.container, name)() for kind, name in PORTS.items()}
    if request.param == "service":
        yield services.__getitem__
        return
    app = serve_ports("auth", services, TOKEN)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
        yield lambda kind: remote_port(
            kind,
            module="auth",
            base_url="http://auth.test",
            token=TOKEN,
            errors=harness.module.spec.errors,
            client=client,
        )


@pytest.mark.parametrize("kind", PORTS)
async def test_each_is_what_it_says(port, kind):
    assert isinstance(port(kind), kind)


async def test_a_session_becomes_a_principal_with_grants(port, admin):
    found = await port(Authentication).authenticate(session=admin.client.cookies["lyceum_session"], bearer=None)
    assert found.principal.user_id == admin.id
    assert found.principal.allows("auth.audit-log.read")
    assert {"X-CSRF-Token": found.csrf_token} == admin.csrf


async def test_made_up_credentials_are_nobodys(port):
    assert await port(Authentication).authenticate(session="made-up", bearer=None) is None
    assert await port(Authentication).authenticate(session=None, bearer="made.up.token") is None


async def test_a_kept_password_signs_in_until_it_is_forgotten(port, make_person):
    ada = await make_person()
    store = port(CredentialStore)
    await store.set_password(user_id=ada.id, password="a new long password", email=ada.user.email, display_name="Ada")
    assert (await ada.sign_in("a new long password")).status_code == 200
    await store.forget(user_ids=[ada.id, uuid4()])
    ada.client.cookies.clear()
    assert (await ada.sign_in("a new long password")).status_code == 401


async def test_a_weak_password_is_refused_with_the_reason(port):
    with pytest.raises(PasswordRefused) as refusal:
        await port(CredentialStore).set_password(
            user_id=uuid4(), password="short", email="a@example.org", display_name="A"
        )
    assert refusal.value.extensions["errors"][0]["pointer"] == "/password"


async def test_roles_are_assigned_and_revoked_however_often(port, ada, harness):
    roles, course = port(RoleAssignments), uuid4()
    where = {"role": "instructor", "scope": ScopeKind.COURSE, "scope_id": course}
    for _ in range(2):
        await roles.assign(user_id=ada.id, assigned_by=None, **where)
    [held], _ = await harness.container.queries().held_roles(ada.id)
    assert (held.role, held.scope_id) == ("instructor", course)
    for _ in range(2):
        await roles.revoke(user_id=ada.id, revoked_by=ada.id, **where)
    assert (await harness.container.queries().held_roles(ada.id))[0] == []


async def test_a_role_that_is_not_there_is_not_assigned(port, ada):
    with pytest.raises(RoleNotFound):
        await port(RoleAssignments).assign(
            user_id=ada.id, role="nothing", scope=ScopeKind.PLATFORM, scope_id=None, assigned_by=None
        )


async def test_a_role_on_a_course_needs_the_course(port, ada):
    with pytest.raises(ValidationFailed):
        await port(RoleAssignments).assign(
            user_id=ada.id, role="instructor", scope=ScopeKind.COURSE, scope_id=None, assigned_by=None
        )


async def test_what_is_recorded_is_in_the_log(port, admin):
    await port(AuditLog).record(actor=admin.id, action="test.thing.done", target="thing:1", details={"n": 1, "x": None})
    newest = (await admin.client.get("/api/v1/audit-log")).json()["items"][0]
    assert (newest["action"], newest["actor"], newest["details"]) == (
        "test.thing.done",
        str(admin.id),
        {"n": 1, "x": None},
    )
    assert (await admin.client.get("/api/v1/audit-log/verification")).json()["sound"]
