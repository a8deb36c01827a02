"""The write that comes most often."""

from datetime import datetime
from uuid import UUID

from lyceum.progress.domain.values import Noted, Position
from lyceum.progress.persistence.driver import STANDING_COLUMNS, bit_string, first_row, standing
from lyceum.runtime.database import Database

# Only bit strings of one length can be united, so that zeros are put behind the shorter one. Where there is no new
# position, `$5 >= …` is unknown, and the old one stays. What another transaction adds meanwhile is not in `before`.
NOTE = f"""
UPDATE progress.learners SET
    viewed = (learners.viewed || repeat('0', length($3::varbit) - length(learners.viewed))::varbit)
        | ($3::varbit || repeat('0', length(learners.viewed) - length($3::varbit))::varbit),
    position_node = CASE WHEN $5::timestamptz >= coalesce(learners.position_at, $5) THEN $4::uuid
        ELSE learners.position_node END,
    position_seconds = CASE WHEN $5 >= coalesce(learners.position_at, $5) THEN $6::integer
        ELSE learners.position_seconds END,
    position_at = CASE WHEN $5 >= coalesce(learners.position_at, $5) THEN $5 ELSE learners.position_at END,
    active_at = greatest(learners.active_at, $7::timestamptz),
    version = learners.version + 1
FROM progress.learners AS before
WHERE learners.user_id = $1 AND learners.course_id = $2 AND learners.state = 'active'
    AND before.user_id = $1 AND before.course_id = $2
RETURNING {STANDING_COLUMNS}, learners.viewed IS DISTINCT FROM before.viewed
"""  # noqa: S608 - made of constants


class SqlStudyLog:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(
        self, *, user_id: UUID, course_id: UUID, viewed: int, position: Position | None, now: datetime
    ) -> Noted | None:
        node, at, seconds = (position.node_id, position.at, position.seconds) if position else (None, None, None)
        row = await first_row(self._database, NOTE, user_id, course_id, bit_string(viewed), node, at, seconds, now)
        if row is None:
            return None
        *columns, grew = row
        return Noted(standing(columns), grew)
