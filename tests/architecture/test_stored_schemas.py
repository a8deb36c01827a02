"""What is published is what is stored, and changes only so that every consumer can follow."""

import json
import re
import subprocess
from typing import ClassVar
from uuid import UUID

import pytest
from pydantic import create_model
from rules.source import module_names

from lyceum.kernel.events import PublishedEvent
from lyceum.kernel.live import LiveMessage
from lyceum.runtime.composition import installed_modules
from tooling.contracts.checking import changed_since, draft_examples, problems, update
from tooling.contracts.published import Published, contracts, live_messages, published_events, said_live

WIRE_TYPE = re.compile(r"lyceum\.(?P<module>[a-z_]+)\.[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*\.v[1-9][0-9]*")


class Planted(PublishedEvent):
    type: ClassVar[str] = "lyceum.course.course.planted.v1"
    course_id: UUID
    reason: str

    @property
    def aggregate_id(self):
        return self.course_id


def following(**fields):
    """The event as the next version of the code has it."""
    return create_model("Planted", __base__=Planted, **fields)


@pytest.fixture
def published(tmp_path):
    """Publishes an event from a repository of its own."""

    def publish(event):
        return [Published("course", event, tmp_path / "packages/course/contracts")]

    return publish


def test_everything_published_is_stored_with_an_example():
    assert list(problems(contracts())) == []


def test_every_wire_type_names_its_module_aggregate_fact_and_version():
    types = [(published.module, published.name) for published in published_events()]
    assert [name for module, name in types if not well_named(module, name)] == []
    assert len({name for _, name in types}) == len(types)


def test_every_live_message_is_of_a_topic_of_its_module_and_no_other_has_its_type():
    of_topics = [
        (spec.name, each.type) for spec in installed_modules() for topic in spec.topics for each in topic.messages
    ]
    assert sorted(of_topics) == sorted((published.module, published.name) for published in live_messages())
    assert len({name for _, name in of_topics}) == len(of_topics) > 0


def well_named(module, name):
    match = WIRE_TYPE.fullmatch(name)
    return match is not None and match["module"] == module


@pytest.mark.parametrize(
    "name",
    [
        "course.course.published.v1",
        "lyceum.auth.course.published.v1",
        "lyceum.course.course.published",
        "lyceum.course.course.published.v0",
        "lyceum.course.Course.published.v1",
        "lyceum.course.published.v1",
    ],
)
def test_a_wire_type_that_says_too_little_is_found(name):
    assert not well_named("course", name)


def test_every_publishing_module_exists():
    assert {published.module for published in published_events()} <= set(module_names())


def test_an_event_that_is_not_stored_is_found(published, tmp_path):
    found = list(problems(published(Planted), tmp_path))
    assert any("has no stored schema" in line for line in found)
    assert any("has no example" in line for line in found)


def test_writing_stores_the_schema_and_drafts_an_example(published, tmp_path):
    events = published(Planted)
    assert list(update(events)) == [Planted.type]
    assert list(draft_examples(events)) == [Planted.type]
    assert list(problems(events, tmp_path)) == []


@pytest.fixture
def stored(published):
    events = published(Planted)
    list(update(events))
    list(draft_examples(events))
    return events[0]


def test_an_optional_field_more_is_written(stored, published, tmp_path):
    events = published(following(note=(str | None, None)))
    (found,) = (line for line in problems(events, tmp_path) if "not what is stored" in line)
    assert "write it with --write" in found
    assert list(update(events)) == [Planted.type]
    assert "note" in json.loads(stored.stored.read_text())["properties"]


@pytest.mark.parametrize(
    ("fields", "who"),
    [
        ({"note": (str, ...)}, "a new reader of what was sent before"),
        ({"reason": (str | None, None)}, "an old reader of what is sent now"),
        ({"reason": (int, ...)}, "an old reader of what is sent now"),
    ],
    ids=["one needed field more", "a field that may be missing", "a field of another type"],
)
def test_a_breaking_change_is_refused_and_not_written(stored, published, tmp_path, fields, who):
    before = stored.stored.read_text()
    events = published(following(**fields))
    assert list(update(events)) == []
    assert stored.stored.read_text() == before
    (found,) = (line for line in problems(events, tmp_path) if "not what is stored" in line)
    assert "stand a new version beside it" in found
    assert who in found


def test_a_change_that_nobody_can_classify_is_refused(stored, published, tmp_path):
    schema = json.loads(stored.stored.read_text())
    schema["properties"]["reason"]["x-meaning"] = "changed"
    stored.stored.write_text(json.dumps(schema))
    (found,) = problems([stored], tmp_path)
    assert "unclassified at /reason" in found


def test_a_stored_event_that_nobody_publishes_is_found(stored, tmp_path):
    assert any("nothing publishes it" in line for line in problems([], tmp_path))


@pytest.mark.parametrize(
    "change",
    [{"reason": 3}, {"extra": "x"}, {"course_id": "0193F0A0-0000-7000-8000-000000000001"}],
    ids=["of another type", "with an unknown field", "written unlike what is sent"],
)
def test_an_example_that_is_not_what_is_sent_is_found(stored, tmp_path, change):
    example = json.loads(stored.example.read_text())
    stored.example.write_text(json.dumps({**example, **change}))
    assert len(list(problems([stored], tmp_path))) == 1


def test_a_stored_schema_that_was_edited_by_hand_is_found(stored, published, tmp_path):
    def git(*arguments):
        identity = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True)

    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message", "before")
    assert list(changed_since("HEAD", tmp_path)) == []
    stored.stored.unlink()
    list(update(published(following(reason=(int, ...)))))
    assert len(list(changed_since("HEAD", tmp_path))) == 1


class Told(LiveMessage):
    type: ClassVar[str] = "room.told"
    text: str


def test_a_live_message_is_stored_and_changes_as_events_do(published, tmp_path):
    messages = published(Told)
    assert list(update(messages)) == list(draft_examples(messages)) == [Told.type]
    assert list(problems(messages, tmp_path)) == []
    assert (tmp_path / "packages/course/contracts/live/room.told.json").exists()
    changed = published(create_model("Told", __base__=Told, text=(int, ...)))
    assert list(update(changed)) == []
    assert any("an old reader of what is sent now" in line for line in problems(changed, tmp_path))


@pytest.fixture
def side(tmp_path):
    """One of the two sides of `/ws/v1`, stored in a repository of its own and then changed in one of its messages."""

    def side(name, change):
        [said] = (each for each in said_live(tmp_path) if each.name == name)
        list(update([said]))
        schema = json.loads(said.stored.read_text())
        change(schema["$defs"])
        said.stored.write_text(json.dumps(schema))
        return said

    return side


@pytest.mark.parametrize(
    ("name", "change", "allowed"),
    [
        ("client-message", lambda messages: messages["Ping"]["required"].append("at"), True),
        ("client-message", lambda messages: messages["Ping"]["properties"].update(op={"const": "beat"}), False),
        ("server-message", lambda messages: messages["Pong"].update(required=[]), True),
        ("server-message", lambda messages: messages["Pong"]["required"].append("at"), False),
    ],
    ids=["more was needed before", "something else was said before", "less was needed before", "more is waited for"],
)
def test_each_side_may_change_as_the_other_can_follow(side, name, change, allowed):
    said = side(name, change)
    assert bool(list(update([said]))) == allowed
    assert bool(list(problems([said], said.folder.parents[2]))) != allowed
