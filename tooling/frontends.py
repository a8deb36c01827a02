"""The front ends in `apps/`: whether this machine can build them, their packages, installed once per lock file, and
their builds, made once per content.
"""

import fcntl
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tooling.bootstrap import TOP, step

APPS = TOP / "apps"
OLDEST_NODE = (20, 19)
LOCK = APPS / "package-lock.json"
# Says for which lock file and which Node the packages beside it were installed.
STAMP = APPS / "node_modules" / ".lyceum-installed"
# The longest first.
CHECKS = {
    "jest": "test",
    "eslint": "lint",
    "tsc": "typecheck",
    "api client": "check:client",
    "locales": "check:locales",
}
BUILDS = {"web": "the Web App", "admin": "the Admin Portal"}
# What may change a build: the app's own source, what it shares with the other, and how both are built.
_SHARED_SOURCE = ("shared", "package-lock.json", "tsconfig.json", "vite.shared.ts", "precompress.ts")
_NOT_SOURCE = frozenset({"node_modules", "dist"})


def obstacle() -> str | None:
    """Why the front ends cannot be built here; null where they can."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return "Node.js with npm is missing"
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    found = re.match(r"v(\d+)\.(\d+)", version)
    if found is None or (int(found[1]), int(found[2])) < OLDEST_NODE:
        return f"Node.js is {version or 'broken'}, and {'.'.join(map(str, OLDEST_NODE))} or newer is needed"
    return None


def install() -> None:
    """Put what the lock file names into `apps/node_modules`, unless it is there already.

    Raises `CalledProcessError` where npm fails, and `RuntimeError` where the lock file does not fit the manifests.
    """
    wanted = fingerprint()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    before = LOCK.read_bytes()
    # Not `npm ci`: it refuses a lock file that does not name the optional binaries of platforms nobody could see.
    subprocess.run(["npm", "install", "--no-progress", "--loglevel=error"], cwd=APPS, check=True)
    if locked(LOCK.read_bytes()) != locked(before):
        raise RuntimeError("npm changed apps/package-lock.json: commit it together with the manifests")
    LOCK.write_bytes(before)
    STAMP.write_text(wanted)


def provide() -> None:
    """Build the front ends if that can be done here and their source has changed; say what is missing otherwise.

    Never ends the process: the API runs without them.
    """
    if not stale():
        return
    reason = obstacle()
    if reason is not None:
        print(f"The Web App and the Admin Portal cannot be built: {reason}. The API runs without them.", flush=True)
        return
    try:
        if not STAMP.exists() or STAMP.read_text() != fingerprint():
            print("Installing the packages of the front ends:", flush=True)
            install()
        with STAMP.with_name(".lyceum-building").open(
            "w"
        ) as lock:  # another process may have come here at the same moment
            fcntl.flock(lock, fcntl.LOCK_EX)
            for app in stale():
                with step(f"Building {BUILDS[app]}"):
                    _build(app)
    except (subprocess.CalledProcessError, RuntimeError, OSError) as error:
        said = getattr(error, "stdout", None) or str(error)
        print(f"\nThe front ends could not be built. The API runs without them.\n{said.strip()}", flush=True)


def main(task: str) -> int:
    """Two of the checks: `install`, and `build`, which makes what is stale and weighs it. Returns the exit code."""
    try:
        if task == "install":
            install()
            return 0
        for app in stale():
            print(f"Building {BUILDS[app]}", flush=True)
            _build(app)
    except (subprocess.CalledProcessError, RuntimeError) as error:
        print(getattr(error, "stdout", None) or error)
        return 1
    return subprocess.run(["npm", "run", "--silent", "check:budgets"], cwd=APPS, check=False).returncode


def stale() -> list[str]:
    """The apps that are not built from their source as it is now."""
    return [app for app in BUILDS if not _is_built(app)]


def source_hash(app: str) -> str:
    """Changes with the content of every file that the build of `app` can read."""
    digest = hashlib.sha256()
    for place in (app, *_SHARED_SOURCE):
        for path in _files(APPS / place):
            digest.update(f"{path.relative_to(APPS)}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _is_built(app: str) -> bool:
    stamp = _build_stamp(app)
    return stamp.exists() and stamp.read_text() == source_hash(app)


def _build(app: str) -> None:
    source = source_hash(app)
    command = ["npm", "run", "build", "-w", f"@lyceum/{app}"]
    subprocess.run(command, cwd=APPS, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=True)
    _build_stamp(app).write_text(source)


def _build_stamp(app: str) -> Path:
    """Lies in the build, so that it goes with it. The host serves nothing that begins with a dot."""
    return APPS / app / "dist" / ".lyceum-source"


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    elif place.is_dir():
        for path in sorted(place.iterdir()):
            if path.name not in _NOT_SOURCE and not path.is_symlink():
                yield from _files(path)


def locked(content: bytes) -> dict[str, tuple[str | None, str | None]]:
    """Version and checksum of each package of a lock file. The rest, such as what is only for development, npm works
    out anew with every installation, and not always in the same way.
    """
    packages = json.loads(content).get("packages", {})
    return {path: (package.get("version"), package.get("integrity")) for path, package in packages.items()}


def fingerprint() -> str:
    """Changes with what would be installed."""
    digest = hashlib.sha256(subprocess.run(["node", "--version"], capture_output=True, check=True).stdout)
    for path in manifests():
        digest.update(path.read_bytes())
    return digest.hexdigest()


def manifests() -> Iterator[Path]:
    """The lock file and every manifest of the workspace."""
    yield LOCK
    yield APPS / "package.json"
    for pattern in ("web/package.json", "admin/package.json", "shared/*/package.json"):
        yield from sorted(APPS.glob(pattern))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "build"))
