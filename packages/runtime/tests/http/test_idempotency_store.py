import pytest

from lyceum.testing.clock import FakeClock
from lyceum.testing.idempotency import IdempotencyStoreConformance, MemoryIdempotencyStore


class TestMemoryIdempotencyStore(IdempotencyStoreConformance):
    @pytest.fixture
    def store(self, clock: FakeClock) -> MemoryIdempotencyStore:
        return MemoryIdempotencyStore(clock)
