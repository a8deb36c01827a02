from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from lyceum.course.ports import Answered, AnyChild
from lyceum.kernel.pagination import encode_cursor
from lyceum.kernel.principal import Principal
from lyceum.progress.schemas.internal import ProgressOutline

PROGRESS = "/api/v1/progress"


def day(number):
    return datetime(2030, 1, number, tzinfo=UTC)


@pytest.fixture
def url(build):
    return f"{PROGRESS}/courses/{build.course_id}"


@pytest.fixture
def view(harness, learner, build, clock):
    """Views blocks by name, as the learner."""

    async def send(*names):
        heartbeats = [
            {
                "course_id": str(build.course_id),
                "block_id": str(build.id(name)),
                "kind": "viewed",
                "at": clock.now().isoformat(),
            }
            for name in names
        ]
        async with harness.client(learner) as client:
            answer = await client.post(f"{PROGRESS}/heartbeats", json={"heartbeats": heartbeats})
        assert [result["result"] for result in answer.json()["results"]] == ["accepted"] * len(names)

    return send


@pytest.mark.parametrize(
    "path", ["", "/courses/{}", "/courses/{}/outline", "/courses/{}/explain", "/courses/{}/learners"]
)
async def test_reading_needs_a_sign_in(harness, path):
    async with harness.client() as client:
        answer = await client.get(PROGRESS + path.format(uuid4()))
    assert answer.status_code == 401


@pytest.mark.parametrize("path", ["", "/outline"])
async def test_who_never_took_a_course_is_told_the_same_of_one_that_exists_and_one_that_does_not(
    harness, learner, build, courses, deliver, url, path
):
    courses.structures[build.course_id] = build.blocks("one")
    await deliver.published(build.blocks("one"))
    async with harness.client(learner) as client:
        answers = [await client.get(url + path), await client.get(f"{PROGRESS}/courses/{uuid4()}{path}")]
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(403, "progress.not-enrolled")}


class TestMyCourses:
    async def test_they_are_listed_page_by_page_the_latest_first(self, harness, learner, build, courses, deliver):
        starts = [day(number) for number in range(1, 6)]
        structures = [build.blocks("one").model_copy(update={"course_id": uuid4()}) for _ in starts]
        for structure, start in zip(structures, starts, strict=True):
            courses.structures[structure.course_id] = structure
            await deliver.published(structure)
            await deliver.enrolled(learner.user_id, structure.course_id, at=start)
        seen, cursor = [], None
        async with harness.client(learner) as client:
            for _ in range(3):
                page = (await client.get(PROGRESS, params={"limit": 2} | ({"cursor": cursor} if cursor else {}))).json()
                seen += [item["course_id"] for item in page["items"]]
                cursor = page["next_cursor"]
        assert seen == [str(structure.course_id) for structure in reversed(structures)]
        assert cursor is None

    async def test_each_has_its_percentage(self, harness, learner, taking, build, view):
        await taking(build.blocks("one", "two", "three"))
        await view("one")
        async with harness.client(learner) as client:
            (item,) = (await client.get(PROGRESS)).json()["items"]
        assert (item["title"], item["percentage"], item["state"]) == ("A course", 33, "active")
        assert item["completed_at"] is None

    async def test_those_of_others_are_not_among_them(self, harness, learner, taking, build):
        await taking(build.blocks("one"))
        async with harness.client(Principal(user_id=uuid4())) as client:
            assert (await client.get(PROGRESS)).json() == {"items": [], "next_cursor": None}

    @pytest.mark.parametrize(
        "cursor",
        [
            "WyJ4Il0",
            encode_cursor("0001-01-01T00:00:00+14:00", "01900000-0000-7000-8000-000000000000"),
            encode_cursor("today", "01900000-0000-7000-8000-000000000000"),
        ],
    )
    async def test_a_cursor_that_it_did_not_give_out_is_refused(self, harness, learner, cursor):
        async with harness.client(learner) as client:
            answer = await client.get(PROGRESS, params={"cursor": cursor})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/cursor")


