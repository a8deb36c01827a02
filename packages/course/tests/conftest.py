"""What course's tests share."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from lyceum.course.module import module
from lyceum.course.ports import ForeignProblem, ItemOutcome, ProblemIntake, ProblemReceipt
from lyceum.identity.ports import UserDirectory, UserNotFound, UserSummary
from lyceum.kernel.ids import new_id
from lyceum.kernel.principal import Grant, Principal, ScopeKind
from lyceum.runtime.module import ModuleSpec
from lyceum.testing.harness import ModuleHarness, module_harness

pytest_plugins = ["lyceum.testing.fixtures"]


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
    ports = {UserDirectory: users, ProblemIntake: intake}
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
