"""Whom the server runs as: PostgreSQL refuses to run as root, so root hands it to an account without privileges."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lyceum.runtime.embedded.errors import EmbeddedPostgresError

# PostgreSQL reads PG* variables and takes messages and formats from the locale: nothing of the caller may leak in.
ENVIRONMENT = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C", "TZ": "UTC"}
_CANDIDATES = ("nobody", "daemon")


@dataclass(frozen=True)
class Account:
    """An account to switch to. `None` in its place means: stay who we are."""

    uid: int
    gid: int


def account_for_new_data() -> Account | None:
    """The account for a cluster that is about to be made.

    Raises `EmbeddedPostgresError` for a root that may not switch to any account (a container without that capability).
    """
    if os.geteuid() != 0:
        return None
    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        account = Account(entry.pw_uid, entry.pw_gid)
        try:
            run(["/bin/sh", "-c", ":"], account=account)
        except (OSError, subprocess.SubprocessError):
            continue
        return account
    raise EmbeddedPostgresError(
        "PostgreSQL does not run as root, and this root cannot switch to an account without privileges "
        f"({' or '.join(_CANDIDATES)}). Start Lyceum as another user, or set LYCEUM_DATABASE_URL."
    )


def account_of(cluster: Path) -> Account | None:
    """The account that owns existing data. Raises `EmbeddedPostgresError` where that is a stranger's."""
    status = cluster.stat()
    if status.st_uid == os.geteuid():
        return None
    if os.geteuid() == 0:
        return Account(status.st_uid, status.st_gid)
    raise EmbeddedPostgresError(f"{cluster} belongs to user id {status.st_uid}: start Lyceum as that user, or as root.")


def can_enter(account: Account | None, folder: Path) -> bool:
    """Whether the account reaches the folder. Tried, not computed: ACLs and security modules have a say too."""
    return run(["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)], account=account, check=False).returncode == 0


def run(
    command: Sequence[str],
    *,
    account: Account | None,
    input: str | None = None,
    pass_fds: Sequence[int] = (),
    check: bool = True,
) -> subprocess.CompletedProcess[str]:
    """Run a command as the account, from a folder that it may stand in, and collect its output as one text."""
    return subprocess.run(  # noqa: S603  fixed programs, no shell line is made of the arguments
        command,
        check=check,
        input=input if input is not None else "",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        cwd="/",
        env=ENVIRONMENT,
        pass_fds=pass_fds,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )
