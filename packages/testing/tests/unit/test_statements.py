from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from lyceum.runtime.database import driver_url
from lyceum.testing.statements import counted_statements


async def test_statements_are_counted_while_the_block_runs_and_no_longer(database_url):
    engine = create_async_engine(driver_url(database_url, "asyncpg"))
    try:
        async with engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
            with counted_statements(engine) as statements:
                assert (await connection.execute(text("SELECT 2"))).scalar_one() == 2
                await connection.commit()
            await connection.execute(text("SELECT 3"))
    finally:
        await engine.dispose()
    assert statements == ["SELECT 2"]
