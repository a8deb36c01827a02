"""From a bare machine to an environment with every package: what `tooling/run` and `tooling/test` share.

Needs Python and nothing else; uses the standard library only. The environment is `.venv` in the clone. Where there is
no uv, one is put into `.lyceum/tools`.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

TOP = Path(__file__).resolve().parent.parent
ENVIRONMENT = TOP / ".venv"
TOOLS = TOP / ".lyceum" / "tools"
UV = "uv>=0.9,<1"
_OLDEST_UV = (0, 9)


def prepare() -> Path:
    """Bring the environment in step with the lock file. Returns the path of uv; ends the process with a reason if it
    cannot be done.
    """
    uv = find_uv() or make_uv()
    with step("Installing what uv.lock names"):
        run_or_exit([str(uv), "sync", "--frozen", "--all-packages", "--all-extras", "--all-groups"])
    return uv


def hand_over_to_lyceum(arguments: Sequence[str]) -> NoReturn:
    """Become the `lyceum` command of the environment. Its data stays in the clone unless a setting says otherwise."""
    prepare()
    os.environ.setdefault("LYCEUM_DATA_DIR", str(TOP / ".lyceum"))
    lyceum = ENVIRONMENT / "bin" / "lyceum"
    os.execv(lyceum, [str(lyceum), *arguments])  # noqa: S606  the command of our own environment, no shell


def find_uv() -> Path | None:
    """A usable uv: on the PATH, or made by an earlier run."""
    for place in (shutil.which("uv"), _in_tools("bin/uv"), _in_tools("lib/bin/uv")):
        if place is not None and _is_usable(place):
            return Path(place)
    return None


def make_uv() -> Path:
    """Put uv into `.lyceum/tools`: in an environment of its own, or, where Python came without ensurepip, by pip."""
    with step("Getting uv, which installs the rest"):
        shutil.rmtree(TOOLS, ignore_errors=True)
        attempts: list[list[list[str]]] = [
            [
                [sys.executable, "-m", "venv", str(TOOLS)],
                [str(TOOLS / "bin" / "python"), "-m", "pip", "install", "--quiet", UV],
            ],
            [[sys.executable, "-m", "pip", "install", "--quiet", "--target", str(TOOLS / "lib"), UV]],
        ]
        said = []
        for attempt in attempts:
            for command in attempt:
                outcome = _run(command)
                if outcome.returncode:
                    said.append(f"$ {' '.join(command)}\n{outcome.stdout.strip()}")
                    break
            found = find_uv()
            if found is not None:
                return found
    sys.exit(
        "\n\n".join(said)
        + "\n\nuv could not be made. Either install it (https://docs.astral.sh/uv/), or give Python its venv module "
        + "(on Debian and Ubuntu: apt install python3-venv), and start again."
    )


def environment() -> dict[str, str]:
    """Variables for uv and the tools: this interpreter and no downloaded one, and the environment of this clone.

    Compiled files are kept whatever the user's habit: every process that the tests start would compile all anew.
    """
    left_out = ("VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE")
    variables = {name: value for name, value in os.environ.items() if name not in left_out}
    return variables | {
        "UV_PYTHON": sys.executable,
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_PROJECT_ENVIRONMENT": str(ENVIRONMENT),
        "PYTHONUNBUFFERED": "1",
    }


def run_or_exit(command: Sequence[str]) -> None:
    """Run a command quietly; if it fails, end the process with what it said."""
    outcome = _run(command)
    if outcome.returncode:
        sys.exit(f"\n$ {' '.join(command)}\n{outcome.stdout.strip()}")


@contextmanager
def step(title: str) -> Iterator[None]:
    """One line for something that takes a while: what it is, and how long it took."""
    print(f"{title} … ", end="", flush=True)
    start = time.monotonic()
    yield
    print(f"{time.monotonic() - start:.1f} s", flush=True)


def _in_tools(name: str) -> str | None:
    path = TOOLS / name
    return str(path) if path.exists() else None


def _is_usable(uv: str) -> bool:
    """Whether it runs (a shim of a version manager may have nothing behind it) and is new enough."""
    try:
        outcome = _run([uv, "--version"])
        version = tuple(int(part) for part in outcome.stdout.split()[1].split(".")[:2])
    except (OSError, ValueError, IndexError):
        return False
    return outcome.returncode == 0 and version >= _OLDEST_UV


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=TOP, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