class TestCourse:
    async def test_every_part_says_what_is_left_of_it(self, harness, learner, taking, build, url, view):
        await taking(
            build.simple(
                build.page("one", build.block("a"), build.block("b")),
                build.page("two", build.block("c"), requires=["one"]),
                build.page("three", build.block("d"), optional=True),
            )
        )
        await view("a")
        async with harness.client(learner) as client:
            progress = (await client.get(url)).json()
        assert (progress["required"], progress["remaining"], progress["percentage"]) == (3, 2, 33)
        (section,) = progress["sections"]
        (lesson,) = section["parts"]
        pages = lesson["parts"]
        assert [(page["title"], page["remaining"], page["locked"], page["optional"]) for page in pages] == [
            ("one", 1, False, False),
            ("two", 1, True, False),
            ("three", 1, False, True),
        ]
        assert (pages[0]["percentage"], pages[0]["done"], pages[0]["parts"]) == (50, False, [])

    async def test_completion_is_told_with_its_moment(self, harness, learner, taking, build, url, view, clock):
        await taking(build.blocks("one"))
        await view("one")
        async with harness.client(learner) as client:
            progress = (await client.get(url)).json()
        assert progress["percentage"] == 100
        assert progress["completed_at"] == clock.now().isoformat().replace("+00:00", "Z")
        assert progress["resume"] is None

    async def test_somebody_who_withdrew_still_sees_what_was_done(
        self, harness, learner, taking, build, url, view, courses, deliver
    ):
        await taking(build.blocks("one", "two"))
        await view("one")
        courses.enrol(learner.user_id, build.course_id, "withdrawn")
        await deliver.withdrew(learner.user_id, build.course_id)
        async with harness.client(learner) as client:
            progress = (await client.get(url)).json()
        assert (progress["state"], progress["percentage"]) == ("withdrawn", 50)


