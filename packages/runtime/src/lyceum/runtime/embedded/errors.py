"""What goes wrong with embedded servers."""

from pathlib import Path

TAIL_LINES = 20
_TAIL_BYTES = 16_384


class EmbeddedServerError(Exception):
    """The embedded server could not do what was asked; the message says why, with the end of the server's log."""


class EmbeddedPostgresError(EmbeddedServerError):
    """The embedded server is PostgreSQL."""


def tail(log: Path) -> str:
    """The last lines of a log file, for an error message; empty when there is no log."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - _TAIL_BYTES))
            lines = file.read().decode(errors="replace").splitlines()
    except FileNotFoundError:
        return ""
    return "\n".join(lines[-TAIL_LINES:])
