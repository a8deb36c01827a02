"""The AsyncAPI document says what is really sent."""

import json
from datetime import UTC, datetime
from uuid import UUID

import jsonschema_rs
import orjson
import pytest

from lyceum.kernel.events import EventEnvelope
from lyceum.runtime.composition import installed_modules
from lyceum.runtime.kafka.dead_letters import DeadLetterTopic
from lyceum.runtime.kafka.records import to_record
from lyceum.runtime.live.log import Entry
from lyceum.runtime.live.messages import entry_frame, frame
from tooling.contracts.asyncapi import document, rendered, staleness, stored_document
from tooling.contracts.published import live_messages, published_events
from tooling.events.catalogue import entries

SUBJECT = UUID("0193f0a0-0000-7000-8000-000000000001")


@pytest.fixture(scope="module")
def described():
    return json.loads(rendered())


def fits(described, schema, value):
    """Whether a value is as a schema within the document says."""
    whole = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "allOf": [schema],
        "components": described["components"],
    }
    return jsonschema_rs.validator_for(whole).is_valid(value)


def envelope(published):
    return EventEnvelope(
        id=SUBJECT,
        source=f"lyceum.{published.module}",
        type=published.name,
        subject=str(SUBJECT),
        time=datetime(2030, 1, 15, tzinfo=UTC),
        traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        data=json.loads(published.example.read_text()),
    )


def headers_fit(described, message, record):
    headers = {name: value.decode() for name, value in record.headers}
    schemas = [message["headers"]] + [
        described["components"]["messageTraits"][trait["$ref"].rpartition("/")[2]]["headers"]
        for trait in message["traits"]
    ]
    known = {name for schema in schemas for name in schema["properties"]}
    return headers.keys() <= known and all(fits(described, schema, headers) for schema in schemas)


def test_the_stored_document_is_current():
    assert list(staleness()) == []


def test_a_document_that_is_not_current_is_found(tmp_path):
    path = stored_document(tmp_path)
    path.parent.mkdir(parents=True)
    path.write_text("{}\n")
    assert list(staleness(tmp_path)) == [
        "apps/host/src/lyceum_host/asyncapi.json is not current: write it with --write"
    ]


@pytest.mark.parametrize("published", published_events(), ids=lambda published: published.name)
def test_an_event_on_its_topic_is_as_described(described, published):
    channel = described["channels"][f"lyceum.{published.module}.events"]
    assert published.name in channel["messages"]
    message, record = described["components"]["messages"][published.name], to_record(envelope(published))
    assert headers_fit(described, message, record)
    assert fits(described, message["payload"], orjson.loads(record.value))
    assert not fits(described, message["payload"], {})


class Sent:
    """Takes the place of the producer."""

    async def send(self, topic, records):
        self.topic, [self.record] = topic, records


async def test_a_dead_letter_is_as_described(described):
    [published] = (each for each in published_events() if each.name == "lyceum.course.course.published.v1")
    sent = Sent()
    graveyard = DeadLetterTopic(module="progress", producer=sent)
    await graveyard.bury(envelope(published), cause="It does not fit", attempts=1, position="lyceum.course.events/0@1")
    reference = described["channels"][sent.topic]["messages"][published.name]["$ref"]
    message = described["components"]["messages"][reference.rpartition("/")[2]]
    assert headers_fit(described, message, sent.record)
    assert not headers_fit(described, message, to_record(envelope(published)))


def test_everybody_who_consumes_has_a_group_and_a_topic_for_dead_letters(described):
    consumers = {(consumer, each.producer) for each in entries(installed_modules()) for consumer in each.consumers}
    groups = {
        tuple(name.split(".")[1:]): operation["bindings"]["kafka"]["groupId"]["enum"]
        for name, operation in described["operations"].items()
        if name.startswith("consume.")
    }
    assert groups == {(consumer, producer): [f"lyceum.{consumer}"] for consumer, producer in consumers}
    assert {f"lyceum.{consumer}.dlq" for consumer, _ in consumers} <= described["channels"].keys()


@pytest.mark.parametrize("published", live_messages(), ids=lambda published: published.name)
def test_an_event_at_the_websocket_is_as_described(described, published):
    [root] = {
        topic.root for spec in installed_modules() for topic in spec.topics if published.message in topic.messages
    }
    body = b'"type":"%s","data":%s}' % (published.name.encode(), published.example.read_bytes())
    schema = described["components"]["messages"][f"live.{published.name}"]["payload"]
    assert fits(described, schema, said(entry_frame(f"{root}/{SUBJECT}", Entry("17-1", "17-0", body))))
    assert not fits(described, schema, said(entry_frame("elsewhere/1", Entry("17-1", "17-0", body))))


def said(frame):
    """The message in an unmasked text frame."""
    return orjson.loads(frame[2 if frame[1] < 126 else 4 :])


def test_what_else_is_said_at_the_websocket_is_as_described(described):
    messages = described["components"]["messages"]
    assert fits(described, messages["live.subscribed"]["payload"], said(frame("subscribed", topic="a/b", cursor="1-1")))
    assert not fits(described, messages["live.subscribed"]["payload"], said(frame("pong")))
    spoken = {each["$ref"].rpartition("/")[2] for each in described["channels"]["live"]["messages"].values()}
    assert spoken == {name for name in messages if name.startswith("live.")}


def test_the_document_is_the_same_each_time():
    assert document() == document()
