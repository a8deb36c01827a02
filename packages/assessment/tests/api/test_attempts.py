"""Quizzes over HTTP, from making one to its result."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from lyceum.course.ports import ForeignProblem
from lyceum.kernel.ids import new_id
from lyceum.kernel.principal import Principal

OLX = """<problem><multiplechoiceresponse><label>Two and two?</label><choicegroup type="MultipleChoice">
<choice correct="false">Three</choice><choice correct="true">Four</choice></choicegroup>
</multiplechoiceresponse></problem>"""

CHOICE = {
    "type": "single_choice",
    "prompt": "<p>Two and two?</p>",
    "options": [
        {"id": "a", "content": "Three", "credit": "0"},
        {"id": "b", "content": "Four", "credit": "1"},
    ],
}


@pytest.fixture
def people(courses):
    course_id = new_id()
    author, learner = Principal(user_id=new_id()), Principal(user_id=new_id())
    courses.authors.add((author.user_id, course_id))
    courses.learners.add((learner.user_id, course_id))
    return course_id, author, learner


async def take_in(harness, course_id, problem=OLX, **settings):
    [receipt] = await harness.container.intake().take_in(
        course_id=course_id,
        import_id=new_id(),
        problems=[ForeignProblem(source="p1", format="olx", title="Sum", content=problem, settings=settings)],
    )
    return receipt


def right_and_wrong(attempt) -> tuple[str, dict, dict]:
    [slot] = attempt["sections"][0]["slots"]
    options = {option["content"].strip(): option["id"] for option in slot["item"]["options"]}
    return slot["slot"], {"option": options["Four"]}, {"option": options["Three"]}


async def test_a_learner_answers_an_imported_problem_and_the_world_hears_the_score(harness, people):
    course_id, _, learner = people
    receipt = await take_in(harness, course_id)
    async with harness.client(learner) as client:
        attempt = (await client.post(f"/api/v1/quizzes/{receipt.quiz_id}/attempts")).json()
        slot, right, wrong = right_and_wrong(attempt)
        url = f"/api/v1/attempts/{attempt['id']}/checks/{slot}"
        client_id = str(new_id())
        first = await client.post(url, json={"client_id": client_id, "seq": 1, "response": wrong})
        assert first.status_code == 200, first.text
        second = (await client.post(url, json={"client_id": client_id, "seq": 2, "response": right})).json()
    assert second["state"] == "graded"
    assert second["total"]["score"] == "1"
    async with harness.module.database.reading() as connection:
        rows = await connection.exec_driver_sql(
            "SELECT data ->> 'score' FROM assessment.outbox WHERE type LIKE '%graded%' ORDER BY position"
        )
        assert list(rows.scalars()) == ["0.000000", "1.000000"]


async def test_taking_the_same_problem_in_again_gives_the_same_quiz(harness, people):
    course_id, import_id = people[0], new_id()
    problem = ForeignProblem(source="p1", format="olx", title="Sum", content=OLX)
    intake = harness.container.intake()

    async def once():
        return await intake.take_in(course_id=course_id, import_id=import_id, problems=[problem])

    first, *others = await asyncio.gather(*(once() for _ in range(4)))
    assert all(other == first for other in others)
    await intake.discard(import_id=import_id)
    async with harness.module.database.reading() as connection:
        for table in ("quizzes", "banks", "items", "item_versions", "intakes"):
            count = (await connection.exec_driver_sql(f"SELECT count(*) FROM assessment.{table}")).scalar_one()  # noqa: S608 - names from the line above
            assert count == 0, table


async def test_what_is_given_out_comes_in_again_as_the_same(harness, people):
    course_id = people[0]
    receipt = await take_in(harness, course_id)
    intake = harness.container.intake()
    [given] = await intake.give_out(course_id=course_id, quiz_ids=[receipt.quiz_id])
    [again] = await intake.take_in(course_id=course_id, import_id=new_id(), problems=[given])
    [copy] = await intake.give_out(course_id=course_id, quiz_ids=[again.quiz_id])
    assert copy.content == given.content
    assert await intake.give_out(course_id=new_id(), quiz_ids=[receipt.quiz_id]) == []


async def test_parallel_starts_are_one_attempt(harness, people):
    course_id, _, learner = people
    receipt = await take_in(harness, course_id)
    async with harness.client(learner) as client:
        url = f"/api/v1/quizzes/{receipt.quiz_id}/attempts"
        answers = await asyncio.gather(*(client.post(url) for _ in range(10)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["id"] for answer in answers}) == 1


async def test_a_practice_that_was_only_opened_is_never_a_result(harness, people, clock):
    course_id, _, learner = people
    receipt = await take_in(harness, course_id)
    async with harness.client(learner) as client:
        url = f"/api/v1/quizzes/{receipt.quiz_id}"
        await client.get(url)
        attempt = (await client.post(f"{url}/attempts")).json()
        clock.advance(timedelta(days=400))
        assert await harness.container.attempting().submit_overdue() == 0
        assert (await client.get(f"/api/v1/attempts/{attempt['id']}")).json()["state"] == "in_progress"
    async with harness.module.database.reading() as connection:
        rows = await connection.exec_driver_sql("SELECT type FROM assessment.outbox")
        assert list(rows.scalars()) == ["lyceum.assessment.attempt.started.v1"]


async def test_a_quiz_names_the_attempt_under_way_and_afterwards_the_last_one(harness, people):
    course_id, _, learner = people
    receipt = await take_in(harness, course_id)
    async with harness.client(learner) as client:
        url = f"/api/v1/quizzes/{receipt.quiz_id}"

        async def names():
            standing = (await client.get(url)).json()
            return standing["running"], standing["latest"]

        assert await names() == (None, None)
        first = (await client.post(f"{url}/attempts")).json()["id"]
        assert await names() == (first, first)
        await client.post(f"/api/v1/attempts/{first}/submission")
        assert await names() == (None, first)
        second = (await client.post(f"{url}/attempts")).json()["id"]
        assert await names() == (second, second)


async def test_a_practice_that_was_only_opened_follows_what_its_authors_correct(harness, people):
    course_id, author, learner = people
    receipt = await take_in(harness, course_id)

    async def correct(prompt):
        async with harness.client(author) as client:
            content = (await client.get(f"/api/v1/quizzes/{receipt.quiz_id}/content")).json()["content"]
            url = f"/api/v1/items/{content['sections'][0]['entries'][0]['item_id']}"
            item = await client.get(url)
            body = {"content": item.json()["content"] | {"prompt": prompt}}
            assert (await client.put(url, json=body, headers={"if-match": item.headers["etag"]})).status_code == 200

    async with harness.client(learner) as client:
        attempt = (await client.post(f"/api/v1/quizzes/{receipt.quiz_id}/attempts")).json()
        url = f"/api/v1/attempts/{attempt['id']}"

        async def prompt():
            [slot] = (await client.get(url)).json()["sections"][0]["slots"]
            return slot["item"]["prompt"]

        await correct("<p>Two plus two?</p>")
        assert await prompt() == "<p>Two plus two?</p>"
        slot, _, wrong = right_and_wrong(attempt)
        answer = {"client_id": str(new_id()), "seq": 1, "response": wrong}
        assert (await client.put(f"{url}/answers/{slot}", json=answer)).status_code == 200
        await correct("<p>How much is two plus two?</p>")
        assert await prompt() == "<p>Two plus two?</p>"


async def test_a_practice_stays_as_it_was_while_its_quiz_cannot_be_taken(harness, people):
    course_id, author, learner = people
    receipt = await take_in(harness, course_id)
    async with harness.client(learner) as client:
        attempt = (await client.post(f"/api/v1/quizzes/{receipt.quiz_id}/attempts")).json()
    async with harness.client(author) as client:
        quiz = await client.get(f"/api/v1/quizzes/{receipt.quiz_id}/content")
        emptied = quiz.json()["content"] | {"sections": [{"entries": []}]}
        url = f"/api/v1/quizzes/{receipt.quiz_id}/content"
        changed = await client.put(url, json={"content": emptied}, headers={"if-match": quiz.headers["etag"]})
        assert changed.status_code == 200, changed.text
    async with harness.client(learner) as client:
        assert (await client.get(f"/api/v1/attempts/{attempt['id']}")).json()["sections"] == attempt["sections"]


async def make_quiz(client, course_id, **settings) -> str:
    bank = (await client.post("/api/v1/banks", json={"course_id": str(course_id), "title": "Sums"})).json()
    item = await client.post(f"/api/v1/banks/{bank['id']}/items", json={"content": CHOICE})
    assert item.status_code == 201, item.text
    content = {
        "title": "Sums",
        "settings": settings,
        "sections": [{"entries": [{"kind": "item", "item_id": item.json()["id"]}]}],
    }
    quiz = await client.post("/api/v1/quizzes", json={"course_id": str(course_id), "content": content})
    assert quiz.status_code == 201, quiz.text
    return quiz.json()["id"]


async def test_the_clock_hands_in_the_last_saved_answers(harness, people, clock, extra_time):
    course_id, author, learner = people
    extra_time.factors[learner.user_id] = Decimal("1.5")
    async with harness.client(author) as client:
        quiz_id = await make_quiz(client, course_id, timing={"time_limit": 60, "grace": 10})
    async with harness.client(learner) as client:
        attempt = (await client.post(f"/api/v1/quizzes/{quiz_id}/attempts")).json()
        slot, right, wrong = right_and_wrong(attempt)
        url = f"/api/v1/attempts/{attempt['id']}/answers/{slot}"
        client_id = str(new_id())
        clock.advance(timedelta(seconds=95))  # past 60 s × 1.5, within the grace
        assert (await client.put(url, json={"client_id": client_id, "seq": 1, "response": right})).status_code == 200
        clock.advance(timedelta(seconds=6))
        late = await client.put(url, json={"client_id": client_id, "seq": 2, "response": wrong})
        assert (late.status_code, late.json()["code"]) == (409, "assessment.attempt-expired")
        assert await harness.container.attempting().submit_overdue() == 1
        result = (await client.get(f"/api/v1/attempts/{attempt['id']}")).json()
    assert (result["state"], result["submitted_by"], result["total"]["score"]) == ("graded", "clock", "1")


async def test_a_quiz_keeps_its_key_to_itself_until_the_review(harness, people):
    course_id, author, learner = people
    async with harness.client(author) as client:
        quiz_id = await make_quiz(client, course_id)
    async with harness.client(learner) as client:
        answer = await client.post(f"/api/v1/quizzes/{quiz_id}/attempts")
        assert "credit" not in answer.text
        attempt = answer.json()
        assert attempt["sections"][0]["slots"][0]["item"].get("review") is None
        handed_in = await client.post(f"/api/v1/attempts/{attempt['id']}/submission")
        again = await client.post(f"/api/v1/attempts/{attempt['id']}/submission")
        assert handed_in.json()["submitted_at"] == again.json()["submitted_at"]


async def test_authors_find_the_questions_of_an_imported_quiz_and_revise_them(harness, people):
    course_id, author, _ = people
    receipt = await take_in(harness, course_id)
    async with harness.client(author) as client:
        content = (await client.get(f"/api/v1/quizzes/{receipt.quiz_id}/content")).json()["content"]
        [entry] = content["sections"][0]["entries"]
        url = f"/api/v1/items/{entry['item_id']}"
        item = await client.get(url)
        assert [option["credit"] for option in item.json()["content"]["options"]] == ["0", "1"]
        changed = item.json()["content"] | {"prompt": "<p>Two plus two?</p>"}
        revised = await client.put(url, json={"content": changed}, headers={"if-match": item.headers["etag"]})
        assert revised.status_code == 200, revised.text
        assert (await client.get(url)).json()["content"]["prompt"] == "<p>Two plus two?</p>"
        assert (await client.get(f"/api/v1/items/{new_id()}")).status_code == 404


async def test_nobody_else_comes_near_a_quiz(harness, people):
    course_id, author, learner = people
    async with harness.client(author) as client:
        quiz_id = await make_quiz(client, course_id)
        content = (await client.get(f"/api/v1/quizzes/{quiz_id}/content")).json()["content"]
        item_id = content["sections"][0]["entries"][0]["item_id"]
    async with harness.client(learner) as client:
        attempt_id = (await client.post(f"/api/v1/quizzes/{quiz_id}/attempts")).json()["id"]
        assert (await client.get(f"/api/v1/quizzes/{quiz_id}/content")).status_code == 404
        assert (await client.get(f"/api/v1/items/{item_id}")).status_code == 404
        refused = await client.post("/api/v1/banks", json={"course_id": str(course_id), "title": "Mine"})
        assert refused.status_code == 403
        assert (await client.get("/api/v1/banks", params={"course_id": str(course_id)})).status_code == 403
    stranger = Principal(user_id=new_id())
    async with harness.client(stranger) as client:
        assert (await client.post(f"/api/v1/quizzes/{quiz_id}/attempts")).status_code == 403
        assert (await client.get(f"/api/v1/attempts/{attempt_id}")).status_code == 404
        assert (await client.post(f"/api/v1/attempts/{attempt_id}/submission")).status_code == 404
    async with harness.client() as client:
        assert (await client.get(f"/api/v1/attempts/{attempt_id}")).status_code == 401
        assert (await client.post(f"/api/v1/quizzes/{quiz_id}/attempts")).status_code == 401


async def test_an_author_goes_through_banks_page_by_page(harness, people):
    course_id, author, _ = people
    async with harness.client(author) as client:
        for title in ("Atoms", "Sums", "Roots"):
            made = await client.post("/api/v1/banks", json={"course_id": str(course_id), "title": title})
            assert made.json()["items"] == 0
        first = (await client.get("/api/v1/banks", params={"course_id": str(course_id), "limit": 2})).json()
        assert [bank["title"] for bank in first["items"]] == ["Atoms", "Roots"]
        params = {"course_id": str(course_id), "cursor": first["next_cursor"]}
        rest = (await client.get("/api/v1/banks", params=params)).json()
        assert ([bank["title"] for bank in rest["items"]], rest["next_cursor"]) == (["Sums"], None)
        path = f"/api/v1/banks/{rest['items'][0]['id']}/items"
        assert (await client.get(path)).json() == {"items": [], "next_cursor": None}
        for wrong in ({"type": "hologram"}, {"cursor": "x"}, {"q": "a\0"}, {"limit": 101}):
            assert (await client.get(path, params=wrong)).status_code == 422
        assert (await client.get("/api/v1/banks")).status_code == 422


async def test_a_preview_shows_an_author_what_learners_see_and_keeps_nothing(harness, people):
    course_id, author, _ = people
    content = {
        **CHOICE,
        "prompt": "<p>Two and two?<script>alert(1)</script></p>",
        "hints": ["<p>Count.</p>"],
        "feedback": {"right": "<p>Just so.</p>"},
    }
    async with harness.client(author) as client:

        async def preview(**more):
            body = {"course_id": str(course_id), "content": content, **more}
            return (await client.post("/api/v1/item-previews", json=body)).json()

        fresh = await preview()
        assert fresh["prompt"] == "<p>Two and two?</p>"
        assert (fresh["hint_count"], fresh["hints"], fresh["review"]) == (1, [], None)
        assert "credit" not in str(fresh)
        tried = await preview(response={"option": "b"}, hints=1)
        assert tried["hints"] == ["<p>Count.</p>"]
        assert tried["review"]["outcome"] == "right"
        assert tried["review"]["feedback"] == ["<p>Just so.</p>"]
    async with harness.module.database.reading() as connection:
        for table in ("banks", "items", "attempts"):
            count = (await connection.exec_driver_sql(f"SELECT count(*) FROM assessment.{table}")).scalar_one()  # noqa: S608 - names from the line above
            assert count == 0, table
