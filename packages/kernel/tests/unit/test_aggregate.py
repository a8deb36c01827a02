from dataclasses import dataclass

import pytest

from lyceum.kernel.aggregate import Aggregate, DomainEvent
from lyceum.kernel.errors import PreconditionFailed


@dataclass(frozen=True, kw_only=True, slots=True)
class Renamed(DomainEvent):
    name: str


class Thing(Aggregate):
    version = 3


def test_only_the_current_version_or_any_is_expected():
    thing = Thing()
    thing.expect(3)
    thing.expect(None)
    for version in (2, 4, 0):
        with pytest.raises(PreconditionFailed) as caught:
            thing.expect(version)
        assert caught.value.extensions == {"expected": version, "actual": 3}


def test_events_are_collected_once_and_in_order():
    thing, other = Thing(), Thing()
    first, second = Renamed(name="a"), Renamed(name="b")
    thing.record(first)
    thing.record(second)
    assert other.collect_events() == []
    assert thing.collect_events() == [first, second]
    assert thing.collect_events() == []
