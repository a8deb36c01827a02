"""Measure the platform beside the yardstick: `uv run tooling/bench [NAME…] [--quick] [--json FILE]`.

A name is that of a row, or `events` for all rows about what events, caches and WebSockets carry. Prints the table.
Nothing is left behind: the database is a throw-away one. The exit code is 1 where a floor is missed; a machine that is
busy with something else can cause that, so look at the spread.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import orjson
import uvloop

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from lyceum.runtime import process
from lyceum.runtime.composition import installed_modules
from lyceum.runtime.embedded.postgres import EmbeddedPostgres
from lyceum.runtime.settings import PlatformSettings
from lyceum.runtime.telemetry import configure_logging
from tooling.bench import starting
from tooling.bench.arithmetic import Result, Sample
from tooling.bench.events.measuring import INBOX, OUTBOX, RELAY, measure_events
from tooling.bench.measuring import Effort, differences, measure, start_servers
from tooling.bench.reporting import document, measured, table
from tooling.bench.rows import ROWS, Ratio, Subject, Tail
from tooling.bench.seeding import seed
from tooling.bench.sending import sign_in
from tooling.bench.serving import KINDS
from tooling.bench.websocket.measuring import FAN_OUT, WEIGHT, measure_websockets

_STARTS = (starting.IMPORT, starting.START, starting.MEMORY)
_SOCKETS = (FAN_OUT, WEIGHT)
_EVENTS = (OUTBOX, RELAY, INBOX)
_GROUPS = {"events": (*_EVENTS, *_SOCKETS, "cached-get")}
_ACCOUNTS = 16


def main(arguments: Sequence[str]) -> int:
    names = [row.name for row in ROWS] + [*_STARTS, *_EVENTS, *_SOCKETS]
    parser = argparse.ArgumentParser(prog="tooling/bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"rows to measure, all without one: {', '.join([*names, *_GROUPS])}"
    )
    parser.add_argument("--quick", action="store_true", help="a look at whether it works; the figures mean little")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything that was measured there as well")
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.names) - {*names, *_GROUPS}:
        parser.error(f"no row is called {', '.join(sorted(unknown))}")
    wanted = {row for name in chosen.names or names for row in _GROUPS.get(name, (name,))}
    load = [os.getloadavg()[0]]
    results: list[Result] = []
    samples: dict[Subject, list[Sample]] = {}
    with tempfile.TemporaryDirectory(prefix="lyceum-bench-") as folder:
        if rows := [row for row in ROWS if row.name in wanted]:
            results, samples = _ratios(rows, Path(folder), quick=chosen.quick)
        if starting.IMPORT in wanted:
            results.append(starting.import_of_the_host(Path(folder), 1 if chosen.quick else 5))
        if wanted & {starting.START, starting.MEMORY}:
            found = starting.second_start(Path(folder), *((1, 0.0) if chosen.quick else (3, 5.0)))
            results.extend(result for result in found if result.name in wanted)
        if wanted & set(_EVENTS):
            rounds, share = (1, 0.05) if chosen.quick else (5, 1.0)
            events = [name for name in _EVENTS if name in wanted]
            results += measure_events(Path(folder), events, rounds=rounds, share=share, say=_say)
    if wanted & set(_SOCKETS):
        found = measure_websockets(*((1, 5, 50) if chosen.quick else (5, 50, 1000)))
        results.extend(result for result in found if result.name in wanted)
    load.append(os.getloadavg()[0])
    if samples:
        print(measured(samples), end="\n\n")
    print(table(results))
    print(f"\nload average {load[0]:.1f} before, {load[-1]:.1f} after, on {os.cpu_count()} CPUs")
    if chosen.json is not None:
        chosen.json.write_bytes(orjson.dumps(document(results, samples, load), option=orjson.OPT_INDENT_2))
    return 1 if any(result.verdict == "MISSED" for result in results) else 0


def _ratios(
    rows: Sequence[Ratio | Tail], folder: Path, *, quick: bool
) -> tuple[list[Result], dict[Subject, list[Sample]]]:
    effort = Effort(rounds=1, seconds=0.2) if quick else Effort(rounds=5, seconds=1.5)
    size = {"courses": 40, "learners": 50} if quick else {"courses": 500, "learners": 2_000}
    settings = PlatformSettings.model_validate({"data_dir": folder / "data", "secret": "opens nothing".ljust(32)})
    with EmbeddedPostgres(folder / "database", durable=False) as database, ExitStack() as stack:
        _say("migrating and seeding")
        process.migrated(database.url, installed_modules(), settings)
        configure_logging(readable=True, level="WARNING")
        world = uvloop.run(seed(settings, database.url, **size, accounts=_ACCOUNTS))
        environment = {
            "LYCEUM_DATABASE_URL": database.url,
            "LYCEUM_DATA_DIR": str(settings.data_dir),
            "LYCEUM_SECRET": "opens nothing".ljust(32),
            # Requests are counted as ever, and never refused.
            **{f"LYCEUM_RATE_LIMIT_{kind}": "1000000/second" for kind in ("READ", "WRITE", "CREDENTIALS", "ANONYMOUS")},
        }
        servers = start_servers(stack, KINDS, environment, folder)
        people = sign_in(servers["full"].address, world.learners)
        if found := differences(servers, world, people):
            raise SystemExit("the servers do not answer alike:\n" + "\n".join(found))
        _say("the servers answer alike; measuring")
        subjects = dict.fromkeys(subject for row in rows for subject in row.subjects)
        samples = measure(subjects, servers, world, people, effort, _say)
    return [row.result(samples) for row in rows], samples


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
