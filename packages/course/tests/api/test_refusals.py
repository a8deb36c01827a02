"""Every route refuses whom it is not for, and what makes no sense."""

import json
import re
from uuid import uuid4

import pytest

from lyceum.course.module import module
from lyceum.kernel.pagination import encode_cursor

ID = "01a2019b-f653-706f-89ad-e34b7ab239ec"
NODE = {"kind": "section", "title": "T"}

# Of every route: what a good request of a stranger looks like.
ROUTES = [
    ("POST", "/courses", {"title": "T"}),
    ("GET", "/courses", None),
    ("GET", "/courses/{course}", None),
    ("PATCH", "/courses/{course}", {"title": "T"}),
    ("POST", "/courses/{course}/archival", None),
    ("GET", "/courses/{course}/instructors", None),
    ("PUT", f"/courses/{{course}}/instructors/{ID}", {"role": "owner"}),
    ("DELETE", f"/courses/{{course}}/instructors/{ID}", None),
    ("GET", "/courses/{course}/draft", None),
    ("POST", "/courses/{course}/draft/nodes", NODE),
    ("GET", "/courses/{course}/draft/nodes/{page}", None),
    ("PATCH", "/courses/{course}/draft/nodes/{page}", {"title": "T"}),
    ("DELETE", "/courses/{course}/draft/nodes/{page}", None),
    ("POST", "/courses/{course}/draft/moves", {"node_id": ID}),
    ("GET", "/courses/{course}/draft/checks", None),
    ("GET", "/courses/{course}/draft/diff", None),
    ("POST", "/courses/{course}/versions", {}),
    ("GET", "/courses/{course}/versions", None),
    ("GET", "/courses/{course}/versions/1/diff?against=1", None),
    ("POST", "/courses/{course}/versions/1/restoration", None),
    ("GET", "/courses/{course}/assets", None),
    ("PUT", "/courses/{course}/assets/a.txt", {}),
    ("GET", "/courses/{course}/assets/a.txt", None),
    ("DELETE", "/courses/{course}/assets/a.txt", None),
    ("GET", "/courses/{course}/enrolments", None),
    ("PUT", f"/courses/{{course}}/enrolments/{ID}", None),
    ("DELETE", f"/courses/{{course}}/enrolments/{ID}", None),
    ("GET", "/courses/{course}/pages/{page}", None),
    ("POST", "/courses/{course}/exports", None),
    ("POST", "/imports", "file"),
]
PUBLIC = {("GET", "/catalogue"), ("GET", "/catalogue/{slug}"), ("GET", "/courses/{course_id}/outline")}
# For whoever is signed in; what is somebody else's is tested beside their happy paths.
ONES_OWN = {
    ("POST", "/courses/{course_id}/enrolment"),
    ("DELETE", "/courses/{course_id}/enrolment"),
    ("GET", "/enrolments"),
    ("GET", "/imports"),
    ("GET", "/imports/{import_id}"),
    ("GET", "/exports/{export_id}"),
}


def send(client, method, path, body, course):
    path = "/api/v1" + path.format(course=course.id, page=course.page)
    if body == "file":
        return client.request(method, path, files={"file": ("a.zip", b"x")})
    return client.request(method, path, json=body, headers={"If-Match": "*"})


def shape(path):
    return re.sub(r"\{[^}]*\}", "{}", path.partition("?")[0])


def test_no_route_is_forgotten():
    routes = {
        (method, route.path.removeprefix("/api/v1"))
        for router in module.routers
        for route in router.routes
        for method in route.methods
    }
    concrete = {ID: "{}", "versions/1/": "versions/{}/", "a.txt": "{}"}
    listed = set()
    for method, path, _ in ROUTES:
        for part, template in concrete.items():
            path = path.replace(part, template)
        listed.add((method, shape(path)))
    listed |= {(method, shape(path)) for method, path in PUBLIC | ONES_OWN}
    assert {(method, shape(path)) for method, path in routes} == listed


