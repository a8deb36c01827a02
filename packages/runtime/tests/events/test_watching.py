"""What operators see of events: traces that follow them, lag also while nobody consumes, and what waits."""

import asyncio
import io
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from uuid import UUID, uuid4

import httpx
import pytest
import structlog
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client import REGISTRY, CollectorRegistry
from structlog.testing import capture_logs

from lyceum.runtime.database import Database
from lyceum.runtime.events import consumer
from lyceum.runtime.events.relay import Relay
from lyceum.runtime.http import Edge
from lyceum.runtime.kafka.bus import KafkaBus, Producer
from lyceum.runtime.kafka.intake import KafkaIntake
from lyceum.runtime.kafka.lag import KafkaLag
from lyceum.runtime.kafka.settings import KafkaSettings
from lyceum.runtime.kafka.topics import Topics
from lyceum.runtime.monitoring import ModuleState, PlatformState
from lyceum.runtime.telemetry import AccessLog, HttpMetrics, current_trace, traced
from lyceum.runtime.telemetry.errors import reporting_to
from lyceum.runtime.telemetry.service import Service
from lyceum.runtime.telemetry.spans import recording_to
from lyceum.runtime.telemetry.sql_spans import sql_spans
from lyceum.runtime.telemetry.tracing import OpenTelemetryRecorder
from lyceum.testing.shop import SOLD

TRACE, CALLER = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
RECORDED = f"00-{TRACE}-{CALLER}-01"


@pytest.fixture
async def bus(settings) -> AsyncIterator[KafkaBus]:
    producer = Producer(settings, Topics(settings))
    yield KafkaBus(producer)
    await producer.close()


@asynccontextmanager
async def running(work):
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(true, seconds=30.0):
    async with asyncio.timeout(seconds):
        while not await true():  # noqa: ASYNC110  effects in another task
            await asyncio.sleep(0.05)


@pytest.fixture
def exporter():
    return InMemorySpanExporter()


@pytest.fixture
def spans(exporter):
    """The spans recorded so far, by name, as soon as all that is under way is handed over."""
    recorder = OpenTelemetryRecorder(Service("lyceum-tests"), exporter)

    def found():
        recorder.flush()
        return {span.name: span for span in exporter.get_finished_spans()}

    with recording_to(recorder):
        yield found


class Nobody:
    async def authenticate(self, *, session, bearer):
        return None