class TestPosition:
    @pytest.fixture
    async def taken(self, taking, build):
        await taking(
            build.simple(
                build.page("one", build.block("a")),
                build.page("two", build.block("film", block_kind="video")),
                build.page("three", build.block("c"), requires=["one"]),
            )
        )

    async def resume(self, client, url):
        return (await client.get(url)).json()["resume"]

    async def test_without_one_the_first_open_page_with_something_left_is_next(
        self, harness, learner, taken, url, view
    ):
        await view("a")
        async with harness.client(learner) as client:
            assert (await self.resume(client, url))["title"] == "two"

    async def test_it_is_found_again_on_another_device(self, harness, learner, taken, url, build):
        request = {"node_id": str(build.id("film")), "seconds": 95}
        async with harness.client(learner) as client:
            assert (await client.put(f"{url}/position", json=request)).status_code == 204
        async with harness.client(learner) as other_client:
            resume = await self.resume(other_client, url)
        assert (resume["title"], resume["kind"], resume["seconds"]) == ("film", "block", 95)
        assert resume["page_id"] == str(build.id("two"))

    async def test_of_two_the_later_counts_whichever_comes_first(self, harness, learner, taken, url, build, clock):
        def beat(name, minutes, **fields):
            at = (clock.now() + timedelta(minutes=minutes)).isoformat()
            node = {"course_id": str(build.course_id), "block_id": str(build.id(name))}
            return {"kind": "position", "at": at, **node, **fields}

        async with harness.client(learner) as client:
            for heartbeat in (beat("film", -1, seconds=30), beat("a", -5), beat("film", -2, seconds=20)):
                await client.post(f"{PROGRESS}/heartbeats", json={"heartbeats": [heartbeat]})
            resume = await self.resume(client, url)
            assert (resume["title"], resume["seconds"]) == ("film", 30)
            # A clock that is an hour fast does not hold the position for an hour.
            await client.post(f"{PROGRESS}/heartbeats", json={"heartbeats": [beat("a", 60)]})
            clock.advance(timedelta(minutes=1))
            await client.post(f"{PROGRESS}/heartbeats", json={"heartbeats": [beat("film", 0, seconds=31)]})
            assert (await self.resume(client, url))["seconds"] == 31

    async def test_in_a_section_its_first_page_is_the_one_to_open(self, harness, learner, taking, url, build):
        structure = build.simple(build.page("one", build.block("a")), build.page("two", build.block("b")))
        await taking(structure)
        async with harness.client(learner) as client:
            await client.put(f"{url}/position", json={"node_id": str(structure.sections[0].id)})
            resume = await self.resume(client, url)
        assert (resume["kind"], resume["page_id"]) == ("section", str(build.id("one")))

    async def test_being_somewhere_is_not_viewing_it(self, harness, learner, taken, url, build):
        async with harness.client(learner) as client:
            await client.put(f"{url}/position", json={"node_id": str(build.id("a"))})
            assert (await client.get(url)).json()["percentage"] == 0

    async def test_a_part_that_was_dropped_is_nowhere_to_go_on(
        self, harness, learner, taken, url, build, courses, deliver
    ):
        async with harness.client(learner) as client:
            await client.put(f"{url}/position", json={"node_id": str(build.id("film"))})
            structure = build.blocks("new", number=2)
            courses.structures[build.course_id] = structure
            await deliver.published(structure, at=day(2))
            assert (await self.resume(client, url))["title"] == "page"

    @pytest.mark.parametrize(
        ("name", "status", "code"),
        [("three", 409, "progress.locked"), ("nowhere", 404, "progress.node-not-found")],
    )
    async def test_a_place_where_nobody_can_be_is_refused(
        self, harness, learner, taken, url, build, name, status, code
    ):
        async with harness.client(learner) as client:
            answer = await client.put(f"{url}/position", json={"node_id": str(build.id(name))})
        assert (answer.status_code, answer.json()["code"]) == (status, code)

    async def test_setting_it_is_for_learners_of_the_course(self, harness, taken, url, build):
        request = {"node_id": str(build.id("one"))}
        async with harness.client() as client:
            assert (await client.put(f"{url}/position", json=request)).status_code == 401
        async with harness.client(Principal(user_id=uuid4())) as client:
            answer = await client.put(f"{url}/position", json=request)
        assert (answer.status_code, answer.json()["code"]) == (403, "progress.not-enrolled")

    async def test_unknown_fields_are_refused(self, harness, learner, taken, url, build):
        async with harness.client(learner) as client:
            answer = await client.put(f"{url}/position", json={"node_id": str(build.id("one")), "done": True})
        assert answer.status_code == 422


