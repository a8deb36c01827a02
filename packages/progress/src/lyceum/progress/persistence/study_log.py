"""The write that comes most often."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, Integer, Text, Update, Uuid, bindparam, case, cast, func, literal, update
from sqlalchemy.sql import ColumnElement

from lyceum.progress.domain.values import EnrolmentState, Position, Standing
from lyceum.progress.models.columns import NumberSet
from lyceum.progress.models.model import learners
from lyceum.progress.persistence.standings import COLUMNS, REVISION, standing
from lyceum.runtime.database import Database


def _padded(bits: ColumnElement[int], other: ColumnElement[int]) -> ColumnElement[int]:
    """The bit string, at least as long as the other: only strings of one length can be united."""
    zeros = func.repeat(literal("0", Text), func.greatest(func.length(other) - func.length(bits), 0))
    return bits.op("||")(cast(zeros, NumberSet))


def _note() -> Update:
    new = bindparam("viewed", type_=NumberSet)
    at = bindparam("at", type_=DateTime(timezone=True))
    # Unknown, and so false, where there is no new position.
    later = at >= func.coalesce(learners.c.position_at, at)
    now = bindparam("now", type_=DateTime(timezone=True))
    return (
        update(learners)
        .where(
            learners.c.user_id == bindparam("learner", type_=Uuid),
            learners.c.course_id == bindparam("course", type_=Uuid),
            learners.c.state == EnrolmentState.ACTIVE,
        )
        .values(
            viewed=_padded(learners.c.viewed, new).op("|")(_padded(new, learners.c.viewed)),
            position_node=case((later, bindparam("node", type_=Uuid)), else_=learners.c.position_node),
            position_seconds=case((later, bindparam("seconds", type_=Integer)), else_=learners.c.position_seconds),
            position_at=case((later, at), else_=learners.c.position_at),
            active_at=func.greatest(learners.c.active_at, now),
            version=learners.c.version + 1,
        )
        .returning(*COLUMNS, REVISION)
    )


_NOTE = _note()


class SqlStudyLog:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(
        self, *, user_id: UUID, course_id: UUID, viewed: int, position: Position | None, now: datetime
    ) -> Standing | None:
        parameters = {
            "learner": user_id,
            "course": course_id,
            "viewed": viewed,
            "node": position.node_id if position else None,
            "seconds": position.seconds if position else None,
            "at": position.at if position else None,
            "now": now,
        }
        async with self._database.reading() as connection:
            row = (await connection.execute(_NOTE, parameters)).one_or_none()
        return None if row is None else standing(row)
