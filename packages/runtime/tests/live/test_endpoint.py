"""`/ws/v1` with a real server and a real client."""

import asyncio
from uuid import uuid4

import httpx
import orjson
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from lyceum.runtime.live import hub as hub_module
from lyceum.runtime.live import session as session_module
from lyceum.runtime.live import wire as wire_module
from lyceum.runtime.live.messages import SUBPROTOCOL, server_message
from lyceum.runtime.live.tickets import Credentials
from lyceum.runtime.rate_limits import LocalRateLimiter, Rate, RateLimitSettings, RequestLimits


@pytest.fixture
async def served(serve_live):
    async with serve_live() as served:
        yield served


@pytest.fixture
def room(served):
    """A room that Ada may watch."""
    ada, room_id = served.person(), uuid4()
    served.allowed.add((ada.user_id, room_id))
    return f"rooms/{room_id}"


async def say(client, op, **fields):
    await client.send(orjson.dumps({"op": op, **fields}).decode())


async def hear(client):
    message = orjson.loads(await asyncio.wait_for(client.recv(), 5))
    server_message.validate_python(message)
    return message


async def subscribe(client, topic, **fields):
    await say(client, "subscribe", topic=topic, **fields)
    return await hear(client)


async def closing(client):
    """How the server ends the connection."""
    try:
        while True:
            await asyncio.wait_for(client.recv(), 5)
    except ConnectionClosed as ended:
        return ended.rcvd.code, ended.rcvd.reason


async def test_who_watches_a_topic_hears_what_happens(served, room, counted):
    async with served.connect() as client:
        assert (await subscribe(client, room))["op"] == "subscribed"
        served.publisher.publish(room, counted(n=1))
        event = await hear(client)
        assert (event["op"], event["topic"], event["type"], event["data"]) == ("event", room, "counted", {"n": 1})


async def test_messages_missed_in_a_cut_come_first_and_once(served, room, counted):
    async with served.connect() as client:
        await subscribe(client, room)
        served.publisher.publish(room, counted(n=1))
        cursor = (await hear(client))["cursor"]
    for n in (2, 3):
        served.publisher.publish(room, counted(n=n))
    async with served.connect() as client:
        assert (await subscribe(client, room, cursor=cursor))["cursor"] == cursor
        served.publisher.publish(room, counted(n=4))
        assert [(await hear(client))["data"]["n"] for _ in range(3)] == [2, 3, 4]


async def test_a_cursor_of_which_nothing_is_known_means_to_reload(served, room, counted):
    async with served.connect() as client:
        reset = await subscribe(client, room, cursor="17-4")
        assert (reset["op"], reset["topic"]) == ("reset", room)
        served.publisher.publish(room, counted(n=1))
        assert (await hear(client))["data"] == {"n": 1}


async def test_a_personal_topic_is_about_oneself_alone(served, counted):
    ada, bob = served.person(), served.person("session-of-bob")
    topic = f"mine/{uuid4()}"
    async with served.connect() as hers, served.connect("session-of-bob") as his:
        await subscribe(hers, topic)
        await subscribe(his, topic)
        served.publisher.publish(topic, counted(n=1), to=ada.user_id)
        served.publisher.publish(topic, counted(n=2), to=bob.user_id)
        assert (await hear(hers))["data"] == {"n": 1}
        assert (await hear(his))["data"] == {"n": 2}


async def test_who_unsubscribes_hears_no_more(served, room, counted):
    async with served.connect() as client:
        await subscribe(client, room)
        await say(client, "unsubscribe", topic=room)
        assert await hear(client) == {"op": "unsubscribed", "topic": room}
        served.publisher.publish(room, counted(n=1))
        await say(client, "ping")
        assert await hear(client) == {"op": "pong"}


async def test_subscribing_twice_tells_each_message_once(served, room, counted):
    async with served.connect() as client:
        await subscribe(client, room)
        await subscribe(client, room)
        served.publisher.publish(room, counted(n=1))
        assert (await hear(client))["data"] == {"n": 1}
        await say(client, "ping")
        assert await hear(client) == {"op": "pong"}


