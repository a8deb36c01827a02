from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from lyceum.runtime.events.dead_letters import EventDesk


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
        assert (await desk.replay(event_type="lyceum.shop.book.lost.v1", dry_run=True)).matched == []
        assert len((await desk.replay(event_type="lyceum.shop.book.sold.v1", dry_run=True)).matched) == 2
        assert (await desk.replay(since=now + timedelta(hours=1), dry_run=True)).matched == []
        assert len((await desk.replay(since=now - timedelta(hours=1), dry_run=True)).matched) == 2


async def test_dead_letters_say_what_happened(desk):
    letters = await desk.dead_letters()
    assert {(letter.module, letter.producer, letter.cause, letter.attempts) for letter in letters} == {
        ("library", "lyceum.shop", "RuntimeError: no", 2)
    }
    assert await desk.dead_letters(limit=1) == letters[:1]


async def test_the_outbox_says_how_many_wait_and_for_how_long(shop, library):
    desk = EventDesk(module="shop", database=shop.database, tables=shop.tables, consumer=library.consumer())
    assert (await desk.outbox()).oldest_seconds is None
    await shop.sell(uuid4(), 1, 2)
    state = await desk.outbox()
    assert (state.module, state.pending, state.published) == ("shop", 2, 0)
    assert state.oldest_seconds is not None
    assert 0 <= state.oldest_seconds < 60
