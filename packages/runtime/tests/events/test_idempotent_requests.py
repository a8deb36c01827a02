"""The store of requests that may come twice, in a module's own schema."""

from datetime import timedelta

import psycopg
import pytest

from lyceum.runtime.idempotency_store import SqlIdempotencyStore
from lyceum.testing.idempotency import IdempotencyStoreConformance, claimed


class TestSqlIdempotencyStore(IdempotencyStoreConformance):
    @pytest.fixture
    def store(self, shop, clock):
        return SqlIdempotencyStore(database=shop.database, tables=shop.tables, clock=clock)

    async def test_only_what_is_past_its_retention_is_forgotten(self, store, request_, clock, url):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("TRUNCATE shop.idempotency_keys")
            await store.finish(await claimed(store, request_), self.answer)
            clock.advance(self.retention - timedelta(seconds=1))
            await store.forget_old()
            count = "SELECT count(*) FROM shop.idempotency_keys"
            assert connection.execute(count).fetchone() == (1,)
            clock.advance(timedelta(seconds=2))
            await store.forget_old()
            assert connection.execute(count).fetchone() == (0,)
