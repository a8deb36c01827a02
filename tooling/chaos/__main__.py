"""Kill workers, broker, Valkey and PostgreSQL while events are on their way: `uv run tooling/chaos [--events N]`.

Every event must have its effect exactly once, in order per aggregate, and only the poisoned ones may end as dead
letters. Prints what was seen; the exit code is 1 where the promise was not kept. One seed gives the same kills after
the same pauses; what they hit depends on the machine.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from lyceum.runtime.telemetry import configure_logging
from lyceum.testing.kafka import KafkaNotAvailable
from tooling.chaos.story import Plan, run

_EVENTS_PER_KILL = 250


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="tooling/chaos", description=__doc__)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--kills", type=int, help=f"one for {_EVENTS_PER_KILL} events unless it is said")
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="an empty folder for logs and data, which stay")
    chosen = parser.parse_args(arguments)
    configure_logging(readable=True, level="ERROR")
    kills = chosen.events // _EVENTS_PER_KILL if chosen.kills is None else chosen.kills
    plan = Plan(events=chosen.events, seed=chosen.seed, kills=kills, workers=chosen.workers)
    with tempfile.TemporaryDirectory(prefix="lyceum-chaos-") as throwaway:
        folder = chosen.keep or Path(throwaway)
        folder.mkdir(parents=True, exist_ok=True)
        try:
            report = asyncio.run(run(plan, folder.resolve(), say=lambda line: print(line, file=sys.stderr)))
        except KafkaNotAvailable as error:
            print(f"There is no Apache Kafka on this machine: {error}", file=sys.stderr)
            return 2
    print(report)
    return 0 if report.kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
