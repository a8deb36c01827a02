"""The write that comes most often."""

from datetime import datetime
from uuid import UUID

from lyceum.progress.domain.values import Position, Standing
from lyceum.progress.persistence.driver import STANDING_COLUMNS, bit_string, first_row, standing
from lyceum.runtime.database import Database

# Only bit strings of one length can be united, so that zeros are put behind the shorter one. Where there is no new
# position, `$5 >= …` is unknown, and the old one stays.
NOTE = f"""
UPDATE progress.learners SET
    viewed = (viewed || repeat('0', length($3::varbit) - length(viewed))::varbit)
        | ($3::varbit || repeat('0', length(viewed) - length($3::varbit))::varbit),
    position_node = CASE WHEN $5::timestamptz >= coalesce(position_at, $5) THEN $4::uuid ELSE position_node END,
    position_seconds = CASE WHEN $5 >= coalesce(position_at, $5) THEN $6::integer ELSE position_seconds END,
    position_at = CASE WHEN $5 >= coalesce(position_at, $5) THEN $5 ELSE position_at END,
    active_at = greatest(active_at, $7::timestamptz),
    version = version + 1
WHERE user_id = $1 AND course_id = $2 AND state = 'active'
RETURNING {STANDING_COLUMNS}
"""  # noqa: S608 - made of constants


class SqlStudyLog:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(
        self, *, user_id: UUID, course_id: UUID, viewed: int, position: Position | None, now: datetime
    ) -> Standing | None:
        node, at, seconds = (position.node_id, position.at, position.seconds) if position else (None, None, None)
        row = await first_row(self._database, NOTE, user_id, course_id, bit_string(viewed), node, at, seconds, now)
        return None if row is None else standing(row)
