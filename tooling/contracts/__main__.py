"""Check the stored schemas of events and live messages, and the AsyncAPI document that is made of them:
`uv run tooling/contracts [--write] [--since COMMIT]`.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tooling.contracts import asyncapi
from tooling.contracts.checking import changed_since, draft_examples, problems, update
from tooling.contracts.published import contracts


def main() -> int:
    parser = argparse.ArgumentParser(prog="tooling/contracts", description=__doc__)
    parser.add_argument(
        "--write",
        action="store_true",
        help="store new schemas and compatible changes, draft missing examples, and make the AsyncAPI document anew",
    )
    parser.add_argument("--since", metavar="COMMIT", help="also compare what is stored with what was stored then")
    arguments = parser.parse_args()
    published = contracts()
    if arguments.write:
        for name in update(published):
            print(f"stored the schema of {name}")
        for name in draft_examples(published):
            print(f"drafted an example of {name}: make it a telling one")
        asyncapi.stored_document().write_text(asyncapi.rendered())
    found = [*problems(published), *asyncapi.staleness()]
    if arguments.since:
        found += changed_since(arguments.since)
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
