"""What course's tests share."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from hypothesis import settings

from lyceum.course.module import jobs, module
from lyceum.course.ports import ForeignProblem, ItemOutcome, ProblemIntake, ProblemReceipt
from lyceum.identity.ports import UserDirectory, UserNotFound, UserSummary
from lyceum.kernel.ids import new_id
from lyceum.kernel.principal import Grant, Principal, ScopeKind
from lyceum.runtime.module import ModuleSpec
from lyceum.runtime.wiring import guarded
from lyceum.testing.files import module_at
from lyceum.testing.harness import ModuleHarness, module_harness

settings.register_profile("course", deadline=None, max_examples=40)
settings.load_profile("course")


class UsersInMemory:
    """The directory, knowing whom the test added."""

    def __init__(self) -> None:
        self.users: dict[UUID, UserSummary] = {}

    def add(self, name: str = "Somebody") -> UUID:
        user = UserSummary(
            id=new_id(),
            email=f"{new_id().hex}@example.org",
            display_name=name,
            locale="en",
            time_zone="UTC",
            active=True,
        )
        self.users[user.id] = user
        return user.id

    async def get_user(self, *, user_id: UUID) -> UserSummary:
        if user_id not in self.users:
            raise UserNotFound()
        return self.users[user_id]

    async def find_user_by_email(self, *, email: str) -> UserSummary | None:
        return next((user for user in self.users.values() if user.email == email), None)

    async def find_users(self, *, user_ids: list[UUID]) -> list[UserSummary]:
        return [self.users[user_id] for user_id in user_ids if user_id in self.users]


class IntakeInMemory:
    """Keeps problems as they come: every one becomes a quiz of one item."""

    def __init__(self) -> None:
        self.quizzes: dict[tuple[UUID, str], tuple[UUID, ForeignProblem]] = {}
        self.discarded: list[UUID] = []

    async def take_in(
        self, *, course_id: UUID, import_id: UUID, problems: list[ForeignProblem]
    ) -> list[ProblemReceipt]:
        receipts = []
        for problem in problems:
            quiz_id, _ = self.quizzes.setdefault((import_id, problem.source), (new_id(), problem))
            outcome = ItemOutcome(source=problem.source, kind="item", outcome="imported")
            receipts.append(ProblemReceipt(source=problem.source, quiz_id=quiz_id, outcomes=(outcome,)))
        return receipts

    async def give_out(self, *, course_id: UUID, quiz_ids: list[UUID]) -> list[ForeignProblem]:
        known = dict(self.quizzes.values())
        return [known[quiz_id].model_copy(update={"source": str(quiz_id)}) for quiz_id in quiz_ids if quiz_id in known]

    async def discard(self, *, import_id: UUID) -> None:
        self.discarded.append(import_id)
        self.quizzes = {key: value for key, value in self.quizzes.items() if key[0] != import_id}


@pytest.fixture(scope="session")
def module_specs() -> tuple[ModuleSpec, ...]:
    return (module,)


@pytest.fixture
def users() -> UsersInMemory:
    return UsersInMemory()


@pytest.fixture
def intake() -> IntakeInMemory:
    return IntakeInMemory()


@pytest.fixture
async def harness(
    database_url: str, tmp_path: Path, users: UsersInMemory, intake: IntakeInMemory, clock
) -> AsyncIterator[ModuleHarness]:
    ports = {UserDirectory: guarded(UserDirectory, users), ProblemIntake: guarded(ProblemIntake, intake)}
    async with module_harness(module, database_url, data_dir=tmp_path, ports=ports, clock=clock) as harness:
        yield harness


def principal(user_id: UUID, *permissions: str) -> Principal:
    """Somebody signed in, with these permissions on the platform."""
    grant = Grant(scope=ScopeKind.PLATFORM, permissions=frozenset(permissions))
    return Principal(user_id=user_id, grants=(grant,) if permissions else ())


@pytest.fixture
def as_user():
    return principal


@pytest.fixture
def author(users: UsersInMemory) -> Principal:
    return principal(users.add("Ann Author"), "course.course.create")


@pytest.fixture
def learner(users: UsersInMemory) -> Principal:
    return principal(users.add("Lee Learner"))


@pytest.fixture
def memory() -> Any:
    """Persistence and object storage without a server."""
    return module_at(Path(__file__).parent / "service" / "memory.py").MemoryCourse()


class AuthoredCourse:
    """A course with one text, made over HTTP; the ids of its parts, and what authors do most."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.id = self.section = self.lesson = self.page = self.block = ""

    async def make(self, title: str) -> "AuthoredCourse":
        answer = await self.client.post("/api/v1/courses", json={"title": title})
        assert answer.status_code == 201, answer.text
        self.id = answer.json()["id"]
        self.slug = answer.json()["slug"]
        self.path = f"/api/v1/courses/{self.id}"
        self.section = await self.add("section", "Beginnings")
        self.lesson = await self.add("lesson", "Truth", self.section)
        self.page = await self.add("page", "Tables", self.lesson)
        self.block = await self.add("block", "Text", self.page, {"kind": "rich_text", "html": "<p>True</p>"})
        return self

    async def add(self, kind: str, title: str, parent: str | None = None, content: Any = None, **fields: Any) -> str:
        body = {"kind": kind, "title": title, "parent_id": parent, "content": content, **fields}
        answer = await self.client.post(f"{self.path}/draft/nodes", json=body, headers={"If-Match": "*"})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def edit(self, node: str, **change: Any) -> httpx.Response:
        path = f"{self.path}/draft/nodes/{node}"
        answer = await self.client.patch(path, json=change, headers={"If-Match": "*"})
        assert answer.status_code == 200, answer.text
        return answer

    async def publish(self) -> httpx.Response:
        return await self.client.post(f"{self.path}/versions", json={}, headers={"If-Match": "*"})

    async def published(self) -> "AuthoredCourse":
        answer = await self.publish()
        assert answer.status_code == 201, answer.text
        return self


@pytest.fixture
def make() -> Any:
    """Makes a course with one text, as `await make(client)`."""

    async def made(client: httpx.AsyncClient, title: str = "Logic") -> AuthoredCourse:
        return await AuthoredCourse(client).make(title)

    return made


class JobRun:
    """What a job gets; keeps the stages that it reports."""

    def __init__(self, *, last_attempt: bool = True) -> None:
        self.last_attempt = last_attempt
        self.stages: list[str] = []

    async def progress(self, *, stage: str, done: int | None = None, total: int | None = None) -> None:
        if stage not in self.stages:
            self.stages.append(stage)


@pytest.fixture
def run_job(harness: ModuleHarness) -> Any:
    """Runs a job as a worker does, by name and arguments; gives back its `JobRun`."""

    async def run(name: str, **arguments: str) -> JobRun:
        context = JobRun()
        [job] = [job for job in jobs(harness.container) if job.name == name]
        await job.run(context, **arguments)
        return context

    return run
