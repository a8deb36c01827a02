"""The sides of each comparison, in turns, on one database and one broker."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
from sqlalchemy import make_url

from lyceum.runtime.embedded.postgres import EmbeddedPostgres
from lyceum.testing import shop
from lyceum.testing.kafka import KafkaBroker, KafkaNotAvailable
from tooling.bench.arithmetic import Result, Sample, ratios
from tooling.bench.measuring import TOP

OUTBOX, RELAY, INBOX = "outbox", "relay", "inbox"

_FILL = """
INSERT INTO shop.outbox (id, type, subject, time, data)
SELECT gen_random_uuid(), %(type)s, book, now(), jsonb_build_object('book_id', book, 'number', n, 'poisoned', false)
FROM generate_series(1, %(most)s) AS n, LATERAL (SELECT lpad((n %% 1000)::text, 32, '0')::uuid::text AS book) AS books
"""


@dataclass(frozen=True)
class Comparison:
    """`subject` and `against` are sides of `working`; so many of each are done in a round."""

    name: str
    subject: str
    against: str
    floor: float
    most: int
    most_against: int
    detail: str


COMPARISONS = (
    Comparison(OUTBOX, "outbox", "upsert", 0.75, 3000, 3000, "an upsert with an event / the upsert alone"),
    Comparison(RELAY, "relay", "burst", 0.35, 10_000, 10_000, "outbox to broker / aiokafka alone, without waiting"),
    Comparison(INBOX, "inbox-batch", "inbox-single", 20.0, 10_000, 500, "batches of 500 / one by one"),
)


class Side:
    """One side's process, as long as the block."""

    def __init__(self, name: str, url: str, variables: Mapping[str, str]) -> None:
        self.name = name
        self._command = [sys.executable, "-m", "tooling.bench.events.working", name, url]
        self._variables = {**os.environ, **variables}

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command, cwd=TOP, env=self._variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        if self._line() != "ready":
            raise RuntimeError(f"{self.name} did not start")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def do(self, most: int) -> Sample:
        """Have it done so many times. Raises `RuntimeError` where the process ends over it."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{most}\n")
        self._process.stdin.flush()
        seconds, cpu = self._line().split() or ("", "")
        if not cpu:
            raise RuntimeError(f"{self.name} has ended before its time")
        return Sample(requests=most, seconds=float(seconds), cpu_seconds=int(cpu) / 1e9, p50=0, p99=0)

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


def measure_events(
    folder: Path, wanted: Sequence[str], *, rounds: int, share: float, say: Callable[[str], None]
) -> list[Result]:
    """The rows that are wanted, with this share of the usual work; where there can be no broker, not the relay's."""
    chosen = [each for each in COMPARISONS if each.name in wanted]
    with ExitStack() as stack:
        variables = {}
        if any(each.name == RELAY for each in chosen):
            broker = KafkaBroker(folder)
            try:
                variables["LYCEUM_KAFKA_SERVERS"] = broker.start()
                stack.callback(broker.delete)
            except KafkaNotAvailable as error:
                say(f"{RELAY} is NOT measured: {error}")
                chosen = [each for each in chosen if each.name != RELAY]
        url = stack.enter_context(EmbeddedPostgres(folder / "events", durable=False)).url
        shop.create_tables(url)
        address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        database = stack.enter_context(psycopg.connect(address, autocommit=True))
        database.execute("CREATE TABLE shop.stock (book_id uuid PRIMARY KEY, number int NOT NULL)")
        names = dict.fromkeys(side for each in chosen for side in (each.subject, each.against))
        sides = {name: stack.enter_context(Side(name, url, variables)) for name in names}
        samples: dict[str, list[Sample]] = {name: [] for name in names}
        for number in range(rounds + 1):
            for each in chosen:
                turn = [(each.subject, each.most), (each.against, each.most_against)]
                for name, usual in turn if number % 2 else reversed(turn):
                    # The first round, a short one, only warms up.
                    most = max(1, int(usual * share * (1 if number else 0.25)))
                    _prepare(database, name, most)
                    sample = sides[name].do(most)
                    if number:
                        samples[name].append(sample)
            say(f"events: round {number} of {rounds}" if number else "events: warmed up")
    return [
        Result(
            name=each.name,
            figures=ratios(samples[each.subject], samples[each.against]),
            floor=each.floor,
            target=each.floor,
            detail=each.detail,
        )
        for each in chosen
    ]


def _prepare(database: psycopg.Connection, side: str, most: int) -> None:
    """Start each stretch with the same: no events, or for the relay so many to relay."""
    database.execute("TRUNCATE shop.outbox, library.inbox")
    if side == "relay":
        database.execute(_FILL, {"type": shop.SOLD, "most": most})
        database.execute("ANALYZE shop.outbox")
