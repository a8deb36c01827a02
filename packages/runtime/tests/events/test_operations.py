"""What operators do over HTTP with the events of two modules here, and one that runs in another process."""

from datetime import timedelta
from uuid import UUID, uuid4

import httpx
import pytest

from lyceum.kernel.principal import ANONYMOUS, Grant, Principal, ScopeKind
from lyceum.runtime.events.dead_letters import EventDesk
from lyceum.runtime.operations import EventOperations, operations_app
from lyceum.runtime.operations.permissions import READ_EVENTS, REPLAY_EVENTS
from lyceum.runtime.operations.views import ReplayRequest
from lyceum.testing.clock import FakeClock
from lyceum.testing.shop import SOLD
from lyceum.testing.statements import counted_statements

OPERATOR = UUID(int=7)
CLOCK = FakeClock()


def holder(*permissions):
    grant = Grant(scope=ScopeKind.PLATFORM, permissions=frozenset(permissions))
    now = CLOCK.now()
    recent = {"authenticated_at": now, "recent_until": now + timedelta(minutes=15)}
    return Principal(user_id=OPERATOR, session_id=uuid4(), grants=(grant,), **recent)


async def refuse(event):
    raise RuntimeError("no")


async def accept(event):
    pass


class Log:
    def __init__(self):
        self.entries = []

    async def record(self, *, actor, action, target, details):
        self.entries.append((actor, action, target, details))


@pytest.fixture
def log():
    return Log()


@pytest.fixture
async def desks(shop, library, sold):
    """In the library three events died; the shop's outbox has two; the garage is elsewhere."""
    library.before = refuse
    consumer = library.consumer(attempts=1)
    await consumer.receive([sold(uuid4(), number) for number in (1, 2, 3)])
    await shop.sell(uuid4(), 1, 2)
    return {
        module.database.module: EventDesk(
            module=module.database.module, database=module.database, tables=module.tables, consumer=consumer
        )
        for module in (shop, library)
    }


@pytest.fixture
def operations(desks, log):
    return EventOperations(modules=["shop", "library", "garage"], desks=desks, audit=log)


@pytest.fixture
def client(operations):
    """A function that asks as somebody."""
    app = operations_app(operations, CLOCK)

    async def ask(method, path, *, as_=None, **rest):
        async def with_principal(scope, receive, send):
            scope["principal"] = as_ or holder(READ_EVENTS, REPLAY_EVENTS)
            await app(scope, receive, send)

        transport = httpx.ASGITransport(with_principal)
        async with httpx.AsyncClient(transport=transport, base_url="http://lyceum.test/api/v1/events") as http:
            return await http.request(method, path, **rest)

    return ask


async def test_the_overview_counts_what_is_here_and_names_what_is_elsewhere(client):
    answer = (await client("GET", "/modules")).json()
    [garage, library, shop] = answer["modules"]
    assert garage == {"module": "garage", "here": False, "waiting": None, "oldest_seconds": None, "dead": None}
    assert library == {"module": "library", "here": True, "waiting": 0, "oldest_seconds": None, "dead": 3}
    assert (shop["module"], shop["here"], shop["waiting"], shop["dead"]) == ("shop", True, 2, 0)
    assert shop["oldest_seconds"] >= 0


async def test_dead_letters_come_page_by_page_the_latest_first(client):
    first = (await client("GET", "/dead-letters", params={"limit": 2})).json()
    assert first["elsewhere"] == ["garage"]
    rest = (await client("GET", "/dead-letters", params={"limit": 2, "cursor": first["next_cursor"]})).json()
    assert rest["next_cursor"] is None
    died = [letter["died_at"] for letter in (*first["items"], *rest["items"])]
    assert died == sorted(died, reverse=True)
    assert len(died) == 3


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"module": "library"}, 3),
        ({"module": "shop"}, 0),
        ({"module": "garage"}, 0),
        ({"type": SOLD}, 3),
        ({"type": "lyceum.shop.book.lost.v1"}, 0),
        ({"since": "2000-01-01T00:00:00Z"}, 3),
        ({"until": "2000-01-01T00:00:00Z"}, 0),
    ],
)
async def test_dead_letters_are_narrowed_to_a_module_a_type_or_a_time(client, filters, count):
    answer = (await client("GET", "/dead-letters", params=filters)).json()
    assert len(answer["items"]) == count
    assert answer["elsewhere"] == (["garage"] if filters.get("module", "garage") == "garage" else [])


async def test_a_dead_letter_shows_the_event_and_the_cause(client):
    letter = (await client("GET", "/dead-letters")).json()["items"][0]
    shown = (await client("GET", f"/dead-letters/library/{letter['event_id']}")).json()
    assert (shown["cause"], shown["attempts"], shown["envelope"]["type"]) == ("RuntimeError: no", 1, SOLD)


