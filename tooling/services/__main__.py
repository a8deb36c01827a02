"""PostgreSQL, Valkey and Kafka on loopback, for development: `uv run tooling/services up|down|status`.

    eval "$(uv run tooling/services up --export)"

They run until `down`, whatever happens to the terminal. What they keep is in `.lyceum/services` and is there again the
next time, at the same addresses where those are free. Kafka needs Java and, the first time, Maven; without it the other
two run, and events stay in the process.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tooling.services.background import FOLDER, Services, ServicesFailed


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="tooling/services", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["up", "down", "status"])
    parser.add_argument("--export", action="store_true", help="print what a shell evaluates, and nothing else")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the servers keep their files")
    chosen = parser.parse_args(arguments)
    services = Services(chosen.folder)
    try:
        if chosen.what == "down":
            print("The services have ended." if services.down() else "No services run.", file=sys.stderr)
            return 0
        if chosen.what == "up":
            services.up()
    except ServicesFailed as error:
        print(error, file=sys.stderr)
        return 1
    running = services.running()
    if running is None:
        print("No services run: tooling/services up", file=sys.stderr)
        return 1
    for name, reason in running.missing.items():
        print(f"{name} does not run: {reason}", file=sys.stderr)
    if not chosen.export:
        for name, process in services.processes().items():
            print(f"# {name}: process {process}" if process else f"# {name} has ENDED: down and up brings it back")
    prefix = "export " if chosen.export else ""
    for name, value in running.variables.items():
        print(f"{prefix}{name}='{value}'")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
