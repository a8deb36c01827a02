"""Where the data lies: below the home of the server, or, where its account cannot go, in a place of root's choosing.

As root, the server runs under an account that cannot enter a clone below a folder of mode 0700. Its data then lies
below `/var/lib/lyceum-embedded`, and the home has a file `location` that leads there. No mode of a folder that was
there before is changed.

The base folder holds one `data/<key>` per home: `origin` names the home, `cluster` is PostgreSQL's data directory, and
`throwaway` marks data that may go when its home is gone.
"""

import hashlib
import os
import secrets
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from lyceum.runtime.embedded.account import Account, can_enter
from lyceum.runtime.embedded.errors import EmbeddedPostgresError
from lyceum.runtime.embedded.lifetime import START_LOCK, is_held, locked

CLUSTER = "cluster"
LOCATION = "location"
THROWAWAY = "throwaway"
_ORIGIN = "origin"
_LOCK = ".lock"
_BASES = (Path("/var/lib/lyceum-embedded"), Path("/var/tmp/lyceum-embedded"))  # noqa: S108  ownership is checked


def shared_base(account: Account | None) -> Path:
    """A folder of root's own that the account can enter. Raises `EmbeddedPostgresError` where there is none."""
    for base in _BASES:
        with suppress(OSError):
            if not base.exists():
                _make_base(base)
            status = base.lstat()
            if status.st_uid == os.geteuid() and not status.st_mode & 0o022 and can_enter(account, base):
                return base
    raise EmbeddedPostgresError(
        "No place was found for the data that root and the server's account can both reach; tried "
        f"{' and '.join(map(str, _BASES))}. Set LYCEUM_DATABASE_URL, or use a data folder that everybody may enter."
    )


def _make_base(base: Path) -> None:
    """Make the folder under another name first: nobody sees it half made, and the first of several to finish wins."""
    made = Path(tempfile.mkdtemp(prefix=f"{base.name}.", dir=base.parent))
    made.chmod(0o755)
    try:
        made.rename(base)
    except OSError:
        made.rmdir()  # somebody else was faster, and has begun to use theirs


def existing_cluster(home: Path) -> Path | None:
    """The data directory of this home, if it has been made. Raises `EmbeddedPostgresError` for a broken link."""
    place = _linked(home)
    if place is None:
        inside = home / CLUSTER
        return inside if inside.exists() else None
    cluster = place / CLUSTER
    if not cluster.exists():
        raise EmbeddedPostgresError(
            f"The data of {home} was in {cluster}, which is gone. Delete {home / LOCATION} to begin without it."
        )
    origin = Path((place / _ORIGIN).read_text())
    if origin != home:
        if _linked(origin) == place:
            raise EmbeddedPostgresError(
                f"{home} is a copy of {origin}, and both lead to the data in {place}. "
                f"Delete {home / LOCATION} to begin with an empty database."
            )
        (place / _ORIGIN).write_text(str(home))  # it was moved
    return cluster


def building_site(home: Path, account: Account | None, *, throwaway: bool) -> Path:
    """A path at which a new data directory can be made, on the file system where it will stay."""
    if account is None or can_enter(account, home):
        return home / f"{CLUSTER}.new"
    base = shared_base(account)
    data = base / "data"
    # Random besides the path: the data of a home that was moved away, or deleted by mistake, stays as it is.
    place = data / f"{hashlib.sha256(os.fsencode(home)).hexdigest()[:12]}-{secrets.token_hex(4)}"
    with locked(base / _LOCK):
        if not data.exists():
            data.mkdir()
            data.chmod(0o755)
        _clear_up(data)
        place.mkdir()
        place.chmod(0o711)
        if throwaway:
            (place / THROWAWAY).touch()
        (place / _ORIGIN).write_text(str(home))
    return place / f"{CLUSTER}.new"


def place_cluster(built: Path, home: Path) -> Path:
    """Put a finished data directory where it stays, and return that path."""
    if built.parent == home:
        return built.rename(home / CLUSTER)
    with locked(built.parents[2] / _LOCK):
        cluster = built.rename(built.parent / CLUSTER)
        link = home / f"{LOCATION}.new"
        link.write_text(str(built.parent))
        link.rename(home / LOCATION)
    return cluster


def remove_cluster(home: Path) -> None:
    """Delete the data of this home, if there is any."""
    doomed = _linked(home) or home / CLUSTER
    while doomed.exists():
        with suppress(FileNotFoundError):  # somebody else was faster with a part of it
            shutil.rmtree(doomed)
    (home / LOCATION).unlink(missing_ok=True)


def _linked(home: Path) -> Path | None:
    try:
        return Path((home / LOCATION).read_text())
    except (FileNotFoundError, NotADirectoryError):
        return None


def _clear_up(data: Path) -> None:
    """Remove what no home leads to: throw-away data (killed test runs leave such), and data that was never finished."""
    for place in data.iterdir():
        origin = place / _ORIGIN
        if origin.exists():
            home = Path(origin.read_text())
            if _linked(home) == place or is_held(home / START_LOCK):  # in use, or being made at this moment
                continue
        if not origin.exists() or (place / THROWAWAY).exists() or not (place / CLUSTER).exists():
            shutil.rmtree(place, ignore_errors=True)