async def test_the_outbox_of_a_module_comes_page_by_page(client):
    first = (await client("GET", "/outbox", params={"module": "shop", "limit": 1})).json()
    rest = (await client("GET", "/outbox", params={"module": "shop", "cursor": first["next_cursor"]})).json()
    assert first["items"][0]["position"] > rest["items"][0]["position"]
    assert rest["next_cursor"] is None
    elsewhere = (await client("GET", "/outbox", params={"module": "garage"})).json()
    assert (elsewhere["items"], elsewhere["elsewhere"]) == ([], ["garage"])


async def test_a_replay_is_dry_unless_said_otherwise(client, library, log):
    library.before = accept
    report = (await client("POST", "/replays", json={"type": SOLD})).json()
    assert (report["dry_run"], report["matched"]) == (True, 3)
    assert log.entries == []
    assert await library.lent() == []


async def test_a_replay_says_what_it_did_and_is_in_the_audit_log(client, library, log):
    library.before = accept
    [letter, *_] = (await client("GET", "/dead-letters")).json()["items"]
    chosen = {"module": "library", "ids": [letter["event_id"]], "dry_run": False}
    report = (await client("POST", "/replays", json=chosen)).json()
    assert report["modules"] == [
        {"module": "library", "matched": 1, "handled": 1, "dead": 0, "left": 0, "stopped": None}
    ]
    assert [entry[:3] for entry in log.entries] == [
        (OPERATOR, "platform.replay.started", "module:library"),
        (OPERATOR, "platform.replay.finished", "module:library"),
    ]
    assert log.entries[0][3]["ids"] == [letter["event_id"]]
    assert log.entries[1][3] == {"handled": 1, "dead": 0, "left": 0}
    everything = (await client("POST", "/replays", json={"dry_run": False})).json()
    assert (everything["matched"], everything["elsewhere"]) == (2, ["garage"])
    assert sorted(await library.lent()) == [1, 2, 3]


async def test_a_replay_that_takes_too_long_says_what_it_left(desks, log, library):
    library.before = accept
    impatient = EventOperations(modules=desks, desks=desks, audit=log, patience=-1.0)
    [report, _] = (await impatient.replay(holder(REPLAY_EVENTS), ReplayRequest(dry_run=False))).modules
    assert (report.module, report.handled, report.left) == ("library", 0, 3)
    assert report.stopped is not None
    assert log.entries[-1][3] == {"handled": 0, "dead": 0, "left": 3}


READS = [("GET", "/modules"), ("GET", "/outbox?module=shop"), ("GET", "/dead-letters")]


@pytest.mark.parametrize(("method", "path"), [*READS, ("POST", "/replays")])
async def test_strangers_and_people_without_the_permission_are_refused(client, method, path, log):
    body = {} if method == "GET" else {"json": {"dry_run": False}}
    assert (await client(method, path, as_=ANONYMOUS, **body)).status_code == 401
    other = READ_EVENTS if method == "POST" else REPLAY_EVENTS
    refused = await client(method, path, as_=holder(other), **body)
    assert (refused.status_code, refused.json()["code"]) == (403, "permission-denied")
    assert log.entries == []


async def test_a_replay_wants_a_recent_proof_of_who_asks(client, log):
    long_ago = holder(REPLAY_EVENTS).model_copy(update={"recent_until": CLOCK.now()})
    refused = await client("POST", "/replays", as_=long_ago, json={"dry_run": False})
    assert (refused.status_code, refused.json()["code"]) == (401, "step-up-required")
    assert log.entries == []


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "/outbox?module=attic", None, 404, "platform.module-not-found"),
        ("GET", "/dead-letters?module=attic", None, 404, "platform.module-not-found"),
        ("GET", f"/dead-letters/library/{OPERATOR}", None, 404, "platform.dead-letter-not-found"),
        ("GET", f"/dead-letters/garage/{OPERATOR}", None, 404, "platform.dead-letter-not-found"),
        ("GET", "/dead-letters?cursor=rubbish", None, 422, "validation-failed"),
        ("GET", "/dead-letters?since=2026-01-01T00:00:00", None, 422, "validation-failed"),
        ("GET", "/dead-letters?since=0001-01-01T00:00:00%2B12:00", None, 422, "validation-failed"),
        ("POST", "/replays", {"module": "attic"}, 404, "platform.module-not-found"),
        ("POST", "/replays", {"ids": []}, 422, "validation-failed"),
        ("POST", "/replays", {"everything": True}, 422, "validation-failed"),
    ],
)
async def test_what_makes_no_sense_is_refused(client, method, path, body, status, code):
    answer = await client(method, path, **({} if body is None else {"json": body}))
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("path", "statements"),
    [("/modules", 2), ("/outbox?module=shop", 1), ("/dead-letters", 2), ("/dead-letters?module=library", 1)],
)
async def test_reading_takes_one_statement_for_each_module(client, shop, library, path, statements):
    with counted_statements(shop.database.engine, library.database.engine) as sent:
        assert (await client("GET", path)).status_code == 200
    assert len(sent) == statements
