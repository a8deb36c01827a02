from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from lyceum.course.ports import Answered, AnyChild, ScoreAtLeast


@pytest.fixture
def explain(harness, learner, build):
    async def ask():
        async with harness.client(learner) as client:
            answer = await client.get(f"/api/v1/progress/courses/{build.course_id}/explain")
        assert answer.status_code == 200
        return answer.json()

    return ask


async def test_everything_that_is_left_is_listed_with_what_is_missing(build, taking, explain, deliver, learner):
    exam = ScoreAtLeast(share=Decimal("0.6"))
    await taking(
        build.simple(
            build.page("read", build.block("text")),
            build.page("do", build.problem("quiz", Answered()), build.problem("exam", exam)),
            build.page("pick", build.block("film"), build.block("book"), completion=AnyChild()),
        )
    )
    await deliver(deliver.graded(learner.user_id, build.course_id, build.id("quiz of exam"), score="2", max_score="5"))
    told = await explain()
    assert told["percentage"] == 0
    assert [(unmet["path"][-1], unmet["rule"], unmet["missing"]) for unmet in told["unmet"]] == [
        ("text", "viewed", "Not viewed yet."),
        ("quiz", "answered", "Not answered yet."),
        ("exam", "score", "Score 0.4 of 0.6 needed."),
        ("pick", "any", "1 more of: film, book."),
    ]
    assert told["unmet"][0]["path"] == ["section", "lesson", "read", "text"]
    assert [unmet["page_id"] for unmet in told["unmet"]] == [
        str(build.id(page)) for page in ("read", "do", "do", "pick")
    ]
    assert (told["unmet"][2]["reached"], told["unmet"][2]["needed"]) == ("0.4", "0.6")
    assert [option["node_id"] for option in told["unmet"][3]["options"]] == [
        str(build.id("film")),
        str(build.id("book")),
    ]


async def test_closed_parts_say_why(build, taking, explain, clock):
    opens = clock.now() + timedelta(days=3)
    await taking(
        build.simple(
            build.page("first", build.block("one")),
            build.page("second", build.block("two"), requires=["first"], available_from=opens),
        )
    )
    told = await explain()
    (locked,) = told["locked"]
    assert locked["path"] == ["section", "lesson", "second"]
    requires, moment = locked["reasons"]
    assert (requires["reason"], requires["node"]["path"]) == ("requires", ["section", "lesson", "first"])
    assert moment["reason"] == "not-yet-available"
    assert moment["available_from"] == opens.isoformat().replace("+00:00", "Z")
    assert [unmet["locked"] for unmet in told["unmet"]] == [False, True]


async def test_what_is_left_says_when_it_is_due(build, taking, explain, clock):
    soon, later = clock.now() + timedelta(days=3), clock.now() + timedelta(days=30)
    pages = [
        build.page("early", build.block("one"), due_at=soon, graded=True),
        build.page("usual", build.block("two")),
    ]
    free = build.section("free", build.lesson("more", build.page("last", build.block("three"))))
    await taking(build.structure(build.section("section", build.lesson("lesson", *pages), due_at=later), free))
    told = (await explain())["unmet"]
    wanted = [moment.isoformat().replace("+00:00", "Z") for moment in (soon, later)]
    assert [unmet["due_at"] for unmet in told] == [*wanted, None]
    assert [unmet["graded"] for unmet in told] == [True, False, False]


async def test_a_complete_course_leaves_nothing_unmet(build, taking, explain, deliver, learner):
    await taking(build.simple(build.page("page", build.problem("quiz", Answered()))))
    await deliver(deliver.graded(learner.user_id, build.course_id, build.id("quiz of quiz"), score="0"))
    told = await explain()
    assert (told["percentage"], told["unmet"], told["locked"]) == (100, [], [])
    assert told["completed_at"] is not None


async def test_a_course_in_which_nothing_has_to_be_done_says_so(build, taking, explain):
    await taking(build.simple(build.page("page", build.block("extra", optional=True))))
    told = await explain()
    assert told["percentage"] == 0
    assert [unmet["rule"] for unmet in told["unmet"]] == ["nothing-required"]


async def test_who_never_took_the_course_is_told_only_that(build, explain, courses, deliver, harness, learner):
    courses.structures[build.course_id] = build.blocks("secret plan")
    await deliver.published(build.blocks("secret plan"))
    told = await explain()
    assert [locked["reasons"][0]["reason"] for locked in told["locked"]] == ["not-enrolled"]
    assert "secret plan" not in str(told)
    async with harness.client(learner) as client:
        missing = (await client.get(f"/api/v1/progress/courses/{uuid4()}/explain")).json()
    assert {**missing, "course_id": ""} == {
        **told,
        "course_id": "",
        "unmet": missing["unmet"],
        "locked": missing["locked"],
    }


async def test_who_withdrew_is_told_that_the_course_is_closed(build, taking, explain, courses, deliver, learner):
    await taking(build.blocks("one"))
    courses.enrol(learner.user_id, build.course_id, "withdrawn")
    await deliver.withdrew(learner.user_id, build.course_id)
    told = await explain()
    assert told["locked"][0]["kind"] == "course"
    assert told["locked"][0]["reasons"] == [{"reason": "not-enrolled", "node": None, "available_from": None}]
