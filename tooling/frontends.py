"""The front ends in `apps/`: whether this machine can build them, and their packages, installed once per lock file."""

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tooling.bootstrap import TOP

APPS = TOP / "apps"
OLDEST_NODE = (20, 19)
LOCK = APPS / "package-lock.json"
# Says for which lock file and which Node the packages beside it were installed.
STAMP = APPS / "node_modules" / ".lyceum-installed"
CHECKS = {
    "tsc": "typecheck",
    "eslint": "lint",
    "jest": "test",
    "api client": "check:client",
    "locales": "check:locales",
    "vite build": "build",
    "budgets": "check:budgets",
}


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
