"""Rows of learners as values."""

from typing import Any

from sqlalchemy import select

from lyceum.progress.domain.values import Facts, Position, Standing
from lyceum.progress.models.model import courses, learners

REVISION = select(courses.c.version).where(courses.c.id == learners.c.course_id).scalar_subquery().label("revision")

COLUMNS = (
    learners.c.user_id,
    learners.c.course_id,
    learners.c.state,
    learners.c.enrolled_at,
    learners.c.active_at,
    learners.c.viewed,
    learners.c.results,
    learners.c.position_node,
    learners.c.position_seconds,
    learners.c.position_at,
    learners.c.completed_at,
)
"""What `standing` needs of a row, followed by the revision of the course's copy."""


def standing(row: Any) -> Standing:
    """The value of a row with `COLUMNS` and the revision."""
    user_id, course_id, state, enrolled_at, active_at, viewed, results, *rest = row
    node, seconds, at, completed_at, revision = rest
    return Standing(
        user_id=user_id,
        course_id=course_id,
        state=state,
        enrolled_at=enrolled_at,
        active_at=active_at,
        facts=Facts(viewed, results),
        position=None if node is None else Position(node, seconds, at),
        completed_at=completed_at,
        revision=revision,
    )
