"""Seeds the platform over HTTP: what is there before anybody is tried against anything."""

import json
import re
from typing import Any
from uuid import UUID

from lyceum.auth.domain.entities import ExternalIdentity
from lyceum.kernel.ids import new_id
from lyceum_host.accounts import ensure_account
from seeded.people import Person, Role
from seeded.platform import SeededPlatform

PASSWORD = "velvet-compass-orchard"
DEAD = "lyceum.identity.user.deactivated.v1"
UNPUBLISHED = "Chapter that only authors know"
ITEM = {
    "type": "single_choice",
    "prompt": "<p>Two and two?</p>",
    "options": [{"id": "a", "content": "Three", "credit": "0"}, {"id": "b", "content": "Four", "credit": "1"}],
    "hints": ["<p>Use your fingers.</p>"],
}


def seed(platform: SeededPlatform) -> None:
    """Fill `platform.people` and `platform.things`."""
    platform.people[Role.ANONYMOUS] = Person()
    for role in Role:
        if role is not Role.ANONYMOUS:
            platform.people[role] = _join(platform, role)
    platform.things["user_id"] = _account(platform, "bystander@lyceum.test", "Bea Bystander")
    _seed_people(platform)
    _seed_course(platform)
    _seed_attempt(platform)
    _seed_secrets(platform)
    platform.run(platform.platform.settle())
    _seed_dead_letter(platform)


def quiz_content(item_id: str) -> dict[str, Any]:
    """A quiz of one item to practise with."""
    return {
        "title": "Sums",
        "settings": {"mode": "practice"},
        "sections": [{"entries": [{"kind": "item", "item_id": item_id}]}],
    }


def _account(platform: SeededPlatform, email: str, name: str, *roles: str) -> str:
    making = ensure_account(platform.platform, email=email, display_name=name, password=PASSWORD, roles=roles)
    return str(platform.run(making))


def _join(platform: SeededPlatform, role: Role) -> Person:
    platform_roles = {Role.AUTHOR: ("author",), Role.OTHER_AUTHOR: ("author",), Role.ADMINISTRATOR: ("administrator",)}
    email = f"{role}@lyceum.test"
    user_id = _account(platform, email, f"Some {role}", *platform_roles.get(role, ()))
    answer = platform.send(
        Role.ANONYMOUS, "POST", "/api/v1/session", body={"email": email, "password": PASSWORD}
    ).raise_for_status()
    return Person(
        id=user_id,
        email=email,
        session=_cookie(answer.headers.get_list("set-cookie")),
        csrf=answer.json()["csrf_token"],
    )


def _cookie(cookies: list[str]) -> str:
    return next(found[1] for cookie in cookies if (found := re.match("lyceum_session=([^;]+)", cookie)))


def _made(platform: SeededPlatform, role: Role, method: str, path: str, **sent: Any) -> Any:
    answer = platform.send(role, method, "/api/v1" + path, headers={"If-Match": "*"}, **sent)
    assert answer.is_success, f"{method} {path}: {answer.text}"
    return answer.json() if answer.content else None


def _seed_people(platform: SeededPlatform) -> None:
    administrator, things = Role.ADMINISTRATOR, platform.things
    organisation = _made(platform, administrator, "POST", "/organisations", body={"slug": "guild", "name": "Guild"})
    things["organisation_id"] = organisation["id"]
    for user_id in (things["user_id"], platform.people[Role.LEARNER].id):
        _made(platform, administrator, "PUT", f"/organisations/{organisation['id']}/members/{user_id}")
    group = _made(platform, administrator, "POST", f"/organisations/{organisation['id']}/groups", body={"name": "One"})
    things["group_id"] = group["id"]
    _made(platform, administrator, "PUT", f"/groups/{group['id']}/members/{things['user_id']}")
    _made(
        platform,
        administrator,
        "POST",
        "/roles",
        body={"name": "proctor", "title": "Proctor", "permissions": ["identity.user.read"]},
    )
    things["name"] = "proctor"
    assignment = _made(
        platform, administrator, "POST", "/role-assignments", body={"user_id": things["user_id"], "role": "instructor"}
    )
    things["assignment_id"] = assignment["id"]
    client = _made(
        platform,
        administrator,
        "POST",
        "/clients",
        body={"name": "Reader", "redirect_uris": ["https://reader.example/callback"]},
    )
    things["client_id"] = client["client_id"]
    [session] = _made(platform, Role.LEARNER, "GET", "/sessions")["items"]
    things["session_id"] = session["id"]
    things["provider"] = "elsewhere"  # is not set up: there is no provider to send anybody to
    things["identity_id"] = platform.run(_external_identity(platform, platform.people[Role.LEARNER].id))


async def _external_identity(platform: SeededPlatform, user_id: str) -> str:
    # Over HTTP it takes a provider, whom to sign in with.
    container = platform.platform.modules["auth"].container
    identity = ExternalIdentity(
        id=new_id(),
        user_id=UUID(user_id),
        issuer="https://elsewhere.example",
        subject="1",
        linked_at=platform.platform.clock.now(),
    )
    async with container.units() as unit:
        unit.external_identities.add(identity)
        await unit.commit()
    return str(identity.id)


