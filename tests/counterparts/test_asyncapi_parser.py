"""The stored AsyncAPI document is one for AsyncAPI's own parser."""

import copy
import json
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
DOCUMENT = HERE.parents[1] / "apps/host/src/lyceum_host/asyncapi.json"


@pytest.fixture(scope="module")
def document():
    return json.loads(DOCUMENT.read_text())


@pytest.fixture
def parse(node):
    """What the parser finds in documents, and the channels that it sees in those it accepts."""

    def parse(*documents):
        lines = "".join(json.dumps(each) + "\n" for each in documents)
        command = [node, HERE / "asyncapi.mjs"]
        done = subprocess.run(command, input=lines, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    return parse


def without(document, *path):
    broken = copy.deepcopy(document)
    *parents, last = path
    part = broken
    for name in parents:
        part = part[name]
    del part[last]
    return broken


def test_the_parser_accepts_what_is_stored_and_refuses_what_is_broken(parse, document):
    stored, *broken = parse(
        document,
        without(document, "channels", "lyceum.course.events"),
        without(document, "components", "schemas", "progress.changed"),
        without(document, "operations", "live.subscribe", "action"),
    )
    assert stored["found"] == []
    assert set(stored["channels"]) == {channel["address"] for channel in document["channels"].values()}
    assert {"lyceum.course.events", "lyceum.progress.dlq", "/ws/v1"} <= set(stored["channels"])
    assert [bool(each["found"]) for each in broken] == [True, True, True]
