"""The two statements behind every request of somebody who studies, sent straight to the driver.

Everything else in this package goes through SQLAlchemy.
"""

from typing import Any

from asyncpg import BitString  # type: ignore[import-untyped]  # asyncpg ships without types

from lyceum.progress.domain.values import EnrolmentState, Facts, Position, Standing
from lyceum.runtime.database import Database

STANDING_COLUMNS = """
    learners.user_id, learners.course_id, learners.state, learners.enrolled_at, learners.active_at, learners.viewed,
    learners.results, learners.position_node, learners.position_seconds, learners.position_at, learners.completed_at,
    (SELECT courses.version FROM progress.courses WHERE courses.id = learners.course_id)
"""
"""What `standing` makes a value of."""


async def first_row(database: Database, statement: str, *arguments: Any) -> Any:
    """The first row of a statement that is a transaction by itself; null where it gives none."""
    rows = await database.fetch(statement, *arguments)
    return rows[0] if rows else None


def standing(row: Any) -> Standing:
    """The value of a row of `STANDING_COLUMNS`."""
    user_id, course_id, state, enrolled_at, active_at, viewed, results, node, seconds, at, completed_at, revision = row
    return Standing(
        user_id=user_id,
        course_id=course_id,
        state=EnrolmentState(state),
        enrolled_at=enrolled_at,
        active_at=active_at,
        facts=Facts(viewed.to_int(bitorder="little"), results),
        position=None if node is None else Position(node, seconds, at),
        completed_at=completed_at,
        revision=revision,
    )


def bit_string(number_set: int) -> BitString:
    """A set of numbers as `NumberSet` stores it."""
    return BitString.from_int(number_set, number_set.bit_length() or 1, bitorder="little")
