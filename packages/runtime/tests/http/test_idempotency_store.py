import pytest

from lyceum.testing.idempotency import IdempotencyStoreConformance, MemoryIdempotencyStore, SettableClock


class TestMemoryIdempotencyStore(IdempotencyStoreConformance):
    @pytest.fixture
    def store(self, clock: SettableClock) -> MemoryIdempotencyStore:
        return MemoryIdempotencyStore(clock)
