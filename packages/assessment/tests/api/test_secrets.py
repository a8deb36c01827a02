"""What goes over the wire to learners before the review phase allows it."""

import re
from datetime import timedelta

import pytest

from lyceum.kernel.ids import new_id

CHANCE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+")
NOTHING = {phase: [] for phase in ("immediately_after", "while_open", "after_close")}


async def taken(client, quiz):
    """Everything that a learner gets to read on the way through a quiz, up to handing in; and the attempt."""
    started = await client.post(f"/api/v1/quizzes/{quiz.id}/attempts")
    attempt = started.json()
    answers = [started, await client.get(f"/api/v1/quizzes/{quiz.id}")]
    slots = [slot for section in attempt["sections"] for slot in section["slots"]]
    assert len(slots) == 5
    for seq, slot in enumerate(slots, 1):
        # A blank and a wrong type besides: refusals must not tell anything either.
        for response in ({"nonsense": 1}, None):
            body = {"client_id": str(new_id()), "seq": seq, "response": response}
            answers.append(await client.put(f"/api/v1/attempts/{attempt['id']}/answers/{slot['slot']}", json=body))
        answers.append(await client.post(f"/api/v1/attempts/{attempt['id']}/hints/{slot['slot']}", json={"number": 1}))
    answers.append(await client.get(f"/api/v1/attempts/{attempt['id']}"))
    answers.append(await client.post(f"/api/v1/quizzes/{quiz.id}/attempts"))
    return attempt, [answer.text for answer in answers]


def tells(text, secret):
    # Ids and moments have any digits in them by chance.
    told = CHANCE.sub("", text)
    return secret in told or "997" in told or "credit" in told


async def test_nothing_of_keys_weights_and_feedback_leaves_before_the_attempt_is_over(
    harness, quiz_of_everything, secret
):
    quiz = await quiz_of_everything()
    async with harness.client(quiz.learner) as client:
        attempt, texts = await taken(client, quiz)
        assert [text for text in texts if tells(text, secret)] == []
        # Afterwards it is all there, which shows that the test would see it.
        after = await client.post(f"/api/v1/attempts/{attempt['id']}/submission")
        assert tells(after.text, secret)


@pytest.mark.parametrize("later", [timedelta(0), timedelta(hours=1), timedelta(days=9)])
async def test_a_policy_that_shows_nothing_shows_nothing_in_any_phase(
    harness, quiz_of_everything, secret, clock, later
):
    closes = (clock.now() + timedelta(days=1)).isoformat()
    quiz = await quiz_of_everything(review=NOTHING, timing={"closes_at": closes})
    async with harness.client(quiz.learner) as client:
        attempt, _ = await taken(client, quiz)
        submitted = await client.post(f"/api/v1/attempts/{attempt['id']}/submission")
        clock.advance(later)
        again = await client.get(f"/api/v1/attempts/{attempt['id']}")
        assert [tells(each.text, secret) for each in (submitted, again)] == [False, False]
        assert again.json()["total"] is None


async def test_authors_alone_read_the_items_themselves(harness, quiz_of_everything, secret):
    quiz = await quiz_of_everything()
    async with harness.client(quiz.learner) as client:
        content = await client.get(f"/api/v1/quizzes/{quiz.id}/content")
    assert content.status_code == 404
    assert not tells(content.text, secret)
