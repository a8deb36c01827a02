import asyncio
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lyceum.kernel.errors import Conflict, PermissionDenied
from lyceum.runtime.events.consumer import LineStopped, RetryPolicy
from lyceum.runtime.unit_of_work import open_unit_of_work

BOOK = UUID("11111111-1111-4111-8111-111111111111")


def fails_on(*numbers, error=RuntimeError, times=1000):
    """A handler's first part that raises for these numbers, so many times each."""
    left = dict.fromkeys(numbers, times)

    async def before(event):
        if left.get(event.number, 0) > 0:
            left[event.number] -= 1
            raise error(f"number {event.number} is bad")

    return before


class TestOnce:
    async def test_an_event_that_comes_again_has_no_second_effect(self, library, sold):
        consumer, event = library.consumer(), sold(BOOK, 1)
        for _ in range(3):
            await consumer.receive([event])
        assert await library.lent() == [1]

    async def test_an_event_that_comes_twice_in_one_batch_has_its_effect_once(self, library, sold):
        event = sold(BOOK, 1)
        await library.consumer().receive([event, sold(BOOK, 2), event])
        assert await library.lent() == [1, 2]

    async def test_two_consumers_in_two_processes_do_it_once(self, library, sold):
        events = [sold(BOOK, number) for number in range(5)]
        await asyncio.gather(*(library.consumer().receive(events) for _ in range(4)))
        assert await library.lent() == [0, 1, 2, 3, 4]

    async def test_events_of_other_types_are_passed_over(self, library, sold):
        await library.consumer().receive([sold(BOOK, 1, event_type="lyceum.shop.book.printed.v1")])
        assert (await library.lent(), await library.dead()) == ([], [])

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    async def test_whatever_comes_again_in_whatever_order_has_its_effect_once(self, library, sold, data):
        books = [uuid4(), uuid4()]
        events = [sold(books[number % 2], number) for number in range(data.draw(st.integers(1, 6)))]
        failing = data.draw(st.sets(st.integers(0, 5), max_size=3))
        library.before = fails_on(*failing, times=1)
        delivered = data.draw(st.lists(st.sampled_from(events), max_size=12)) + data.draw(st.permutations(events))
        consumer = library.consumer()
        while delivered:
            size = data.draw(st.integers(1, len(delivered)))
            await consumer.receive(delivered[:size])
            delivered = delivered[size:]
        assert sorted(await library.lent(*books)) == list(range(len(events)))

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    async def test_the_order_stays_when_a_relay_dies_and_another_starts_over(self, library, sold, data):
        book = uuid4()
        events = [sold(book, number) for number in range(data.draw(st.integers(1, 8)))]
        library.before = fails_on(*data.draw(st.sets(st.integers(0, 7), max_size=3)), times=1)
        consumer, acknowledged = library.consumer(), 0
        while acknowledged < len(events):
            batch = events[acknowledged : acknowledged + data.draw(st.integers(1, 4))]
            await consumer.receive(batch)
            relay_died_before_marking_them = data.draw(st.booleans())
            if not relay_died_before_marking_them:
                acknowledged += len(batch)
        assert await library.lent(book) == list(range(len(events)))


