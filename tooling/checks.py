"""The checks of the whole repository, and the tests of one package alone."""

import argparse
import os
import subprocess
import sys
import time
import tomllib
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tooling import bootstrap, frontends
from tooling.bootstrap import ENVIRONMENT, TOP

# Python without the ending, which ruff and mypy would pass over.
_SCRIPTS = ["tooling/run", "tooling/screenshots", "tooling/test"]


class Check(NamedTuple):
    """A command of the environment; it passes when it exits with 0."""

    name: str
    command: list[str]
    folder: Path = TOP
    # The name of an earlier one that has to pass first.
    needs: str | None = None


class Outcome(NamedTuple):
    name: str
    passed: bool
    seconds: float

    def __str__(self) -> str:
        return f"{self.name} {'ok' if self.passed else 'FAILED'} {self.seconds:.0f} s"


class Skipped(NamedTuple):
    """Something that could not be checked."""

    name: str
    reason: str

    def __str__(self) -> str:
        return f"{self.name} SKIPPED: {self.reason}"


def main(arguments: Sequence[str]) -> int:
    """Run what the arguments ask for. Returns the exit code: 0 when everything passed."""
    parser = argparse.ArgumentParser(prog="tooling/test", description="Runs every check of the repository.")
    parser.add_argument("--package", metavar="NAME", help="only this package's tests, in an environment of its own")
    chosen, pytest_arguments = parser.parse_known_args(arguments)
    try:
        if chosen.package is not None:
            return test_package(chosen.package, pytest_arguments)
        bootstrap.prepare()
        installation, checks, skipped = frontend_checks()
        return run_all([*installation, *quick_checks(), *checks], [pytest_check(pytest_arguments)], skipped)
    except KeyboardInterrupt:
        return 130


def quick_checks() -> list[Check]:
    """What reads the Python sources without running them, the longest first."""
    return [
        Check("mypy", ["mypy"]),
        Check("lint-imports", ["lint-imports"]),
        Check("ruff check", ["ruff", "check", ".", *_SCRIPTS]),
        Check("ruff format", ["ruff", "format", "--check", ".", *_SCRIPTS]),
    ]


def frontend_checks() -> tuple[list[Check], list[Check], list[Skipped]]:
    """Installing what the apps in TypeScript need, and their checks, the longest first; or why there are none."""
    reason = frontends.obstacle()
    if reason is not None:
        return [], [], [Skipped("front ends", reason)]
    module = [sys.executable, "-m", "tooling.frontends"]
    installation = Check("npm packages", [*module, "install"])
    checks = [
        Check(name, ["npm", "run", "--silent", script], frontends.APPS, needs=installation.name)
        for name, script in frontends.CHECKS.items()
    ]
    builds = Check("builds and budgets", [*module, "build"], needs=installation.name)
    return [installation], [*checks[:2], builds, *checks[2:]], []


def pytest_check(arguments: Sequence[str]) -> Check:
    """All tests in Python, on two cores; tests that share a running platform stay together.

    Generated input is the same in every run and takes the time that it takes; `pytest` by itself looks further.
    """
    shared_out = ["-n", "2", "--dist", "loadscope", "--no-loadscope-reorder", "--durations=20"]
    return Check("pytest", ["pytest", *shared_out, "--hypothesis-profile=ci", *arguments])


def run_all(pairs: Sequence[Check], alone: Sequence[Check], skipped: Sequence[Skipped] = ()) -> int:
    """Run them all, whatever fails on the way; end with one line on all of them, and on what was not checked.

    Of `pairs` two run at the same time, each on a core, and show what they said when they have ended. Those `alone`
    come after them, one by one, and use both cores themselves.
    """
    variables = bootstrap.environment()
    variables["PATH"] = os.pathsep.join([str(ENVIRONMENT / "bin"), variables.get("PATH", os.defpath)])
    variables["MYPYPATH"] = os.pathsep.join(map(str, [*TOP.glob("packages/*/src"), *TOP.glob("apps/*/src")]))
    outcomes: list[Outcome] = []
    left_out = list(skipped)
    with ThreadPoolExecutor(2) as pool:
        # One that is needed was submitted before those that wait for it, so that there is always one that goes on.
        running: dict[str | None, Future[tuple[Outcome, str] | Skipped]] = {}
        for check in pairs:
            running[check.name] = pool.submit(_run_after, running.get(check.needs), check, variables)
        for ended in running.values():
            result = ended.result()
            if isinstance(result, Skipped):
                left_out.append(result)
                continue
            outcome, said = result
            print(f"\n── {outcome.name}\n{said}", end="", flush=True)
            outcomes.append(outcome)
    for check in alone:
        print(f"\n── {check.name}", flush=True)
        outcomes.append(_run(check, variables, None)[0])
    print("\n" + " · ".join(map(str, [*outcomes, *left_out])), flush=True)
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def _run_after(
    needed: Future[tuple[Outcome, str] | Skipped] | None, check: Check, variables: dict[str, str]
) -> tuple[Outcome, str] | Skipped:
    before = needed.result() if needed is not None else None
    if before is not None and (isinstance(before, Skipped) or not before[0].passed):
        return Skipped(check.name, f"it needs {check.needs}")
    return _run(check, variables, subprocess.PIPE)


def _run(check: Check, variables: dict[str, str], output: int | None) -> tuple[Outcome, str]:
    start = time.monotonic()
    ended = subprocess.run(
        check.command, cwd=check.folder, env=variables, stdout=output, stderr=subprocess.STDOUT, text=True, check=False
    )
    return Outcome(check.name, ended.returncode == 0, time.monotonic() - start), ended.stdout or ""


def test_package(name: str, pytest_arguments: Sequence[str]) -> int:
    """Run a package's tests with nothing installed but what the package declares."""
    folder = TOP / "packages" / name
    if not (folder / "pyproject.toml").exists():
        sys.exit(f"There is no package {name} in packages/.")
    project = tomllib.loads((folder / "pyproject.toml").read_text())
    distribution = project["project"]["name"]
    if "test" not in project.get("dependency-groups", {}):
        sys.exit(f"{distribution} declares no dependency group `test`, so nothing would be there to test it with.")
    uv = bootstrap.find_uv() or bootstrap.make_uv()
    command = [str(uv), "run", "--isolated", "--frozen", "--package", distribution, "--all-extras", "--group", "test"]
    command += ["pytest", f"packages/{name}/tests", *pytest_arguments]
    return subprocess.run(command, cwd=TOP, env=bootstrap.environment(), check=False).returncode
