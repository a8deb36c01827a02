"""Print who publishes which event and who consumes it: `uv run tooling/events [--check]`."""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from lyceum.runtime.composition import installed_modules
from tooling.events.catalogue import entries, problems


def main() -> int:
    parser = argparse.ArgumentParser(prog="tooling/events", description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail where a consumer waits for what is not sent")
    arguments = parser.parse_args()
    specs = installed_modules()
    for entry in entries(specs):
        consumers = ", ".join(entry.consumers) or "nobody"
        print(f"{entry.event_type}\n  from {entry.producer or 'nobody'} to {consumers}")
    found = list(problems(specs)) if arguments.check else []
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
