"""Limits, answers and results when requests come at the same time."""

import asyncio
import random
from datetime import timedelta

from lyceum.assessment.module import jobs
from lyceum.kernel.ids import new_id


async def at_once(*calls):
    return await asyncio.gather(*calls)


async def test_the_limit_of_attempts_holds(harness, quiz_of_everything):
    quiz = await quiz_of_everything(attempts={"limit": 2})
    url = f"/api/v1/quizzes/{quiz.id}/attempts"
    async with harness.client(quiz.learner) as client:
        seen = []
        for _ in range(2):
            started = await at_once(*(client.post(url) for _ in range(8)))
            [attempt_id] = {answer.json()["id"] for answer in started}
            seen.append(attempt_id)
            await client.post(f"/api/v1/attempts/{attempt_id}/submission")
        refused = await at_once(*(client.post(url) for _ in range(8)))
    assert len(set(seen)) == 2
    assert {(answer.status_code, answer.json()["reason"]) for answer in refused} == {(409, "limit_reached")}


async def test_the_delay_between_attempts_holds(harness, quiz_of_everything, clock):
    quiz = await quiz_of_everything(attempts={"delay": 600})
    url = f"/api/v1/quizzes/{quiz.id}/attempts"
    async with harness.client(quiz.learner) as client:
        first = (await client.post(url)).json()["id"]
        await client.post(f"/api/v1/attempts/{first}/submission")
        clock.advance(timedelta(seconds=599))
        refused = await at_once(*(client.post(url) for _ in range(6)))
        assert {answer.json()["reason"] for answer in refused} == {"too_soon"}
        clock.advance(timedelta(seconds=1))
        assert len({answer.json()["id"] for answer in await at_once(*(client.post(url) for _ in range(6)))}) == 1


async def test_submitting_many_times_at_once_grades_once(harness, quiz_of_everything):
    quiz = await quiz_of_everything()
    async with harness.client(quiz.learner) as client:
        attempt_id = (await client.post(f"/api/v1/quizzes/{quiz.id}/attempts")).json()["id"]
        url = f"/api/v1/attempts/{attempt_id}/submission"
        ended = await at_once(*(client.post(url) for _ in range(10)))
        await harness.container.attempting().submit_overdue()
    assert {answer.status_code for answer in ended} == {200}
    assert len({answer.text for answer in ended}) == 1
    assert await graded_events(harness) == 1


async def test_workers_that_meet_hand_an_overdue_attempt_in_once(harness, quiz_of_everything, clock):
    quiz = await quiz_of_everything(timing={"time_limit": 60, "grace": 0})
    [job] = [job for job in jobs(harness.container) if job.name == "assessment.submit-overdue"]
    async with harness.client(quiz.learner) as client:
        attempt = (await client.post(f"/api/v1/quizzes/{quiz.id}/attempts")).json()
        clock.advance(timedelta(seconds=61))
        await at_once(*(job.run(None) for _ in range(4)))
        ended = (await client.get(f"/api/v1/attempts/{attempt['id']}")).json()
    assert (ended["state"], ended["submitted_by"], ended["submitted_at"]) == ("graded", "clock", attempt["expires_at"])
    assert await graded_events(harness) == 1


async def graded_events(harness):
    async with harness.module.database.reading() as connection:
        count = await connection.exec_driver_sql("SELECT count(*) FROM assessment.outbox WHERE type LIKE '%graded%'")
        return count.scalar_one()


async def test_two_tabs_converge_whatever_comes_when(harness, quiz_of_everything):
    quiz = await quiz_of_everything()
    tabs = [str(new_id()), str(new_id())]
    sent = [
        {"client_id": tabs[seq % 2], "seq": seq, "response": {"option": f"o{seq % 2}"} if seq % 5 else None}
        for seq in range(1, 13)
    ]
    async with harness.client(quiz.learner) as client:
        attempt_id = (await client.post(f"/api/v1/quizzes/{quiz.id}/attempts")).json()["id"]
        url = f"/api/v1/attempts/{attempt_id}/answers/1"
        arriving = [*sent, *sent]
        random.Random(7).shuffle(arriving)
        answers = await at_once(*(client.put(url, json=body) for body in arriving))
        assert {answer.status_code for answer in answers} == {200}
        [slot, *_] = (await client.get(f"/api/v1/attempts/{attempt_id}")).json()["sections"][0]["slots"]
        assert slot["response"] == {"option": "o0"}
        # What was submitted stays, and a message that came before is still accepted.
        await client.post(f"/api/v1/attempts/{attempt_id}/submission")
        assert (await client.put(url, json=sent[3])).status_code == 200
        late = await client.put(url, json={**sent[0], "seq": 99})
        assert (late.status_code, late.json()["code"]) == (409, "assessment.attempt-closed")
