"""Column types of progress's own values."""

from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.dialects.postgresql import BIT, JSONB, BitString
from sqlalchemy.types import TypeDecorator

from lyceum.course.ports import CourseStructure


class NumberSet(TypeDecorator[int]):
    """A set of small numbers: a bit string with a 1 at the place of each member, the place of 0 being the first."""

    impl = BIT(varying=True)
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> BitString | None:
        return None if value is None else BitString(f"{value:b}"[::-1])

    def process_result_value(self, value: Any, dialect: Dialect) -> int | None:
        if value is None:
            return None
        return int(value[::-1], 2) if value else 0


class StructureDocument(TypeDecorator[CourseStructure]):
    """The structure of a course as its port sends it."""

    impl = JSONB
    cache_ok = True

    def process_bind_param(self, value: CourseStructure | None, dialect: Dialect) -> Any:
        return None if value is None else value.model_dump(mode="json")

    def process_result_value(self, value: Any, dialect: Dialect) -> CourseStructure | None:
        return None if value is None else CourseStructure.model_validate(value)