class TestFailing:
    async def test_what_fails_for_a_moment_is_tried_again_and_leaves_no_trace(self, library, sold):
        library.before = fails_on(2, times=2)
        await library.consumer(attempts=3).receive([sold(BOOK, number) for number in (1, 2, 3)])
        assert (await library.lent(), await library.dead()) == ([1, 2, 3], [])

    async def test_a_poisoned_event_holds_up_nothing_and_the_rest_keeps_its_order(self, library, sold):
        library.before = fails_on(2)
        other = uuid4()
        events = [sold(BOOK, 1), sold(BOOK, 2), sold(other, 3), sold(BOOK, 4)]
        await library.consumer(attempts=3).receive(events)
        assert await library.lent() == [1, 3, 4]
        [dead] = await library.dead()
        assert (dead.event_id, dead.producer, dead.subject) == (events[1].id, "lyceum.shop", str(BOOK))
        assert (dead.attempts, dead.cause) == (3, "RuntimeError: number 2 is bad")

    async def test_the_others_of_a_batch_share_transactions_around_a_poisoned_one(self, library, sold):
        units, opened = library.unit, []
        library.unit = lambda: opened.append(1) or units()
        library.before = fails_on(70)
        await library.consumer(attempts=3).receive([sold(BOOK, number) for number in range(100)])
        assert await library.lent() == [number for number in range(100) if number != 70]
        assert len(opened) == 1 + 1 + 3 + 1  # all, those before, the poisoned one's attempts, those behind

    async def test_what_is_left_when_it_is_enough_is_told_and_can_come_again(self, library, sold):
        consumer, events = library.consumer(attempts=1), [sold(BOOK, number) for number in range(10)]
        library.before = fails_on(4)
        looks = iter([False, False, True])
        left = await consumer.receive_until(lambda: next(looks), events, {})
        assert left == {event.id for event in events[4:]}
        assert await library.lent() == [0, 1, 2, 3]
        await consumer.receive(events)
        assert await library.lent() == [0, 1, 2, 3, 5, 6, 7, 8, 9]

    async def test_what_refuses_the_event_itself_is_not_tried_again(self, library, sold):
        library.before = fails_on(1, error=PermissionDenied)
        await library.consumer(attempts=3).receive([sold(BOOK, 1)])
        [dead] = await library.dead()
        assert dead.attempts == 1

    async def test_a_conflict_is_tried_again(self, library, sold):
        library.before = fails_on(1, error=Conflict, times=2)
        await library.consumer(attempts=3).receive([sold(BOOK, 1)])
        assert (await library.lent(), await library.dead()) == ([1], [])

    async def test_data_that_does_not_fit_dies_at_once_and_alone(self, library, sold):
        await library.consumer().receive([sold(BOOK, 1), sold(BOOK, "no number"), sold(BOOK, 3)])
        assert await library.lent() == [1, 3]
        [dead] = await library.dead()
        assert dead.attempts == 1
        assert dead.cause.startswith("The data does not fit")

    async def test_the_line_stops_before_everything_dies_and_starts_when_it_is_mended(self, library, sold):
        consumer = library.consumer(attempts=1, dead_letters_in_a_row=3)
        library.before = fails_on(*range(10))
        with pytest.raises(LineStopped, match="too many dead letters in a row; last cause: RuntimeError: number 3"):
            await consumer.receive([sold(BOOK, number) for number in range(10)])
        assert len(await library.dead()) == 3
        library.before = fails_on()
        await consumer.receive([sold(BOOK, 10)])
        assert await library.lent() == [10]

    def test_the_pauses_grow_up_to_the_last_attempt(self):
        policy = RetryPolicy(attempts=4, first_delay=0.1, factor=4)
        assert [policy.delay(attempt) for attempt in (1, 2, 3)] == pytest.approx([0.1, 0.4, 1.6])

    async def test_the_pauses_are_kept(self, library, sold):
        library.before = fails_on(1)
        began = asyncio.get_running_loop().time()
        await library.consumer(attempts=3, first_delay=0.1, factor=2.0).receive([sold(BOOK, 1)])
        assert asyncio.get_running_loop().time() - began >= 0.3


class TestPreparing:
    async def test_it_runs_outside_the_transaction_that_handles_with_its_result(self, library, sold):
        seen = []

        async def prepare(event):
            seen.append(("prepare", open_unit_of_work()))
            return event.number * 10

        async def before(event):
            seen.append(("handle", open_unit_of_work()))

        library.prepare, library.before = prepare, before
        await library.consumer().receive([sold(BOOK, 1), sold(BOOK, 2)])
        assert seen == [("prepare", None), ("prepare", None), ("handle", "library"), ("handle", "library")]
        assert library.prepared == [10, 20]

    async def test_what_fails_there_is_tried_again_too(self, library, sold):
        tries = []

        async def prepare(event):
            tries.append(event.number)
            if len(tries) < 3:
                raise RuntimeError("not yet")

        library.prepare = prepare
        await library.consumer(attempts=3).receive([sold(BOOK, 1)])
        assert (await library.lent(), await library.dead()) == ([1], [])
