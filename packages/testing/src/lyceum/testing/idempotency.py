"""What every idempotency store must do, and a store in memory that does it."""

import asyncio
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from lyceum.kernel.clock import Clock
from lyceum.runtime.http.idempotency import (
    Claim,
    IdempotencyKeyInUse,
    IdempotencyKeyReused,
    IdempotencyStore,
    IdempotentRequest,
    StoredResponse,
)
from lyceum.testing.clock import FakeClock

LEASE = timedelta(minutes=2)
RETENTION = timedelta(hours=24)


class MemoryIdempotencyStore:
    """A store for tests of routes."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or FakeClock()
        self._entries: dict[tuple[str, str, str], tuple[Claim, datetime, StoredResponse | None]] = {}

    async def begin(self, request: IdempotentRequest) -> Claim | StoredResponse:
        place = (request.owner, request.route, request.key)
        now = self._clock.now()
        entry = self._entries.get(place)
        if entry is not None and now < entry[1]:
            claim, _, response = entry
            if claim.request.request_hash != request.request_hash:
                raise IdempotencyKeyReused()
            if response is None:
                raise IdempotencyKeyInUse()
            return response
        claim = Claim(request, uuid4())
        self._entries[place] = (claim, now + LEASE, None)
        return claim

    async def finish(self, claim: Claim, response: StoredResponse) -> None:
        place = self._place(claim)
        if place is not None:
            self._entries[place] = (claim, self._clock.now() + RETENTION, response)

    async def abandon(self, claim: Claim) -> None:
        place = self._place(claim)
        if place is not None:
            del self._entries[place]

    def _place(self, claim: Claim) -> tuple[str, str, str] | None:
        place = (claim.request.owner, claim.request.route, claim.request.key)
        entry = self._entries.get(place)
        return place if entry is not None and entry[0].token == claim.token else None


class IdempotencyStoreConformance:
    """Derive from this, and give the fixture `store`: a fresh store that reads the time from the fixture `clock`.

    `lease` and `retention` are the store's.
    """

    lease = LEASE
    retention = RETENTION
    answer = StoredResponse(201, (("location", "/api/v1/orders/7"), ("content-type", "application/json")), b'{"id":7}')

    @pytest.fixture
    def clock(self) -> FakeClock:
        return FakeClock()

    @pytest.fixture
    def request_(self) -> IdempotentRequest:
        return IdempotentRequest(
            key=f"key-{uuid4()}", owner=str(uuid4()), route="/api/v1/orders", request_hash=b"a" * 32
        )

    async def test_a_new_key_gives_a_claim(self, store: IdempotencyStore, request_: IdempotentRequest) -> None:
        assert isinstance(await store.begin(request_), Claim)

    async def test_a_finished_request_gives_its_answer_again_and_again(
        self, store: IdempotencyStore, request_: IdempotentRequest
    ) -> None:
        await store.finish(await claimed(store, request_), self.answer)
        assert [await store.begin(request_), await store.begin(request_)] == [self.answer, self.answer]

    async def test_a_body_of_any_bytes_comes_back_unchanged(
        self, store: IdempotencyStore, request_: IdempotentRequest
    ) -> None:
        answer = StoredResponse(200, (), bytes(range(256)))
        await store.finish(await claimed(store, request_), answer)
        assert await store.begin(request_) == answer

    async def test_another_request_under_a_key_is_refused_while_the_first_runs(
        self, store: IdempotencyStore, request_: IdempotentRequest
    ) -> None:
        await claimed(store, request_)
        with pytest.raises(IdempotencyKeyReused):
            await store.begin(other_body(request_))

    async def test_another_request_under_a_key_is_refused_after_the_first_finished(
        self, store: IdempotencyStore, request_: IdempotentRequest
    ) -> None:
        await store.finish(await claimed(store, request_), self.answer)
        with pytest.raises(IdempotencyKeyReused):
            await store.begin(other_body(request_))

    async def test_the_same_request_is_refused_while_the_first_runs(
        self, store: IdempotencyStore, request_: IdempotentRequest
    ) -> None:
        await claimed(store, request_)
        with pytest.raises(IdempotencyKeyInUse):
            await store.begin(request_)

    async def test_of_many_at_once_one_gets_the_claim(
        self, store: IdempotencyStore, request_: IdempotentRequest
    ) -> None:
        found = await asyncio.gather(*(store.begin(request_) for _ in range(8)), return_exceptions=True)
        claims = [one for one in found if isinstance(one, Claim)]
        refusals = [one for one in found if isinstance(one, IdempotencyKeyInUse)]
        assert (len(claims), len(refusals)) == (1, 7)

    async def test_an_abandoned_request_can_be_sent_again(
        self, store: IdempotencyStore, request_: IdempotentRequest
    ) -> None:
        await store.abandon(await claimed(store, request_))
        assert isinstance(await store.begin(request_), Claim)

    async def test_a_key_belongs_to_its_owner(self, store: IdempotencyStore, request_: IdempotentRequest) -> None:
        await store.finish(await claimed(store, request_), self.answer)
        stranger = IdempotentRequest(
            key=request_.key, owner=str(uuid4()), route=request_.route, request_hash=request_.request_hash
        )
        assert isinstance(await store.begin(stranger), Claim)

    async def test_a_key_belongs_to_its_route(self, store: IdempotencyStore, request_: IdempotentRequest) -> None:
        await store.finish(await claimed(store, request_), self.answer)
        elsewhere = IdempotentRequest(
            key=request_.key, owner=request_.owner, route="/api/v1/refunds", request_hash=request_.request_hash
        )
        assert isinstance(await store.begin(elsewhere), Claim)

    async def test_a_claim_is_taken_over_once_its_lease_has_ended(
        self, store: IdempotencyStore, request_: IdempotentRequest, clock: FakeClock
    ) -> None:
        dead = await claimed(store, request_)
        clock.advance(self.lease + timedelta(seconds=1))
        await claimed(store, request_)
        await store.finish(dead, self.answer)
        with pytest.raises(IdempotencyKeyInUse):
            await store.begin(request_)

    async def test_who_lost_the_claim_cannot_abandon_it(
        self, store: IdempotencyStore, request_: IdempotentRequest, clock: FakeClock
    ) -> None:
        dead = await claimed(store, request_)
        clock.advance(self.lease + timedelta(seconds=1))
        await claimed(store, request_)
        await store.abandon(dead)
        with pytest.raises(IdempotencyKeyInUse):
            await store.begin(request_)

    async def test_an_answer_is_kept_for_the_retention_only(
        self, store: IdempotencyStore, request_: IdempotentRequest, clock: FakeClock
    ) -> None:
        await store.finish(await claimed(store, request_), self.answer)
        clock.advance(self.retention - timedelta(seconds=1))
        assert await store.begin(request_) == self.answer
        clock.advance(timedelta(seconds=2))
        assert isinstance(await store.begin(request_), Claim)


async def claimed(store: IdempotencyStore, request: IdempotentRequest) -> Claim:
    claim = await store.begin(request)
    assert isinstance(claim, Claim)
    return claim


def other_body(request: IdempotentRequest) -> IdempotentRequest:
    """The same key with another body."""
    return IdempotentRequest(key=request.key, owner=request.owner, route=request.route, request_hash=b"b" * 32)
