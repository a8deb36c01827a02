"""Routes that honour `Idempotency-Key`."""

import asyncio

import pytest
from fastapi import APIRouter, Response
from pydantic import BaseModel
from starlette.responses import StreamingResponse

from lyceum.kernel.errors import Conflict, NotFound, PermissionDenied, Unavailable
from lyceum.runtime.http import CurrentPrincipal, IdempotentRoute, PrefixDispatch, merge_openapi, module_app
from lyceum.testing.idempotency import MemoryIdempotencyStore

PATH = "/api/v1/orders"
KEY = {"idempotency-key": "6e4a0f6c-2b6b-4a93-9c0e-0f1f2b3c4d5e"}


class Order(BaseModel):
    amount: int


class Orders:
    """A module that counts what it did."""

    def __init__(self):
        self.placed = []
        self.raising = None
        self.hold = asyncio.Event()
        self.hold.set()
        router = APIRouter(route_class=IdempotentRoute)

        @router.post(PATH, status_code=201)
        async def place_order(order: Order, principal: CurrentPrincipal, response: Response) -> int:
            await self.hold.wait()
            self.placed.append(order.amount)
            if self.raising is not None:
                raise self.raising
            response.headers["location"] = f"{PATH}/{len(self.placed)}"
            return len(self.placed)

        @router.post("/api/v1/orders/stream")
        async def stream_order() -> StreamingResponse:
            self.placed.append(0)

            async def parts():
                yield b"part"

            return StreamingResponse(parts())

        @router.get(PATH)
        async def count_orders() -> int:
            self.placed.append(0)
            return len(self.placed)

        self.module = module_app("orders", [router], {"idempotency": MemoryIdempotencyStore()})
        self.app = PrefixDispatch({"orders": self.module})


@pytest.fixture
def orders():
    return Orders()


@pytest.fixture
def client(behind, orders):
    return behind(orders.app).client


async def test_without_a_key_every_request_takes_effect(client, orders):
    for _ in range(2):
        await client.post(PATH, json={"amount": 5})
    assert orders.placed == [5, 5]


async def test_the_same_request_takes_effect_once_and_gets_the_same_answer(client, orders):
    first, second = [await client.post(PATH, json={"amount": 5}, headers=KEY) for _ in range(2)]
    assert orders.placed == [5]
    assert (first.status_code, first.json(), first.headers["location"]) == (201, 1, f"{PATH}/1")
    assert (second.status_code, second.json(), second.headers["location"]) == (201, 1, f"{PATH}/1")
    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"
    assert second.headers["content-type"] == "application/json"
    assert second.headers["x-request-id"] != first.headers["x-request-id"]


async def test_a_quoted_key_is_the_same_key(client, orders):
    await client.post(PATH, json={"amount": 5}, headers={"idempotency-key": "abc"})
    await client.post(PATH, json={"amount": 5}, headers={"idempotency-key": '"abc"'})
    assert orders.placed == [5]


async def test_another_body_under_the_key_is_refused(client, orders):
    await client.post(PATH, json={"amount": 5}, headers=KEY)
    response = await client.post(PATH, json={"amount": 6}, headers=KEY)
    assert (response.status_code, response.json()["code"]) == (422, "idempotency-key-reused")
    assert orders.placed == [5]


async def test_another_query_under_the_key_is_refused(client):
    await client.post(PATH, json={"amount": 5}, headers=KEY)
    response = await client.post(PATH + "?x=1", json={"amount": 5}, headers=KEY)
    assert response.json()["code"] == "idempotency-key-reused"


async def test_the_same_request_at_once_is_refused(client, orders):
    orders.hold.clear()
    first = asyncio.create_task(client.post(PATH, json={"amount": 5}, headers=KEY))
    await asyncio.sleep(0.01)
    second = await client.post(PATH, json={"amount": 5}, headers=KEY)
    orders.hold.set()
    assert (second.status_code, second.json()["code"]) == (409, "idempotency-key-in-use")
    assert (await first).status_code == 201
    assert orders.placed == [5]


async def test_keys_of_different_people_have_nothing_to_do_with_each_other(client, orders):
    await client.post(PATH, json={"amount": 5}, headers=KEY)
    await client.post(PATH, json={"amount": 5}, headers=KEY | {"authorization": "Bearer token-of-ada"})
    assert orders.placed == [5, 5]


@pytest.mark.parametrize("error", [Conflict("Sold out"), NotFound()])
async def test_a_refusal_is_an_answer_too(client, orders, error):
    orders.raising = error
    first, second = [await client.post(PATH, json={"amount": 5}, headers=KEY) for _ in range(2)]
    assert orders.placed == [5]
    assert (first.status_code, second.status_code) == (error.status, error.status)
    assert (second.json()["code"], second.headers["content-type"]) == (error.code, "application/problem+json")
    assert second.headers["idempotency-replayed"] == "true"


@pytest.mark.parametrize("error", [RuntimeError("broken"), Unavailable(), PermissionDenied()])
async def test_what_may_go_better_next_time_is_not_kept(client, orders, error):
    orders.raising = error
    await client.post(PATH, json={"amount": 5}, headers=KEY)
    orders.raising = None
    response = await client.post(PATH, json={"amount": 5}, headers=KEY)
    assert (response.status_code, orders.placed) == (201, [5, 5])


async def test_a_request_that_is_not_valid_is_not_kept(client, orders):
    for _ in range(2):
        response = await client.post(PATH, json={"amount": "many"}, headers=KEY)
        assert response.json()["code"] == "validation-failed"
        assert "idempotency-replayed" not in response.headers


async def test_a_cancelled_request_can_be_sent_again(client, orders):
    orders.hold.clear()
    first = asyncio.create_task(client.post(PATH, json={"amount": 5}, headers=KEY))
    await asyncio.sleep(0.01)
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    orders.hold.set()
    response = await client.post(PATH, json={"amount": 5}, headers=KEY)
    assert (response.status_code, orders.placed) == (201, [5])


async def test_a_streamed_answer_is_not_kept(client, orders):
    answers = [await client.post("/api/v1/orders/stream", headers=KEY) for _ in range(2)]
    assert [answer.text for answer in answers] == ["part", "part"]
    assert orders.placed == [0, 0]


async def test_reading_ignores_the_header(client, orders):
    for _ in range(2):
        await client.get(PATH, headers=KEY)
    assert orders.placed == [0, 0]


@pytest.mark.parametrize("key", ["", '""', "a b", 'a"b', '"a', "x" * 256, "schlüssel"])
async def test_a_key_that_is_malformed_is_refused(client, orders, key):
    headers = {"idempotency-key": key.encode("latin-1")}
    response = await client.post(PATH, json={"amount": 5}, headers=headers)
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (422, "/Idempotency-Key")
    assert orders.placed == []


def test_the_header_and_its_errors_are_documented(orders):
    document = merge_openapi({"orders": orders.module}, title="t", version="1", session_cookie="s")
    operations = document["paths"][PATH]
    parameter = next(p for p in operations["post"]["parameters"] if p["name"] == "Idempotency-Key")
    assert (parameter["in"], parameter["required"]) == ("header", False)
    assert "idempotency-key-in-use" in operations["post"]["responses"]["409"]["x-problem-codes"]
    assert "idempotency-key-reused" in operations["post"]["responses"]["422"]["x-problem-codes"]
    assert "parameters" not in operations["get"]
