"""Check the stored schemas of published events: `uv run tooling/contracts [--write] [--since COMMIT]`."""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tooling.contracts.checking import changed_since, draft_examples, problems, update
from tooling.contracts.published import published_events


def main() -> int:
    parser = argparse.ArgumentParser(prog="tooling/contracts", description=__doc__)
    parser.add_argument(
        "--write", action="store_true", help="store new schemas and compatible changes, and draft missing examples"
    )
    parser.add_argument("--since", metavar="COMMIT", help="also compare what is stored with what was stored then")
    arguments = parser.parse_args()
    events = published_events()
    if arguments.write:
        for event in update(events):
            print(f"stored the schema of {event}")
        for event in draft_examples(events):
            print(f"drafted an example of {event}: make it a telling one")
    found = list(problems(events))
    if arguments.since:
        found += changed_since(arguments.since)
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
