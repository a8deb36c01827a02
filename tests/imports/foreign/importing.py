"""An archive on its way in, and the course that came of it."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from uuid import UUID

import httpx

from lyceum.identity.ports import UserProvisioning
from lyceum.kernel.ids import new_id
from lyceum.kernel.principal import Grant, Principal, ScopeKind
from lyceum.runtime.composition import Platform
from lyceum.testing.harness import ModuleHarness
from lyceum.testing.mail import MemoryMailer
from lyceum_host.imports import begin_file, wait_for_import


def import_by_command(platform: Platform, path: Path, environment: dict[str, str]) -> "Course":
    """The course that `lyceum import-course` makes and publishes."""
    lyceum = Path(sys.executable).with_name("lyceum")
    done = subprocess.run(
        [lyceum, "import-course", path, "--publish", "--report", "json"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    return Course(platform, json.loads(done.stdout))


async def import_file(platform: Platform, path: Path) -> "Course":
    """The same without a process of its own, for where there are many archives."""
    status = await wait_for_import(platform, await begin_file(platform, path, publish=True))
    assert status.state == "succeeded", status.problem
    return Course(platform, {"course_id": str(status.course_id), **status.report})


class Course:
    """A course that was imported, with its loss report."""

    def __init__(self, platform: Platform, report: dict) -> None:
        self._platform = platform
        self.id = UUID(report["course_id"])
        self.counts: dict = report["counts"]
        self.items: list[dict] = report["items"]
        self.sources = {item["source"] for item in self.items}

    def totals(self, *kinds: str) -> list[int]:
        """How many things of these kinds there were, whatever became of them."""
        return [self.counts.get(kind, {}).get("total", 0) for kind in kinds]

    def fates(self, source: str, kind: str | None = None) -> list[str]:
        """What the report says of this, most often one thing."""
        return [item["outcome"] for item in self.items if item["source"] == source and kind in (None, item["kind"])]

    def check_report(self) -> None:
        """What is lost or changed has a reason, nothing is told twice, and the counts are those of the items."""
        assert [item for item in self.items if item["outcome"] != "imported" and not item["reason"]] == []
        told = Counter((item["kind"], item["source"]) for item in self.items)
        assert [each for each, times in told.items() if times > 1] == []
        counted = Counter((item["kind"], item["outcome"]) for item in self.items)
        claimed = {
            (kind, outcome): number
            for kind, counts in self.counts.items()
            for outcome, number in counts.items()
            if outcome != "total" and number
        }
        assert counted == claimed

    def client(self, module: str, principal: Principal) -> httpx.AsyncClient:
        harness = ModuleHarness(self._platform, self._platform.modules[module], self._platform.clock, MemoryMailer())
        return harness.client(principal)

    async def draft(self) -> list[dict]:
        """The sections with all below them, as the course's author sees them; hidden things are among them."""
        async with self.client("course", self._author()) as author:
            answer = await author.get(f"/api/v1/courses/{self.id}/draft")
        assert answer.status_code == 200, answer.text
        return answer.json()["sections"]

    async def quizzes(self) -> list[tuple[str, UUID]]:
        """Title and quiz of each problem, in the order of the course."""
        problems = [node for node in _nodes(await self.draft()) if node["block_kind"] == "problem"]
        found = []
        async with self.client("course", self._author()) as author:
            for node in problems:
                answer = await author.get(f"/api/v1/courses/{self.id}/draft/nodes/{node['id']}")
                found.append((node["title"], UUID(answer.json()["content"]["quiz_id"])))
        return found

    async def learner(self) -> Principal:
        """Somebody new who has enrolled in the course."""
        person = await self._platform.port(UserProvisioning).provision_user(
            email=f"{new_id().hex}@example.org", display_name="Lee Learner"
        )
        principal = Principal(user_id=person.id)
        async with self.client("course", principal) as client:
            answer = await client.post(f"/api/v1/courses/{self.id}/enrolment")
        assert answer.status_code < 300, answer.text
        return principal

    def _author(self) -> Principal:
        grant = Grant(scope=ScopeKind.PLATFORM, permissions=frozenset({"course.course.edit"}))
        return Principal(user_id=new_id(), grants=(grant,))


def _nodes(nodes: list[dict]) -> list[dict]:
    return [found for node in nodes for found in (node, *_nodes(node["children"]))]
