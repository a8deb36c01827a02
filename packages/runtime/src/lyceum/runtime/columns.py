"""Column types for values that the domain has and SQL has not."""

from enum import StrEnum
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import Enum
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

V = TypeVar("V")


class Value(TypeDecorator[V], Generic[V]):
    """A frozen pydantic value, or a union of such, kept as JSONB; null stays null.

    Values are replaced, never changed in place: persistence would not notice.
    """

    impl = JSONB
    cache_ok = True

    def __init__(self, adapter: TypeAdapter[V]) -> None:
        super().__init__(none_as_null=True)
        self.adapter = adapter

    def process_bind_param(self, value: V | None, dialect: Dialect) -> Any:
        return None if value is None else self.adapter.dump_python(value, mode="json")

    def process_result_value(self, value: Any, dialect: Dialect) -> V | None:
        return None if value is None else self.adapter.validate_python(value)


def text_enum(kind: type[StrEnum]) -> Enum:
    """The values of an enumeration as text: adding one needs no migration."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=40,
        values_callable=lambda members: [each.value for each in members],
    )
