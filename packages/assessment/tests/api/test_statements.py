"""How many statements the hot requests need, whatever the number of questions."""

import pytest

from lyceum.kernel.ids import new_id
from lyceum.testing.statements import counted_statements


@pytest.fixture
def counted(harness):
    """Makes a request and gives its answer with the number of its statements."""

    async def count(request):
        with counted_statements(harness.module.database.engine) as sent:
            answer = await request
        assert answer.status_code == 200, answer.text
        return answer.json(), len(sent)

    return count


async def test_an_attempt_takes_few_statements_from_start_to_result(harness, quiz_of_everything, counted):
    quiz = await quiz_of_everything()
    async with harness.client(quiz.learner) as client:
        attempt, start = await counted(client.post(f"/api/v1/quizzes/{quiz.id}/attempts"))
        path = f"/api/v1/attempts/{attempt['id']}"
        body = {"client_id": str(new_id()), "seq": 1, "response": quiz.right[0]}
        _, save = await counted(client.put(f"{path}/answers/1", json=body))
        _, repeat = await counted(client.put(f"{path}/answers/1", json=body))
        _, read = await counted(client.get(path))
        _, submit = await counted(client.post(f"{path}/submission"))
        _, submit_again = await counted(client.post(f"{path}/submission"))
    assert (start, save, read, submit) == (8, 3, 3, 4)
    assert (repeat, submit_again) == (2, 2)


async def test_listing_banks_and_their_items_takes_as_many_statements_for_many(harness, quiz_of_everything, counted):
    quiz = await quiz_of_everything()
    async with harness.client(quiz.author) as client:
        banks, listing = await counted(client.get("/api/v1/banks", params={"course_id": str(quiz.course_id)}))
        [bank] = banks["items"]
        path = f"/api/v1/banks/{bank['id']}/items"
        items, browsing = await counted(client.get(path, params={"q": "D", "type": "numeric", "limit": 5}))
    assert (listing, browsing) == (1, 2)
    assert (bank["title"], bank["items"]) == ("All", 5)
    assert [item["content"]["prompt"] for item in items["items"]] == ["D"]
