"""Write the next migration of a module: `uv run tooling/migration <module> "<what changes>"`."""

import argparse
import sys
from importlib.metadata import entry_points
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from lyceum.runtime.module import ModuleSpec
from tooling.migration.writing import Refused, write_revision


def main() -> int:
    parser = argparse.ArgumentParser(prog="tooling/migration", description=__doc__)
    parser.add_argument("module", help="a module's name, such as course")
    parser.add_argument("message", help='what changes, such as "keep the order of lessons"')
    arguments = parser.parse_args()
    found = entry_points(group="lyceum.modules", name=arguments.module)
    if not found:
        parser.error(f"no module called {arguments.module} is installed")
    (entry,) = found
    spec: ModuleSpec = entry.load()
    try:
        path = write_revision(spec, arguments.message)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(f"{path}\nRead it before you commit it: a renamed column, say, looks like one dropped and one added.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
