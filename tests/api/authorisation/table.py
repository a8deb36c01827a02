"""The reviewed table of who may do what, and how it is compared with what the platform does."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

import httpx
from seeded.people import Role

TABLE = Path(__file__).with_name("authorisation.csv")
ALLOWED = "yes"
REFUSALS = ("401", "403", "404")
# Refusals by the edge or by the dispatch: the route was never asked.
_NOT_OF_THE_ROUTE = frozenset(
    {"not-found", "csrf-token-missing", "csrf-token-invalid", "foreign-origin", "invalid-token"}
)

Verdicts = Mapping[Role, str]
Table = Mapping[str, Verdicts]


def verdict(response: httpx.Response) -> str:
    """`yes` when the request was carried out, the status of a refusal, and else what no table has.

    Requests of the walk are valid, so that what was not carried out was refused, or tells nothing about rights.
    """
    if response.status_code < 400:
        return ALLOWED
    code = str(response.json()["code"])
    status = str(response.status_code)
    return status if status in REFUSALS and code not in _NOT_OF_THE_ROUTE else f"{status} {code}"


def read_table(lines: Iterable[str]) -> Table:
    """The table by operation id. Raises `ValueError` where it is not sorted, or has a cell that means nothing."""
    header, *rows = [[cell.strip() for cell in row] for row in csv.reader(lines)]
    if header != ["operation", *Role]:
        raise ValueError(f"the columns are {header}")
    names = [row[0] for row in rows]
    if names != sorted(set(names)):
        raise ValueError("one row for each operation, sorted by its id")
    table = {row[0]: dict(zip(Role, row[1:], strict=True)) for row in rows}
    for name, verdicts in table.items():
        if not set(verdicts.values()) <= {ALLOWED, *REFUSALS}:
            raise ValueError(f"{name} has a cell other than {ALLOWED}, {', '.join(REFUSALS)}")
    return table


def differences(table: Table, seen: Table) -> list[str]:
    """What the table says and the platform doesn't do, and the other way round."""
    found = [f"{name} has no row" for name in sorted(seen.keys() - table.keys())]
    found += [f"{name} has a row and no route" for name in sorted(table.keys() - seen.keys())]
    found += [
        f"{name} as {role}: the table says {table[name][role]}, the platform {seen[name][role]}"
        for name in sorted(table.keys() & seen.keys())
        for role in Role
        if table[name][role] != seen[name][role]
    ]
    return found


def written(table: Table) -> str:
    """The table as a file, in columns."""
    width = max(map(len, table), default=0) + 1
    rows = [("operation", list(Role)), *((name, [table[name][role] for role in Role]) for name in sorted(table))]
    lines = (
        [f"{name},".ljust(width), *(f"{cell},".ljust(len(role) + 1) for role, cell in zip(Role, cells, strict=True))]
        for name, cells in rows
    )
    return "".join(" ".join(line).rstrip().rstrip(",") + "\n" for line in lines)
