"""What `.gitlab-ci.yml` does for each package."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from rules.declared import declared
from rules.source import project

_JOBS_BESIDE = {"everything", "contracts", "event schemas", "versions", "wheels"}
_NIGHTLY = "oldest releases"


def read_pipeline(root: Path) -> dict[str, Any]:
    """The pipeline as GitLab reads it."""
    pipeline: dict[str, Any] = yaml.safe_load((root / ".gitlab-ci.yml").read_text())
    return pipeline


def stands_on(root: Path) -> dict[str, set[str]]:
    """For each package the folders whose change can break its tests: its own and those that it depends on."""
    folders = [path.parent for path in root.glob("packages/*/pyproject.toml")]
    names = {project(folder)["project"]["name"]: folder.name for folder in folders}
    direct = {folder.name: _needed(folder, names) for folder in folders}
    return {package: _reached(package, direct) for package in direct}


def pipeline_problems(pipeline: Mapping[str, Any], needs: Mapping[str, set[str]]) -> Iterator[str]:
    """Packages without a job, and jobs that sleep through a change of what their package stands on."""
    jobs = {job["variables"]["PACKAGE"]: job for job in pipeline.values() if _tests_package(job)}
    for package in sorted(needs.keys() - jobs.keys()):
        yield f"{package} has no job"
    for package in sorted(jobs.keys() - needs.keys()):
        yield f"there is a job for {package}, and no such package"
    for package in sorted(jobs.keys() & needs.keys()):
        watched = _watched(jobs[package])
        if missing := needs[package] - watched:
            yield f"the job of {package} sleeps through changes of {', '.join(sorted(missing))}"
    nightly = pipeline.get(_NIGHTLY, {})
    tested = {name for row in nightly.get("parallel", {}).get("matrix", []) for name in row.get("PACKAGE", [])}
    if tested != needs.keys():
        yield f"every night tests {sorted(tested)}"
    if not any("lowest-direct" in line for line in nightly.get("script", [])):
        yield "no night tests the oldest releases"
    for job in sorted(_JOBS_BESIDE - pipeline.keys()):
        yield f"there is no job called {job}"


def _tests_package(job: Any) -> bool:
    return isinstance(job, dict) and job.get("extends") == ".package"


def _watched(job: Mapping[str, Any]) -> set[str]:
    patterns = [pattern for rule in job.get("rules", []) for pattern in rule.get("changes", [])]
    folders = [re.fullmatch(r"packages/\{?([\w,]+)\}?/\*\*/\*", pattern) for pattern in patterns]
    return {name for match in folders if match for name in match[1].split(",")}


def _needed(folder: Path, names: Mapping[str, str]) -> set[str]:
    table = project(folder)
    in_tests = {
        name for line in table.get("dependency-groups", {}).get("test", []) for name in re.findall(r"^[\w-]+", line)
    }
    return {names[name] for name in declared(folder, extras=True) | in_tests if name in names}


def _reached(package: str, direct: Mapping[str, set[str]]) -> set[str]:
    reached = {package}
    while more := {other for name in reached for other in direct[name]} - reached:
        reached |= more
    return reached
