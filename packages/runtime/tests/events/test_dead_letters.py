from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from lyceum.runtime.events.dead_letters import OUT_OF_TIME, EventDesk
from lyceum.runtime.events.letters import Choice


async def refuse(event):
    raise RuntimeError("no")


async def accept(event):
    pass


@pytest.fixture
async def desk(library, sold):
    """The desk of a module in which two events died."""
    library.before = refuse
    consumer = library.consumer(attempts=2)
    await consumer.receive([sold(uuid4(), 1), sold(uuid4(), 2)])
    return EventDesk(module="library", database=library.database, tables=library.tables, consumer=consumer)


class TestReplaying:
    async def test_a_dry_run_only_says_which_ones(self, desk, library):
        library.before = accept
        result = await desk.replay(dry_run=True)
        assert (len(result.matched), result.replayed, result.dead) == (2, [], [])
        assert await library.lent() == []
        assert len(await desk.dead_letters()) == 2

    async def test_what_is_mended_has_its_effect_and_is_no_longer_dead(self, desk, library):
        library.before = accept
        result = await desk.replay()
        assert (result.replayed, result.dead) == (result.matched, [])
        assert await library.lent() == [1, 2]
        assert await desk.dead_letters() == []

    async def test_doing_it_again_does_nothing(self, desk, library):
        library.before = accept
        await desk.replay()
        assert (await desk.replay()).matched == []
        assert await library.lent() == [1, 2]

    async def test_what_fails_again_stays_dead_and_counts_on(self, desk):
        result = await desk.replay()
        assert (result.replayed, sorted(result.dead)) == ([], sorted(result.matched))
        assert [letter.attempts for letter in await desk.dead_letters()] == [4, 4]

    async def test_one_that_fails_does_not_keep_the_other_from_its_effect(self, desk, library):
        async def refuse_the_first(event):
            if event.number == 1:
                raise RuntimeError("no")

        library.before = refuse_the_first
        result = await desk.replay()
        assert (len(result.replayed), len(result.dead)) == (1, 1)
        assert await library.lent() == [2]

    async def test_only_those_of_a_type_or_since_a_moment_are_taken(self, desk):
        now = datetime.now(UTC)
        assert (await desk.replay(Choice(event_type="lyceum.shop.book.lost.v1"), dry_run=True)).matched == []
        assert len((await desk.replay(Choice(event_type="lyceum.shop.book.sold.v1"), dry_run=True)).matched) == 2
        assert (await desk.replay(Choice(since=now + timedelta(hours=1)), dry_run=True)).matched == []
        assert len((await desk.replay(Choice(since=now - timedelta(hours=1)), dry_run=True)).matched) == 2

    async def test_only_those_that_are_named_are_taken(self, desk, library):
        library.before = accept
        [_, first] = await desk.dead_letters()
        assert (await desk.replay(Choice(ids=(first.event_id, uuid4())))).replayed == [first.event_id]
        assert await library.lent() == [1]

    async def test_what_there_is_no_time_for_stays_as_it_was(self, desk, library):
        library.before = accept
        asked = iter((False, True))
        result = await desk.replay(enough=lambda: next(asked))
        assert (len(result.replayed), result.dead, result.stopped) == (1, [], OUT_OF_TIME)
        assert await library.lent() == [1]
        assert (await desk.replay()).matched == result.matched[1:]

    async def test_it_stops_where_an_engine_is_away(self, desk, library):
        async def fail_at_the_second(event):
            if event.number == 2:
                raise ConnectionError("no route")

        library.before = fail_at_the_second
        result = await desk.replay()
        assert (len(result.replayed), result.dead) == (1, [])
        assert result.stopped == "ConnectionError: no route"
        assert [letter.attempts for letter in await desk.dead_letters()] == [2]

    async def test_it_stops_where_too_many_die_again(self, library, sold):
        library.before = refuse
        consumer = library.consumer(attempts=1, dead_letters_in_a_row=3)
        await consumer.receive([sold(uuid4(), 1), sold(uuid4(), 2)])
        desk = EventDesk(module="library", database=library.database, tables=library.tables, consumer=consumer)
        result = await desk.replay()
        assert (len(result.dead), result.replayed) == (1, [])
        assert result.stopped is not None
        assert "too many dead letters in a row" in result.stopped


async def test_dead_letters_say_what_happened(desk):
    letters = await desk.dead_letters()
    assert {(letter.module, letter.producer, letter.cause, letter.attempts) for letter in letters} == {
        ("library", "lyceum.shop", "RuntimeError: no", 2)
    }
    assert [letter.died_at for letter in letters] == sorted((letter.died_at for letter in letters), reverse=True)
    assert await desk.dead_letters(limit=1) == letters[:1]
    last = letters[0]
    assert await desk.dead_letters(before=(last.died_at, last.event_id)) == letters[1:]


async def test_a_dead_letter_has_the_event_as_it_came(desk, library):
    [_, first] = await desk.dead_letters()
    letter = await desk.dead_letter(first.event_id)
    assert letter.model_dump(exclude={"envelope", "resolved_at"}) == first.model_dump()
    assert (letter.envelope["data"]["number"], letter.resolved_at) == (1, None)
    library.before = accept
    await desk.replay()
    assert (await desk.dead_letter(first.event_id)).resolved_at is not None
    assert await desk.dead_letter(uuid4()) is None


async def test_the_outbox_is_listed_from_its_end(shop, library):
    desk = EventDesk(module="shop", database=shop.database, tables=shop.tables, consumer=library.consumer())
    await shop.sell(uuid4(), 1, 2, 3)
    everything = await desk.outbox_events()
    assert [event.position for event in everything] == sorted((event.position for event in everything), reverse=True)
    assert {(event.module, event.type, event.published_at) for event in everything} == {
        ("shop", "lyceum.shop.book.sold.v1", None)
    }
    assert await desk.outbox_events(before=everything[0].position, limit=1) == everything[1:2]
    assert await desk.outbox_events(event_type="lyceum.shop.book.lost.v1") == []
    assert await desk.outbox_events(until=everything[0].time, since=everything[0].time) == []
    assert await desk.outbox_events(waiting=True, since=everything[-1].time) == everything


async def test_the_backlog_counts_what_waits_and_what_died(shop, desk):
    assert (await desk.backlog()).model_dump() == {"waiting": 0, "oldest_seconds": None, "dead": 2}
    await shop.sell(uuid4(), 1, 2)
    shops = EventDesk(module="shop", database=shop.database, tables=shop.tables, consumer=desk._consumer)
    backlog = await shops.backlog()
    assert (backlog.waiting, backlog.dead) == (2, 0)
    assert backlog.oldest_seconds is not None


async def test_the_outbox_says_how_many_wait_and_for_how_long(shop, library):
    desk = EventDesk(module="shop", database=shop.database, tables=shop.tables, consumer=library.consumer())
    assert (await desk.outbox()).oldest_seconds is None
    await shop.sell(uuid4(), 1, 2)
    state = await desk.outbox()
    assert (state.module, state.pending, state.published) == ("shop", 2, 0)
    assert state.oldest_seconds is not None
    assert 0 <= state.oldest_seconds < 60
