"""A quiz of every type of item, with its people."""

from types import SimpleNamespace

import pytest

from lyceum.kernel.ids import new_id
from lyceum.kernel.principal import Principal


def items_of_every_type(secret):
    """Every text that a learner must not see has the secret in it, every secret number 997."""
    common = {
        "weight": "997/7",
        "title": f"{secret} title",
        "explanation": f"<p>{secret} explanation</p>",
        "feedback": {name: f"<p>{secret} {name}</p>" for name in ("general", "right", "partly", "wrong")},
        "hints": [f"<p>{secret} hint</p>"],
    }
    one = [{"id": f"o{n}", "content": f"Option {n}", "credit": str(n), "feedback": secret} for n in (0, 1)]
    many = [
        {"id": f"o{n}", "content": f"Option {n}", "right": n > 0, "feedback_ticked": secret, "feedback_left": secret}
        for n in range(3)
    ]
    number = {"kind": "range", "low": "3.997", "high": "5.997", "credit": "1", "feedback": secret}
    text = {"kind": "text", "text": f"{secret} word", "credit": "1", "feedback": secret}
    return [
        ({"type": "single_choice", "prompt": "A", "options": one, **common}, {"option": "o1"}),
        ({"type": "dropdown", "prompt": "B", "options": one, **common}, {"option": "o1"}),
        ({"type": "multiple_choice", "prompt": "C", "options": many, **common}, {"options": ["o1", "o2"]}),
        ({"type": "numeric", "prompt": "D", "accepted": [number], **common}, {"value": "4.5"}),
        ({"type": "short_text", "prompt": "E", "accepted": [text], **common}, {"text": f"{secret} word"}),
    ]


@pytest.fixture
async def quiz_of_everything(harness, courses, secret):
    """Makes a quiz with these settings; gives its id, its learner, and the right answers in their order."""

    async def make(**settings):
        course_id, author, learner = new_id(), Principal(user_id=new_id()), Principal(user_id=new_id())
        courses.authors.add((author.user_id, course_id))
        courses.learners.add((learner.user_id, course_id))
        items = items_of_every_type(secret)
        async with harness.client(author) as client:
            bank = (await client.post("/api/v1/banks", json={"course_id": str(course_id), "title": "All"})).json()
            entries = []
            for content, _ in items:
                added = await client.post(f"/api/v1/banks/{bank['id']}/items", json={"content": content})
                assert added.status_code == 201, added.text
                entries.append({"kind": "item", "item_id": added.json()["id"]})
            content = {"title": "All", "settings": settings, "sections": [{"entries": entries}]}
            quiz = await client.post("/api/v1/quizzes", json={"course_id": str(course_id), "content": content})
            assert quiz.status_code == 201, quiz.text
        return SimpleNamespace(
            id=quiz.json()["id"],
            course_id=course_id,
            author=author,
            learner=learner,
            right=[right for _, right in items],
        )

    return make