def _seed_course(platform: SeededPlatform) -> None:
    author, things = Role.AUTHOR, platform.things
    course = _made(platform, author, "POST", "/courses", body={"title": "Logic", "slug": "logic"})
    course_id = things["course_id"] = course["id"]
    things["slug"] = "logic"
    things["bank_id"] = _made(platform, author, "POST", "/banks", body={"course_id": course_id, "title": "Sums"})["id"]
    things["item_id"] = _made(platform, author, "POST", f"/banks/{things['bank_id']}/items", body={"content": ITEM})[
        "id"
    ]
    quiz = {"course_id": course_id, "content": quiz_content(things["item_id"])}
    things["quiz_id"] = _made(platform, author, "POST", "/quizzes", body=quiz)["id"]
    text, problem = {"kind": "rich_text", "html": "<p>True</p>"}, {"kind": "problem", "quiz_id": things["quiz_id"]}
    section = _node(platform, "section", "Beginnings")
    lesson = _node(platform, "lesson", "Truth", section)
    things["page_id"] = _node(platform, "page", "Tables", lesson)
    things["block_id"] = _node(platform, "block", "Text", things["page_id"], text)
    _node(platform, "block", "Sum", things["page_id"], problem)
    things["path"] = "notes.txt"
    _made(platform, author, "PUT", f"/courses/{course_id}/assets/notes.txt", content=b"Notes")
    for note in ("first", "second"):
        _made(platform, author, "POST", f"/courses/{course_id}/versions", body={"note": note})
        things["node_id"] = _node(platform, "section", UNPUBLISHED if note == "second" else "Middles")
    things["number"] = "1"
    instructor = platform.people[Role.INSTRUCTOR].id
    _made(platform, author, "PUT", f"/courses/{course_id}/instructors/{instructor}", body={"role": "instructor"})
    for user_id in (things["user_id"], platform.people[Role.LEARNER].id):
        _made(platform, author, "PUT", f"/courses/{course_id}/enrolments/{user_id}")
    export = _made(platform, author, "POST", f"/courses/{course_id}/exports")
    things["export_id"] = export["id"]
    archive = {"file": ("course.tar.gz", b"An archive that no worker opens here")}
    things["import_id"] = _made(platform, author, "POST", "/imports", files=archive)["id"]
    platform.run(platform.platform.settle())


def _node(
    platform: SeededPlatform, kind: str, title: str, parent: str | None = None, content: dict[str, Any] | None = None
) -> str:
    node = {"kind": kind, "title": title, "parent_id": parent, "content": content}
    path = f"/courses/{platform.things['course_id']}/draft/nodes"
    return str(_made(platform, Role.AUTHOR, "POST", path, body=node)["id"])


def _seed_attempt(platform: SeededPlatform) -> None:
    attempt = _made(platform, Role.LEARNER, "POST", f"/quizzes/{platform.things['quiz_id']}/attempts")
    platform.things["attempt_id"] = attempt["id"]
    [slot] = attempt["sections"][0]["slots"]
    platform.things["slot"] = slot["slot"]
    platform.things["option"] = slot["item"]["options"][0]["id"]


def _seed_secrets(platform: SeededPlatform) -> None:
    """What is sent by mail: the workers that send it do not run here."""
    person = {"email": "somebody@lyceum.test", "password": PASSWORD, "display_name": "Some body"}
    _made(platform, Role.ANONYMOUS, "POST", "/registrations", body=person)
    [[registration]] = platform.rows("SELECT id FROM identity.registrations")
    modules = platform.platform.modules
    platform.run(modules["identity"].container.registering().send_mail(registration_id=registration))
    platform.things["verification"] = _token_in_mail(platform, person["email"])
    reset_for = "bystander@lyceum.test"
    platform.run(modules["auth"].container.passwords().send_reset(email=reset_for))
    platform.things["reset"] = _token_in_mail(platform, reset_for)


def _seed_dead_letter(platform: SeededPlatform) -> None:
    """An event that auth could not handle."""
    event_id = platform.things["event_id"] = str(new_id())
    platform.things["module"] = "auth"
    envelope = {
        "id": event_id,
        "source": "lyceum.identity",
        "type": DEAD,
        "subject": platform.things["user_id"],
        "time": platform.platform.clock.now().isoformat(),
        "data": {"user_id": platform.things["user_id"]},
    }
    platform.rows(
        "INSERT INTO auth.dead_letters (event_id, producer, type, subject, envelope, cause, attempts)"
        " VALUES (%s, 'lyceum.identity', %s, %s, %s, 'RuntimeError: no', 5) RETURNING event_id",
        event_id,
        DEAD,
        platform.things["user_id"],
        json.dumps(envelope),
    )


def _token_in_mail(platform: SeededPlatform, address: str) -> str:
    body = platform.mailer.to(address)[-1].get_body(("plain",))
    assert body is not None
    [token] = re.findall(r"token=(\S+)", body.get_content())
    return str(token)
