"""What a command has to load before it can say anything."""

import subprocess
import sys

# For migrations, for installations with Kafka or Redis, for what modules do once they run, and for tracing and error
# reports.
NOT_YET = {
    "aiokafka", "alembic", "argon2", "asyncpg", "authlib", "joserfc", "lxml", "nh3", "opentelemetry.sdk",
    "procrastinate", "psycopg", "redis", "sentry_sdk",
}  # fmt: skip


def test_help_loads_nothing_that_only_some_commands_need():
    program = "import sys\ntry:\n  from lyceum_host.cli import main; main()\nfinally:\n  print(*sys.modules, sep='\\n')"
    said = subprocess.run(
        [sys.executable, "-c", program, "--help"], capture_output=True, text=True, timeout=120, check=True
    ).stdout
    assert "import-course" in said
    loaded = set(said.splitlines())
    assert "lyceum_host.cli" in loaded
    assert loaded & NOT_YET == set()
