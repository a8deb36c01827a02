"""Whether every event had its effect exactly once and in order: the outboxes against what they led to."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import psycopg
from sqlalchemy import make_url

DIRECTIONS = (("shop", "library", "lendings"), ("library", "shop", "loans"))


@dataclass
class Findings:
    """What is in the databases. All lists of faults are empty when the platform kept its word."""

    written: int = 0
    poisoned: int = 0
    effects: int = 0
    dead_letters: int = 0
    unpublished: int = 0
    faults: list[str] = field(default_factory=list)


def state(url: str) -> tuple[int, int, int]:
    """How many events were written, how many ended (as an effect or a dead letter), how many wait in an outbox."""
    with psycopg.connect(_plain(url), autocommit=True, connect_timeout=2) as connection:
        row = connection.execute(
            """SELECT (SELECT count(*) FROM shop.outbox) + (SELECT count(*) FROM library.outbox),
                      (SELECT count(*) FROM shop.loans) + (SELECT count(*) FROM library.lendings)
                      + (SELECT count(*) FROM shop.dead_letters) + (SELECT count(*) FROM library.dead_letters),
                      (SELECT count(*) FROM shop.outbox WHERE published_at IS NULL)
                      + (SELECT count(*) FROM library.outbox WHERE published_at IS NULL)"""
        ).fetchone()
        assert row is not None
        return int(row[0]), int(row[1]), int(row[2])


def look(url: str, buried: dict[str, set[str]]) -> Findings:
    """Compare. `buried` has the event ids on each module's dead-letter topic."""
    found = Findings()
    with psycopg.connect(_plain(url), autocommit=True) as connection:
        for producer, consumer, effects in DIRECTIONS:
            _direction(connection, producer, consumer, effects, buried[consumer], found)
    return found


def _direction(
    connection: psycopg.Connection[Any], producer: str, consumer: str, table: str, buried: set[str], found: Findings
) -> None:
    outbox = connection.execute(
        f"""SELECT id::text, subject, (data ->> 'number')::int, (data ->> 'poisoned')::bool, published_at IS NULL
            FROM {producer}.outbox ORDER BY position"""  # noqa: S608  names of our own tables
    ).fetchall()
    effects = connection.execute(f"SELECT book_id::text, number FROM {consumer}.{table} ORDER BY position").fetchall()  # noqa: S608
    dead = {row[0] for row in connection.execute(f"SELECT event_id::text FROM {consumer}.dead_letters")}  # noqa: S608
    where = f"from {producer} to {consumer}"
    poisoned = {event_id for event_id, _, _, bad, _ in outbox if bad}
    found.written += len(outbox)
    found.poisoned += len(poisoned)
    found.effects += len(effects)
    found.dead_letters += len(dead)
    found.unpublished += sum(waiting for *_, waiting in outbox)
    expected, happened = _by_book(outbox, poisoned), defaultdict(list)
    for book, number in effects:
        happened[book].append(number)
    for book, numbers in _all_numbers(outbox).items():
        if numbers != list(range(len(numbers))):
            found.faults.append(f"{where}: the outbox has the events {numbers} of {book}")
    for book in expected.keys() | happened.keys():
        found.faults.extend(_difference(f"{where}: {book}", expected[book], happened[book]))
    for fault, ids in (
        ("are dead letters and not poisoned", dead - poisoned),
        ("are poisoned and no dead letters", poisoned - dead),
        ("are on the dead-letter topic and not poisoned", buried - poisoned),
        ("are poisoned and not on the dead-letter topic", poisoned - buried),
    ):
        if ids:
            found.faults.append(f"{where}: {len(ids)} {fault}, such as {min(ids)}")


def _by_book(outbox: Iterable[Any], poisoned: set[str]) -> dict[str, list[int]]:
    books: dict[str, list[int]] = defaultdict(list)
    for event_id, book, number, *_ in outbox:
        if event_id not in poisoned:
            books[book].append(number)
    return books


def _all_numbers(outbox: Iterable[Any]) -> dict[str, list[int]]:
    return _by_book(outbox, set())


def _difference(where: str, expected: list[int], happened: list[int]) -> list[str]:
    if expected == happened:
        return []
    if missing := Counter(expected) - Counter(happened):
        return [f"{where} lacks the effects of {sorted(missing)}"]
    if doubled := Counter(happened) - Counter(expected):
        return [f"{where} has the effects of {sorted(doubled)} too often"]
    first = next(place for place, pair in enumerate(zip(expected, happened, strict=True)) if len(set(pair)) > 1)
    return [f"{where} has its effects out of order: {happened[first : first + 5]} for {expected[first : first + 5]}"]


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