def selling(shop):
    """A client of a shop behind the edge: every request sells a book."""

    async def app(scope, receive, send):
        scope["route_template"] = "/api/v1/books/{book_id}/sales"
        await shop.sell(UUID(scope["path"].split("/")[4]), 1)
        await send({"type": "http.response.start", "status": 201, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    edge = Edge(
        app,
        authentication=Nobody(),
        metrics=HttpMetrics(CollectorRegistry()),
        access_log=AccessLog(io.BytesIO()),
    )
    return httpx.AsyncClient(transport=httpx.ASGITransport(edge), base_url="http://lyceum.test")


async def lent(library, book, numbers):
    return await library.lent(book) == numbers


class TestTraces:
    async def test_a_request_is_followed_through_outbox_and_broker_to_its_consumer(
        self, settings, bus, shop, library, spans
    ):
        book, seen = uuid4(), []

        async def look(event):
            if event.book_id == book:  # the broker may bring what other tests have left
                seen.append(current_trace())

        library.before = look
        relay = Relay(module="shop", database=shop.database, tables=shop.tables, bus=bus)
        intake = KafkaIntake(consumer=library.consumer(), settings=settings, topics=Topics(settings))
        async with selling(shop) as client:
            await client.post(f"/api/v1/books/{book}/sales", headers={"traceparent": RECORDED})
        await relay.drain()
        async with running(intake.run()):
            await until(lambda: lent(library, book, [1]))
            await until(lambda: _asynchronously(f"process {SOLD}" in spans()))
        request, handled = spans()["POST /api/v1/books/{book_id}/sales"], spans()[f"process {SOLD}"]
        assert f"{request.context.trace_id:032x}" == f"{handled.context.trace_id:032x}" == TRACE
        assert f"{request.parent.span_id:016x}" == CALLER
        assert handled.parent.span_id == request.context.span_id
        assert request.end_time <= handled.start_time
        assert handled.attributes["messaging.consumer.group.name"] == "lyceum.library"
        (trace,) = seen
        assert (trace.trace_id, trace.work["module"], trace.work["event_type"]) == (TRACE, "library", SOLD)

    async def test_a_request_that_is_not_recorded_leaves_no_span_but_is_followed_in_the_logs(
        self, shop, library, spans, make_bus
    ):
        book, seen, bus = uuid4(), [], make_bus()

        async def look(event):
            seen.append(current_trace().trace_id)

        library.before = look
        async with selling(shop) as client:
            await client.post(f"/api/v1/books/{book}/sales", headers={"traceparent": f"00-{TRACE}-{CALLER}-00"})
        await Relay(module="shop", database=shop.database, tables=shop.tables, bus=bus).drain()
        await library.consumer().receive(bus.taken)
        assert seen == [TRACE]
        assert spans() == {}

    async def test_events_of_several_requests_that_share_a_transaction_are_linked(self, library, sold, spans):
        parents = [f"00-{character * 32}-{CALLER}-01" for character in "abc"]
        events = [sold(uuid4(), 1).model_copy(update={"traceparent": parent}) for parent in parents]
        await library.consumer().receive(events)
        batch = spans()["process events of library"]
        assert {f"{link.context.trace_id:032x}" for link in batch.links} == {parent[3:35] for parent in parents}

    async def test_what_is_prepared_belongs_to_the_trace_as_well(self, library, sold, spans):
        async def prepare(event):
            return current_trace().trace_id

        library.prepare = prepare
        await library.consumer().receive([sold(uuid4(), 1).model_copy(update={"traceparent": RECORDED})])
        assert library.prepared == [TRACE]
        assert f"prepare {SOLD}" in spans()

    async def test_statements_are_spans_of_the_request_without_their_parameters(self, library, sold, spans):
        event = sold(uuid4(), 1)
        with sql_spans(), traced(RECORDED) as trace:
            async with library.unit() as unit:
                await unit.take([event])
        insert = spans()["INSERT"]
        assert (f"{insert.context.trace_id:032x}", f"{insert.parent.span_id:016x}") == (TRACE, trace.span_id)
        assert "inbox" in insert.attributes["db.query.text"]
        assert str(event.id) not in str(dict(insert.attributes))

    async def test_statements_are_no_spans_unless_asked_for(self, shop, spans):
        with traced(RECORDED):
            await shop.sell(uuid4(), 1)
        assert spans() == {}


async def _asynchronously(value):
    return value


class TestDeaths:
    @pytest.mark.parametrize("how", ["refused by the handler", "no book"])
    async def test_an_event_that_dies_is_reported_and_logged_with_its_id(self, library, sold, how, monkeypatch):
        # One that was used before, in whatever test, keeps the configuration of that moment.
        monkeypatch.setattr(consumer, "log", structlog.get_logger())
        reports = []

        class Reporter:
            def report(self, error, facts):
                reports.append((error, facts))

            def close(self):
                pass

        async def fails(event):
            raise RuntimeError(how)

        library.before = fails
        event = sold(uuid4(), "none" if how == "no book" else 1).model_copy(update={"traceparent": RECORDED})
        with reporting_to(Reporter()), capture_logs() as lines:
            await library.consumer().receive([event])
        ((error, facts),) = reports
        assert facts["kind"] == "event"
        assert (facts["module"], facts["event_id"], facts["event_type"]) == ("library", str(event.id), SOLD)
        assert facts["trace_id"] == TRACE
        (line,) = [line for line in lines if line["event"] == "event died"]
        assert line["exc_info"] is error


def lags():
    """The lag of the library, of all partitions together; None where nothing is known."""
    family = next(family for family in REGISTRY.collect() if family.name == "lyceum_consumer_lag")
    values = [sample.value for sample in family.samples if sample.labels["module"] == "library"]
    return sum(values) if values else None


class TestLag:
    async def test_lag_is_known_while_nobody_consumes_and_ends_when_somebody_does(
        self, settings, bus, library, sold, monkeypatch
    ):
        monkeypatch.setattr("lyceum.runtime.kafka.lag.LAG_EVERY_SECONDS", 0.2)
        book = uuid4()
        await bus.publish([sold(book, number) for number in range(7)])
        consumer = library.consumer()
        async with running(KafkaLag({"library": consumer.types}, settings).run()):
            await until(lambda: _asynchronously(lags() == 7))
            assert REGISTRY.get_sample_value("lyceum_kafka_up") == 1
            intake = KafkaIntake(consumer=consumer, settings=settings, topics=Topics(settings))
            async with running(intake.run()):
                await until(lambda: _asynchronously(lags() == 0))
            await bus.publish([sold(book, 7)])
            await until(lambda: _asynchronously(lags() == 1))

    async def test_a_broker_that_is_away_takes_the_last_numbers_with_it(self, library):
        nobody = KafkaSettings(servers="127.0.0.1:9")
        async with running(KafkaLag({"library": library.consumer().types}, nobody).run()):
            await until(lambda: _asynchronously(REGISTRY.get_sample_value("lyceum_kafka_up") == 0))
        assert lags() is None


def value(name, **labels):
    return REGISTRY.get_sample_value(name, labels)


class TestState:
    async def test_what_waits_and_what_died_is_counted(self, shop, library, sold):
        await shop.sell(uuid4(), 1, 2, 3)
        await library.consumer().receive([sold(uuid4(), "none")])
        modules = [ModuleState(each.database, list) for each in (shop, library)]
        await PlatformState(modules).refresh()
        assert value("lyceum_outbox_pending", module="shop") == 3
        assert 0 <= value("lyceum_outbox_oldest_seconds", module="shop") < 60
        assert value("lyceum_outbox_oldest_seconds", module="library") == 0
        assert value("lyceum_dead_letters_unresolved", module="library") == 1
        assert value("lyceum_dead_letters_unresolved", module="shop") == 0
        assert value("lyceum_database_pool_size", module="shop") == 3

    async def test_connections_in_use_are_counted_without_our_own(self, shop):
        state = PlatformState([ModuleState(shop.database, list)])
        async with shop.database.reading(), shop.database.reading():
            await state.refresh()
        assert value("lyceum_database_pool_in_use", module="shop") == 2

    async def test_however_many_ask_the_database_is_asked_once(self, shop):
        state = PlatformState([ModuleState(shop.database, list)])
        await state.refresh()
        await shop.sell(uuid4(), 1)
        await state.refresh()
        assert value("lyceum_outbox_pending", module="shop") == 0

    async def test_a_database_that_is_away_leaves_no_number_that_looks_right(self):
        away = Database("postgresql://nobody@127.0.0.1:9/nothing", "shop", roles=False, pool_size=1)
        before = value("lyceum_state_reads_failed_total", module="shop") or 0
        await PlatformState([ModuleState(away, list)]).refresh()
        assert math.isnan(value("lyceum_outbox_pending", module="shop"))
        assert math.isnan(value("lyceum_dead_letters_unresolved", module="shop"))
        assert value("lyceum_state_reads_failed_total", module="shop") == before + 1
        await away.close()

    async def test_events_are_counted_by_type_as_they_leave(self, shop, make_bus):
        labels = {"module": "shop", "type": SOLD}
        before = value("lyceum_events_relayed_total", **labels) or 0
        with traced():
            await shop.sell(uuid4(), 1, 2)
        relay = Relay(module="shop", database=shop.database, tables=shop.tables, bus=make_bus(broken=1))
        with pytest.raises(RuntimeError):
            await relay.drain()
        assert (value("lyceum_events_relayed_total", **labels) or 0) == before
        await relay.drain()
        assert value("lyceum_events_relayed_total", **labels) == before + 2
