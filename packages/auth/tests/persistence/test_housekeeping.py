"""What is forgotten, and what is kept."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from lyceum.auth.domain.entities import TokenFamily
from lyceum.kernel.ids import new_id


@pytest.fixture
def count(harness):
    async def of(table):
        async with harness.module.database.reading() as connection:
            return (await connection.execute(text(f"SELECT count(*) FROM auth.{table}"))).scalar_one()  # noqa: S608 - our own names

    return of


async def test_a_session_is_forgotten_a_month_after_its_end(ada, harness, clock, count):
    clock.advance(timedelta(days=60))
    await harness.container.housekeeping().forget_expired()
    assert await count("sessions") == 1
    clock.advance(timedelta(seconds=1))
    await harness.container.housekeeping().forget_expired()
    assert await count("sessions") == 0
    assert await count("audit_entries") == 1


async def test_a_session_is_kept_for_the_refresh_token_that_outlives_it(ada, harness, clock, count):
    session_id = (await ada.client.get("/api/v1/session")).json()["id"]
    async with harness.container.units() as unit:
        session = await unit.sessions.get(session_id)
        unit.token_families.add(
            TokenFamily(
                id=new_id(),
                handle_hash=b"h",
                secret_hash=b"s",
                client_id="lyceum-web",
                user_id=session.user_id,
                session_id=session.id,
                scopes=frozenset({"offline_access"}),
                authenticated_at=session.started_at,
                last_used_at=session.started_at,
                expires_at=session.started_at + timedelta(days=180),
            )
        )
        await unit.commit()
    clock.advance(timedelta(days=200))
    await harness.container.housekeeping().forget_expired()
    assert (await count("sessions"), await count("token_families")) == (1, 1)
    clock.advance(timedelta(days=11))
    await harness.container.housekeeping().forget_expired()
    assert (await count("sessions"), await count("token_families")) == (0, 0)
