"""Make a new module that passes every check: `uv run tooling/scaffold <module> --tier-above <another module>`."""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tooling.scaffold.registering import register, tier_of
from tooling.scaffold.writing import Refused, write_first_migration, write_module

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    parser = argparse.ArgumentParser(prog="tooling/scaffold", description=__doc__)
    parser.add_argument("module", help="its name, such as learning_path")
    parser.add_argument(
        "--tier-above", required=True, metavar="MODULE", help="it may call this one, and those below it"
    )
    arguments = parser.parse_args()
    try:
        tier_of((ROOT / ".importlinter").read_text(), arguments.tier_above)
        folder = write_module(ROOT, arguments.module)
        register(ROOT, arguments.module, arguments.tier_above)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    write_first_migration(folder)
    print(f"{folder} is there. Install it with: uv sync --all-packages --all-extras --all-groups")
    return 0


if __name__ == "__main__":
    sys.exit(main())