async def test_the_subprotocol_is_agreed_on(served, room):
    async with served.connect(subprotocols=["other", SUBPROTOCOL]) as client:
        assert client.subprotocol == SUBPROTOCOL


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"path": "/ws/v2"}, 403),
        ({"subprotocols": ["lyceum.live.v9"]}, 403),
        ({"headers": {"Authorization": "Bearer nobody"}}, 401),
        ({"origin": "https://evil.example"}, 403),
    ],
    ids=["another version", "another subprotocol", "a token that does not hold", "a page of another site"],
)
async def test_a_connection_is_refused_from(served, room, options, status):
    with pytest.raises(InvalidStatus) as refused:
        async with served.connect(**options):
            pass
    assert refused.value.response.status_code == status


async def test_handshakes_have_a_limit_and_the_refusal_says_when_to_come_again(serve_live):
    limits = RequestLimits(RateLimitSettings(read=Rate(2, 60)), LocalRateLimiter(), [])
    async with serve_live(limits=limits) as served:
        served.person()
        for _ in range(2):
            async with served.connect():
                pass
        with pytest.raises(InvalidStatus) as refused:
            async with served.connect():
                pass
    answer = refused.value.response
    assert (answer.status_code, orjson.loads(answer.body)["code"]) == (429, "too-many-requests")
    assert 55 <= int(answer.headers["Retry-After"]) <= 60


@pytest.mark.parametrize(
    "topic",
    [f"rooms/{uuid4()}", f"secrets/{uuid4()}", "rooms/1", "rooms", f"rooms/{uuid4()}/../x", ""],
    ids=["of others", "unknown", "without an id", "half", "beyond", "empty"],
)
async def test_a_topic_is_refused_that_one_may_not_watch(served, room, topic):
    async with served.connect() as client:
        refused = await subscribe(client, topic)
        assert refused["op"] == "refused"
        assert refused["code"] == (
            "permission-denied" if topic.startswith("rooms/") and len(topic) == 42 else "not-found"
        )


@pytest.mark.parametrize(
    "message",
    [
        "no json",
        '{"op":"shout"}',
        '{"op":"subscribe"}',
        '{"op":"subscribe","topic":"rooms/x","cursor":"yesterday"}',
        '{"op":"subscribe","topic":"rooms/x","more":1}',
        orjson.dumps({"op": "subscribe", "topic": "x" * 201}).decode(),
        b'{"op":"ping"}',
    ],
    ids=["text", "unknown", "half", "bad cursor", "too much", "too long", "binary"],
)
async def test_what_is_no_message_ends_the_connection(served, room, message):
    async with served.connect() as client:
        await client.send(message)
        assert await closing(client) == (4400, "bad-message")


async def test_a_message_that_is_too_large_ends_the_connection(served, room):
    async with served.connect() as client:
        await client.send("x" * 20_000)
        assert (await closing(client))[0] == 1009


async def test_strangers_hear_nothing(served, room):
    async with served.connect(None) as client:
        await say(client, "subscribe", topic=room)
        assert await closing(client) == (4401, "not-authenticated")


async def test_strangers_who_say_nothing_do_not_stay(served, monkeypatch):
    monkeypatch.setattr(session_module, "_SIGN_IN_SECONDS", 0.0)
    async with served.connect(None) as client:
        assert await closing(client) == (4401, "not-authenticated")


async def test_a_ticket_stands_for_its_owner_once(served, room, counted):
    ticket = await served.tickets.issue(Credentials("session-of-ada", None))
    async with served.connect(None) as client:
        await say(client, "authenticate", ticket=ticket)
        assert await hear(client) == {"op": "authenticated"}
        assert (await subscribe(client, room))["op"] == "subscribed"
    async with served.connect(None) as client:
        await say(client, "authenticate", ticket=ticket)
        assert await closing(client) == (4401, "not-authenticated")


async def test_whoever_is_signed_in_gets_a_ticket(served, room):
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{served.port}") as browser:
        assert (await browser.post("/api/v1/live/tickets")).status_code == 401
        assert (await browser.get("/api/v1/live/tickets")).status_code == 405
        browser.headers["Cookie"] = "lyceum_session=session-of-ada"
        assert (await browser.post("/api/v1/live/tickets")).status_code == 403  # nobody sends it for another page
        answer = await browser.post("/api/v1/live/tickets", headers={"X-CSRF-Token": "csrf"})
    assert (answer.status_code, answer.headers["cache-control"]) == (201, "no-store")
    assert answer.json()["expires_in"] == 30
    async with served.connect(None) as client:
        await say(client, "authenticate", ticket=answer.json()["ticket"])
        assert await hear(client) == {"op": "authenticated"}