@pytest.fixture
async def course(harness, author, make):
    async with harness.client(author) as client:
        yield await make(client)


async def test_a_stranger_gets_no_further_than_to_know_that_a_published_course_is_there(harness, learner, course):
    seen = {}
    async with harness.client() as anonymous, harness.client(learner) as stranger:
        for method, path, body in ROUTES:
            answers = [await send(client, method, path, body, course) for client in (anonymous, stranger)]
            seen[method, path] = [answer.status_code for answer in answers]
        await course.published()
        for method, path, body in ROUTES:
            answers = [await send(client, method, path, body, course) for client in (anonymous, stranger)]
            seen[method, path] += [answer.status_code for answer in answers]
            assert answers[0].headers["www-authenticate"].startswith("Bearer")
    about_a_course, others = [401, 404, 401, 403], [401, 403, 401, 403]
    expected = {(method, path): about_a_course if "{course}" in path else others for method, path, _ in ROUTES}
    # A draft's files are not there for anybody; a list of one's own is empty.
    expected["GET", "/courses/{course}/assets/a.txt"] = [404, 404, 401, 403]
    expected["GET", "/courses"] = [401, 200, 401, 200]
    assert seen == expected
    assert (await course.client.get(course.path)).json()["published_number"] == 1


async def test_a_course_that_is_not_there_is_not_found(course):
    class Nowhere:
        id, page = uuid4(), uuid4()

    about_a_course = [route for route in ROUTES if "{course}" in route[1]]
    answers = [await send(course.client, *route, Nowhere) for route in about_a_course]
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(404, "course.not-found")}


NONSENSE = [
    ("POST", "/courses", {"title": "a\0"}),
    ("POST", "/courses", {"title": " "}),
    ("POST", "/courses", {"title": "x" * 256}),
    ("POST", "/courses", {"title": "T", "slug": "Not A Slug"}),
    ("POST", "/courses", {"title": "T", "language": "english"}),
    ("POST", "/courses", {"title": "T", "summary": "\0"}),
    ("POST", "/courses", {"title": "T", "description_html": "\0"}),
    ("POST", "/courses", {"title": "T", "description_html": "<i>" * 1000}),
    ("POST", "/courses", {"title": "T", "unknown": 1}),
    ("POST", "/courses", {"title": "\ud800"}),
    ("PATCH", "/courses/{course}", {"image": "../a"}),
    ("PATCH", "/courses/{course}", {"image": "a\0"}),
    ("PATCH", "/courses/{course}", {"licence": "\0"}),
    ("POST", "/courses/{course}/draft/nodes", {"kind": "chapter", "title": "T"}),
    ("POST", "/courses/{course}/draft/nodes", {"kind": "section", "title": "\0"}),
    ("POST", "/courses/{course}/draft/nodes", {"kind": "section", "title": "T", "position": 10**30}),
    ("POST", "/courses/{course}/draft/nodes", {"kind": "block", "title": "T", "parent_id": "{page}"}),
    ("POST", "/courses/{course}/draft/nodes", {"kind": "section", "title": "T", "content": {"kind": "file"}}),
    ("PATCH", "/courses/{course}/draft/nodes/{block}", {"content": {"kind": "rich_text", "html": "\0"}}),
    ("PATCH", "/courses/{course}/draft/nodes/{block}", {"content": {"kind": "rich_text", "\ud800": 1}}),
    ("PATCH", "/courses/{course}/draft/nodes/{block}", {"content": {"kind": "video"}}),
    ("PATCH", "/courses/{course}/draft/nodes/{block}", {"content": {}}),
    ("PATCH", "/courses/{course}/draft/nodes/{page}", {"completion": {"rule": "at-least", "count": 10**30}}),
    ("PATCH", "/courses/{course}/draft/nodes/{page}", {"completion": {"rule": "viewed"}}),
    ("PATCH", "/courses/{course}/draft/nodes/{page}", {"available_from": "0001-01-01T00:00:00+23:59"}),
    ("PATCH", "/courses/{course}/draft/nodes/{page}", {"due_at": "9999-12-31T23:59:59-23:59"}),
    ("PATCH", "/courses/{course}/draft/nodes/{page}", {"due_at": "2030-01-01T00:00:00"}),
    ("PATCH", "/courses/{course}/draft/nodes/{page}", {"requires": ["{page}"]}),
    ("POST", "/courses/{course}/draft/moves", {"node_id": "{page}", "parent_id": None}),
    ("POST", "/courses/{course}/versions", {"note": "\0"}),
    ("GET", "/courses/{course}/versions/0/diff?against=1", None),
    ("GET", f"/courses/{{course}}/versions/1/diff?against={10**30}", None),
    ("POST", f"/courses/{{course}}/versions/{2**31}/restoration", None),
    ("PUT", "/courses/{course}/assets/a%00b", {}),
    ("PUT", "/courses/{course}/assets/a/../b%5Cc", {}),
    ("GET", "/courses/no-uuid", None),
    ("GET", "/courses?limit=0", None),
    ("GET", "/courses?cursor=x", None),
    ("GET", "/catalogue?q=%00", None),
    ("GET", "/catalogue?language=%00", None),
    ("GET", "/catalogue/%00", None),
]