class TestOutline:
    async def test_it_has_the_whole_course_with_what_is_done(self, harness, learner, taking, build, url, view):
        await taking(
            build.structure(
                build.section(
                    'Quotes " and ünïcode',
                    build.lesson(
                        "lesson",
                        build.page("one", build.block("a"), build.problem("b", Answered()), completion=AnyChild()),
                        build.page("empty"),
                    ),
                ),
                build.section("more", build.lesson("bare"), optional=True),
                build.section(
                    "last", build.lesson("x", build.page("y", build.block("z"))), requires=['Quotes " and ünïcode']
                ),
            )
        )
        async with harness.client(learner) as client:
            before = ProgressOutline.model_validate_json((await client.get(f"{url}/outline")).content)
            await view("a")
            after = ProgressOutline.model_validate_json((await client.get(f"{url}/outline")).content)
        first, more, last = before.sections
        assert first.title == 'Quotes " and ünïcode'
        page, empty = first.children[0].children
        assert [(block.title, block.block_kind, block.rule, block.done) for block in page.children] == [
            ("a", "rich_text", "viewed", False),
            ("b", "problem", "answered", False),
        ]
        assert page.children[1].quiz_id == build.id("quiz of b")
        assert (page.rule, page.required, page.remaining) == ("any", 1, 1)
        assert (empty.required, empty.done, empty.children) == (0, True, [])
        assert (more.optional, [child.title for child in more.children]) == (True, ["bare"])
        assert (last.locked, last.children[0].children[0].children[0].locked) == (True, True)
        assert (before.required, before.remaining, before.percentage) == (2, 2, 0)
        page = after.sections[0].children[0].children[0]
        assert (page.remaining, page.done, page.children[0].done, page.children[1].done) == (0, True, True, False)
        assert (after.percentage, after.sections[2].locked) == (50, False)

    async def test_it_is_not_sent_again_while_nothing_changed(self, harness, learner, taking, build, url, view):
        await taking(build.blocks("one", "two"))
        async with harness.client(learner) as client:
            etag = (await client.get(f"{url}/outline")).headers["etag"]
            same = await client.get(f"{url}/outline", headers={"If-None-Match": f'"other", {etag}'})
            assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", etag)
            await view("one")
            changed = await client.get(f"{url}/outline", headers={"If-None-Match": etag})
            assert changed.status_code == 200
            assert changed.headers["etag"] != etag

    async def test_a_new_version_is_sent_at_once(self, harness, learner, taking, build, url, courses, deliver):
        await taking(build.blocks("one"))
        async with harness.client(learner) as client:
            etag = (await client.get(f"{url}/outline")).headers["etag"]
            structure = build.blocks("one", "two", number=2)
            courses.structures[build.course_id] = structure
            await deliver.published(structure, at=day(2))
            answer = await client.get(f"{url}/outline", headers={"If-None-Match": etag})
        assert answer.json()["number"] == 2

    async def test_a_moment_that_passes_changes_it(self, harness, learner, taking, build, url, clock):
        opens = clock.now() + timedelta(hours=1)
        await taking(build.simple(build.page("page", build.block("one"), available_from=opens)))
        async with harness.client(learner) as client:
            etag = (await client.get(f"{url}/outline")).headers["etag"]
            clock.advance(timedelta(hours=1))
            answer = await client.get(f"{url}/outline", headers={"If-None-Match": etag})
        assert answer.status_code == 200
        assert not answer.json()["sections"][0]["children"][0]["children"][0]["locked"]


class TestLearners:
    async def test_only_those_who_teach_the_course_see_them(self, harness, learner, taking, build, url):
        await taking(build.blocks("one"))
        async with harness.client(learner) as client:
            answer = await client.get(f"{url}/learners")
        assert (answer.status_code, answer.json()["code"]) == (403, "permission-denied")

    async def test_they_come_page_by_page_with_their_names(
        self, harness, learner, taking, build, url, view, courses, people, deliver
    ):
        await taking(build.blocks("one", "two"))
        await view("one")
        people.names[learner.user_id] = "Ada"
        others = [uuid4() for _ in range(3)]
        for number, user_id in enumerate(others, start=2):
            people.names[user_id] = f"Learner {number}"
            await deliver.enrolled(user_id, build.course_id, at=day(number))
        del people.names[others[1]]
        teacher = Principal(user_id=uuid4())
        courses.instructors.add(teacher.user_id)
        async with harness.client(teacher) as client:
            first = (await client.get(f"{url}/learners", params={"limit": 3})).json()
            second = (await client.get(f"{url}/learners", params={"limit": 3, "cursor": first["next_cursor"]})).json()
        rows = [(row["display_name"], row["percentage"]) for row in [*first["items"], *second["items"]]]
        assert rows == [("Ada", 50), ("Learner 2", 0), ("", 0), ("Learner 4", 0)]
        assert second["next_cursor"] is None

    async def test_a_course_without_learners_has_an_empty_page(self, harness, courses):
        teacher = Principal(user_id=uuid4())
        courses.instructors.add(teacher.user_id)
        async with harness.client(teacher) as client:
            answer = await client.get(f"{PROGRESS}/courses/{uuid4()}/learners")
        assert answer.json() == {"items": [], "next_cursor": None}
