"""Rule 13: only a unit of work commits.

Services end a use case with `unit.commit()`; nobody else calls it, but for a unit that extends it. What stands behind
it (a session, a connection, SQL) is committed by the unit of work itself and by the migrations alone. A savepoint is
not a commit.
"""

import ast
import re
from collections.abc import Iterator

from rules.source import Source

# The last commits offsets of a broker, which is no transaction of a database.
_COMMITTERS = ("lyceum.runtime.unit_of_work", "lyceum.runtime.migrations", "lyceum.runtime.kafka.intake")
# Where connections for single atomic statements come from.
_AUTOCOMMITTERS = ("lyceum.runtime.database",)
# The consumer ends the unit in which a handler of any module runs.
_UNIT_ENDERS = ("lyceum.runtime.events.consumer",)
_COMMITTING = ("commit", "commit_async")
# As context managers these commit on the way out.
_BEGINNING = ("begin", "transaction", "start_transaction")
_DATABASE_THINGS = re.compile(r"session|connection|conn|engine|database|db|cursor|pool", re.IGNORECASE)
_SQL_TAKERS = ("exec_driver_sql", "execute", "text")
_STATEMENT = re.compile(r"\s*(begin|commit|end|start\s+transaction)(\s+(work|transaction))?\s*;?\s*", re.IGNORECASE)


def commits(source: Source) -> Iterator[str]:
    """Every place that ends, or opens, a transaction without being the one that may."""
    if source.name in _COMMITTERS or source.package == "testing":
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in _COMMITTING and not _ends_unit(node, source):
            yield source.at(node, "only services commit, and only a unit of work")
        elif isinstance(node, ast.Attribute) and node.attr in _BEGINNING and _DATABASE_THINGS.search(_last(node.value)):
            yield source.at(node, f"{_last(node.value)}.{node.attr} is a transaction beside the unit of work")
        elif isinstance(node, ast.Call) and _last(node.func) in _SQL_TAKERS and any(map(_is_statement, node.args)):
            yield source.at(node, "SQL that opens or ends a transaction")
        elif source.name not in _AUTOCOMMITTERS and _is_autocommit(node):
            yield f"{source.label}:{getattr(node, 'lineno', 0)}: every statement would commit by itself"


def _ends_unit(node: ast.Attribute, source: Source) -> bool:
    if ast.unparse(node.value) == "super()":
        return source.name.endswith(".persistence.unit_of_work")
    return ast.unparse(node.value) == "unit" and (source.layer == "services" or source.name in _UNIT_ENDERS)


def _is_statement(argument: ast.expr) -> bool:
    return isinstance(argument, ast.Constant) and bool(_STATEMENT.fullmatch(str(argument.value)))


def _is_autocommit(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return node.value == "AUTOCOMMIT"
    return isinstance(node, ast.keyword) and node.arg == "autocommit"


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        return _last(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
