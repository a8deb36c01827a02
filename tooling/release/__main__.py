"""Check that changed packages have a new version: `uv run tooling/release check --since COMMIT`."""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tooling.release.versions import ROOT, problems


def main() -> int:
    parser = argparse.ArgumentParser(prog="tooling/release", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    check = commands.add_parser("check", help="look for packages that changed under an old version")
    check.add_argument("--since", required=True, metavar="COMMIT", help="what was released last")
    found = list(problems(ROOT, parser.parse_args().since))
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