async def test_what_makes_no_sense_is_refused(course):
    def filled(value):
        if isinstance(value, str):
            return value.replace("{page}", course.page)
        if isinstance(value, list):
            return [filled(each) for each in value]
        return value

    before = (await course.client.get(f"{course.path}/draft")).json()
    taken = []
    for method, path, body in NONSENSE:
        url = "/api/v1" + path.format(course=course.id, page=course.page, block=course.block)
        # The body as text: a lone surrogate can be written in JSON alone.
        content = None if body is None else json.dumps({key: filled(value) for key, value in body.items()})
        headers = {"If-Match": "*", "Content-Type": "application/json"}
        answer = await course.client.request(method, url, content=content, headers=headers)
        if (answer.status_code, answer.headers["content-type"]) != (422, "application/problem+json"):
            taken.append((method, path, body, answer.status_code))
    assert taken == []
    assert (await course.client.get(f"{course.path}/draft")).json() == before


async def test_a_cursor_that_no_listing_gave_out_is_refused(course):
    listings = ["/courses", "/catalogue", "/enrolments", "/imports", f"/courses/{course.id}/enrolments"]
    moments = ["2030-01-01", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-12:00", "x"]
    cursors = [(listing, (moment, ID)) for listing in listings for moment in moments]
    cursors += [(f"/courses/{course.id}/versions", (number,)) for number in (10**30, -1, 0, "1", 1.5)]
    for listing, keys in cursors:
        answer = await course.client.get(f"/api/v1{listing}", params={"cursor": encode_cursor(*keys)})
        assert (answer.status_code, answer.json()["code"]) == (422, "validation-failed"), (listing, keys)


async def test_who_looked_at_something_older_is_told(course):
    for method, path, body, status, code in (
        ("PATCH", "", {"title": "T"}, 412, "precondition-failed"),
        ("POST", "/versions", {}, 412, "precondition-failed"),
        ("POST", "/draft/nodes", NODE, 409, "course.draft-conflict"),
        ("DELETE", f"/draft/nodes/{course.page}", None, 409, "course.draft-conflict"),
        ("POST", "/draft/moves", {"node_id": ID}, 409, "course.draft-conflict"),
        ("PATCH", f"/draft/nodes/{course.page}", {"title": "Mine"}, 409, "course.draft-conflict"),
    ):
        url = course.path + path
        answer = await course.client.request(method, url, json=body, headers={"If-Match": '"99"'})
        assert (answer.status_code, answer.json()["code"], answer.json()["expected"]) == (status, code, 99)
        if status == 409:
            assert answer.json()["current"]["version"] == answer.json()["actual"]
        missing = await course.client.request(method, url, json=body)
        assert (missing.status_code, missing.json()["code"]) == (428, "precondition-required")
