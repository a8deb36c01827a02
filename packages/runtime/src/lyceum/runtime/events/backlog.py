"""What waits in a module's outbox and among its dead letters, at the cost of what waits and not of what is kept."""

from pydantic import BaseModel, ConfigDict
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

COUNTED_AT_MOST = 100_000
"""A backlog beyond it is as alarming as any larger one."""

# Both tables have an index of just these rows.
_BACKLOG = text("""
SELECT (SELECT count(*) FROM (SELECT FROM outbox WHERE published_at IS NULL LIMIT :most) AS pending),
       (SELECT extract(epoch FROM now() - time) FROM outbox WHERE published_at IS NULL ORDER BY position LIMIT 1),
       (SELECT count(*) FROM (SELECT FROM dead_letters WHERE resolved_at IS NULL LIMIT :most) AS unresolved)
""").bindparams(most=COUNTED_AT_MOST)


class Backlog(BaseModel):
    """Events that wait to be handed on, the seconds that the first of them has waited (null when none does), and events
    that died. Counts end at `COUNTED_AT_MOST`."""

    model_config = ConfigDict(frozen=True)

    waiting: int
    oldest_seconds: float | None
    dead: int


async def read_backlog(connection: AsyncConnection) -> Backlog:
    """The backlog of the module whose connection this is; one statement."""
    waiting, oldest, dead = (await connection.execute(_BACKLOG)).one()
    return Backlog(waiting=waiting, oldest_seconds=None if oldest is None else max(0.0, float(oldest)), dead=dead)
