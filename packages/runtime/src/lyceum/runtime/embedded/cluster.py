"""PostgreSQL's data directory: how it is made, and with which settings the server runs on it."""

import os
import secrets
import shutil
from pathlib import Path
from subprocess import CalledProcessError
from typing import NamedTuple

from lyceum.runtime.embedded.account import Account, run
from lyceum.runtime.embedded.errors import EmbeddedPostgresError
from lyceum.runtime.embedded.placement import building_site, place_cluster

USER = "lyceum"
DATABASE = "lyceum"
PASSWORD = "password"  # noqa: S105  the name of the file, not what is in it
_ACCESS = "# Loopback only, and with a password only.\nhost all all 127.0.0.1/32 scram-sha-256\n"

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "300",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Parallel plans need /dev/shm, of which containers have 64 MB, and win nothing on rows of this number.
    "max_parallel_workers_per_gather": "0",
    # No replica ever follows this server.
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
_NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def server_command(programs: Path, cluster: Path, port: int, *, durable: bool) -> list[str]:
    """The command line of the server. Settings are given here, so they are always those of this version of Lyceum."""
    settings = {**_SETTINGS, **({} if durable else _NOT_DURABLE), "port": str(port)}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return [str(programs / "postgres"), "-D", str(cluster), *options]


class Status(NamedTuple):
    """What a server says of itself in `postmaster.pid`."""

    pid: int
    port: int
    ready: bool


def read_status(cluster: Path) -> Status | None:
    """The status of the server on this data; `None` when it has none, or is only writing it."""
    try:
        lines = (cluster / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return None
    # The lines are: process id, data directory, start time, port, socket folder, address, shared memory, status.
    if len(lines) < 8 or not lines[0].isdigit() or not lines[3].isdigit():
        return None
    return Status(int(lines[0]), int(lines[3]), lines[7].strip() == "ready")


def read_password(home: Path) -> str:
    """The password of the server's only role. Raises `EmbeddedPostgresError` where its file is gone."""
    try:
        return (home / PASSWORD).read_text()
    except FileNotFoundError:
        raise EmbeddedPostgresError(f"{home / PASSWORD} is missing, and with it the way into the data.") from None


def make_cluster(home: Path, programs: Path, account: Account | None, lock: int, *, durable: bool) -> Path:
    """Make a data directory with the role and the database `lyceum`; it appears complete or not at all.

    `lock` is the descriptor of the held start lock. The programs inherit it, so that they can't be at work still when a
    successor of a killed process begins again. Raises `EmbeddedPostgresError` with what the failing program said.
    """
    password = _new_password(home)
    site = building_site(home, account, throwaway=not durable)
    shutil.rmtree(site, ignore_errors=True)
    site.mkdir(mode=0o700)
    if account:
        os.chown(site, account.uid, account.gid)
    try:
        # The builtin provider brings its own C.UTF-8, so the data does not depend on the locales of the machine.
        run(
            [
                *(str(programs / "initdb"), "--pgdata", str(site), "--username", USER, "--auth", "reject"),
                *("--encoding", "UTF8", "--no-locale", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
                *("--no-instructions", "--no-sync"),
            ],
            account=account,
            pass_fds=[lock],
        )
        (site / "pg_hba.conf").write_text(_ACCESS)
        # Single-user mode takes one statement per line. The password goes through a pipe, never over a command line.
        run(
            [
                str(programs / "postgres"),
                "--single",
                "-D",
                str(site),
                "-c",
                "exit_on_error=on",
                "-c",
                "fsync=off",
                "postgres",
            ],
            account=account,
            input=f"ALTER ROLE {USER} PASSWORD '{password}'\nCREATE DATABASE {DATABASE} STRATEGY file_copy\n",
            pass_fds=[lock],
        )
        if durable:
            run([str(programs / "initdb"), "--sync-only", "--pgdata", str(site)], account=account, pass_fds=[lock])
    except CalledProcessError as error:
        shutil.rmtree(site, ignore_errors=True)
        raise EmbeddedPostgresError(f"The database could not be made:\n{error.stdout}") from error
    return place_cluster(site, home)


def _new_password(home: Path) -> str:
    password = secrets.token_urlsafe(24)
    path = home / PASSWORD
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w") as file:
        file.write(password)
        file.flush()
        os.fsync(descriptor)
    return password