async def test_a_plain_request_finds_no_page_there(served):
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{served.port}") as browser:
        assert (await browser.get("/ws/v1")).status_code == 404


async def test_a_bearer_token_in_the_header_is_as_good(served, room):
    served.credentials.bearers["token"] = served.credentials.sessions["session-of-ada"]
    async with served.connect(None, headers={"Authorization": "Bearer token"}) as client:
        assert (await subscribe(client, room))["op"] == "subscribed"


async def test_a_session_that_ends_ends_its_connections(served, room, monkeypatch):
    assert session_module.CHECK_SECONDS < 30
    monkeypatch.setattr(session_module, "CHECK_SECONDS", 0.0)
    async with served.connect() as client:
        await subscribe(client, room)
        served.credentials.sessions.clear()
        assert await closing(client) == (4401, "not-authenticated")


async def test_who_cannot_be_asked_about_is_not_thrown_out_at_once(served, room, counted, monkeypatch):
    monkeypatch.setattr(session_module, "CHECK_SECONDS", 0.0)
    async with served.connect() as client:
        await subscribe(client, room)
        served.credentials.away = True
        await asyncio.sleep(1.2)
        served.publisher.publish(room, counted(n=1))
        assert (await hear(client))["data"] == {"n": 1}
        monkeypatch.setattr(session_module, "_GIVE_UP_SECONDS", 0.0)
        assert await closing(client) == (1013, "unavailable")


async def test_a_topic_that_is_no_longer_allowed_is_taken_away(served, room, monkeypatch):
    monkeypatch.setattr(session_module, "CHECK_SECONDS", 0.0)
    monkeypatch.setattr(session_module, "_TOPICS_EVERY", 1)
    async with served.connect() as client:
        await subscribe(client, room)
        served.allowed.clear()
        assert await hear(client) == {"op": "refused", "topic": room, "code": "permission-denied"}


async def test_subscriptions_are_limited(served, room, monkeypatch):
    monkeypatch.setattr(session_module, "MAX_SUBSCRIPTIONS", 1)
    async with served.connect() as client:
        await subscribe(client, room)
        assert (await subscribe(client, f"mine/{uuid4()}"))["code"] == "too-many-subscriptions"


async def test_connections_are_limited(served, room, monkeypatch):
    monkeypatch.setattr(hub_module, "MAX_CONNECTIONS_OF_USER", 1)
    async with served.connect():
        async with served.connect() as second:
            assert await closing(second) == (4429, "too-many-connections")
        monkeypatch.setattr(hub_module, "MAX_CONNECTIONS", 1)
        with pytest.raises(InvalidStatus):
            async with served.connect():
                pass


async def test_who_says_too_much_is_listened_to_slowly(served, room, monkeypatch):
    monkeypatch.setattr(session_module, "_MESSAGES", 2.0)
    async with served.connect() as client:
        began = asyncio.get_running_loop().time()
        for _ in range(6):
            await say(client, "ping")
        for _ in range(6):
            await hear(client)
        assert asyncio.get_running_loop().time() - began > 0.15


async def test_a_client_that_does_not_read_is_dropped_and_holds_up_nobody(served, room, counted, monkeypatch):
    monkeypatch.setattr(wire_module, "_CLOSE_SECONDS", 0.3)
    slow_before = wire_module.metrics.SLOW._value.get()
    async with served.connect() as reader, served.connect(max_queue=1) as sleeper:
        await subscribe(reader, room)
        await subscribe(sleeper, room)
        sleeper.transport.pause_reading()
        text = "x" * 7000

        class Long(counted):
            text: str

        for n in range(1200):  # some 8 MB: more than the buffers of a socket
            served.publisher.publish(room, Long(n=n, text=text))
            if n % 50 == 49:
                for _ in range(50):
                    await hear(reader)
        assert wire_module.metrics.SLOW._value.get() == slow_before + 1
        async with asyncio.timeout(5):
            while len(served.hub._clients) > 1:  # noqa: ASYNC110 - the hub has no event for that
                await asyncio.sleep(0.02)


async def test_nothing_is_left_when_everybody_went(served, room):
    async with served.connect() as client:
        await subscribe(client, room)
    async with asyncio.timeout(5):
        while served.hub._clients or served.hub._feeds or served.hub._of_user:  # noqa: ASYNC110 - no event for that
            await asyncio.sleep(0.01)
    assert served.hub._care is None
