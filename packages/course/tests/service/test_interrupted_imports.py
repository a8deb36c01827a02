"""Imports that are interrupted at every single call to the world outside: done again, they lead to the same course."""

from typing import Any
from uuid import UUID

import pytest

from lyceum.course.domain.entities import Course, CourseImport, Draft, Node, TransferState
from lyceum.course.schemas.events import CoursePublished
from lyceum.course.services.importing import IMPORT_JOB
from lyceum.kernel.errors import PermissionDenied, Unavailable


class Interrupted(Exception):
    """The process dies here."""


class Fault:
    """Lets so many calls through, and fails at the next; every later one passes again."""

    def __init__(self, after: int | None = None, error: type[Exception] = Interrupted) -> None:
        self.after = after
        self.error = error
        self.calls: list[str] = []

    def pass_through(self, name: str) -> None:
        self.calls.append(name)
        if len(self.calls) - 1 == self.after:
            raise self.error()

    def on(self, target: Any) -> Any:
        """The same object, its async methods counted."""
        return _Breakable(target, self)


class _Breakable:
    def __init__(self, target: Any, fault: Fault) -> None:
        self._target = target
        self._fault = fault

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._target, name)

        async def call(*arguments: Any, **named: Any) -> Any:
            self._fault.pass_through(name)
            return await method(*arguments, **named)

        return call


def breakable_units(memory, fault):
    """Units whose commits can fail, before anything is kept."""

    def units():
        unit = memory.units()
        commit = unit.commit

        async def fragile() -> None:
            fault.pass_through("commit")
            await commit()

        unit.commit = fragile
        return unit

    return units


async def chunks(data: bytes):
    yield data


async def quiet(stage: str, done: int, total: int) -> None:
    pass


def outcome(memory, intake):
    """What there is of a course, in a form that two runs can be compared by."""
    return (
        sorted((course.slug, course.state, course.published_number) for course in memory.all(Course)),
        sorted((node.source, node.kind, node.title) for node in memory.all(Node)),
        [len(list(draft.walk())) for draft in memory.all(Draft)],
        sorted((asset.path, asset.sha256) for asset in memory.store.rows.get("assets", {}).values()),
        [row.number for row in memory.store.rows.get("versions", {}).values()],
        sorted(key.rpartition("/")[2] for key in memory.objects.objects),
        sorted(source for _, source in intake.quizzes),
        [type(event).__name__ for event in memory.store.events],
        [(each.state, each.report and each.report["counts"]) for each in memory.all(CourseImport)],
    )


def nothing_of_a_course(memory):
    return not any(memory.all(kind) for kind in (Course, Draft, Node)) and not any(
        memory.store.rows.get(name) for name in ("assets", "versions", "instructors")
    )


async def whole_run(services, memory, intake, requested, archive):
    request = await requested(archive, publish=True)
    await services.importing.run(request.id, report=quiet, last_attempt=True)
    return outcome(memory, intake)


async def test_an_import_makes_the_course_its_files_and_its_version(services, memory, intake, requested, archive):
    courses, nodes, sizes, assets, numbers, objects, quizzes, events, imports = await whole_run(
        services, memory, intake, requested, archive
    )
    assert courses == [("archived", "published", 1)]
    assert len(nodes) == sizes[0] == 7
    assert [path for path, _ in assets] == ["a.txt", "b/c.txt"]
    assert objects == sorted(sha256 for _, sha256 in assets)  # the archive itself is gone
    assert (numbers, quizzes, events) == ([1], ["problem-0", "problem-1"], [CoursePublished.__name__])
    assert imports[0][0] is TransferState.SUCCEEDED
    assert imports[0][1]["problem"]["imported"] == 2
    assert memory.store.jobs == [(IMPORT_JOB, {"import_id": str(memory.all(CourseImport)[0].id)})]


async def test_done_twice_it_is_done_once(services, memory, intake, requested, archive):
    first = await whole_run(services, memory, intake, requested, archive)
    await services.importing.run(memory.all(CourseImport)[0].id, report=quiet, last_attempt=True)
    assert outcome(memory, intake) == first


class World:
    """Persistence, storage and intake of their own, with a request for an import in them, that can be broken."""

    def __init__(self, build_services, memory, intake):
        self._build = build_services
        self.memory = memory
        self.intake = intake

    async def request(self, author, archive: bytes) -> CourseImport:
        importing = self._build(self.memory, problems=self.intake).importing
        return await importing.request(author, file_name="a.zip", content=chunks(archive), publish=True)

    def importing(self, fault: Fault) -> Any:
        return self._build(
            self.memory,
            units=breakable_units(self.memory, fault),
            objects=fault.on(self.memory.objects),
            problems=fault.on(self.intake),
        ).importing


@pytest.fixture
def new_world(memory, intake, build_services, author, archive):
    """Makes such worlds, with the id of the import in each."""

    async def make():
        world = World(build_services, type(memory)(), type(intake)())
        return world, (await world.request(author, archive)).id

    return make


async def test_killed_at_any_call_it_leaves_nothing_half_made_and_ends_the_same(new_world):
    counting = Fault()
    world, import_id = await new_world()
    await world.importing(counting).run(import_id, report=quiet, last_attempt=False)
    expected = outcome(world.memory, world.intake)
    assert {"commit", "fetch", "save", "take_in", "remove"} <= set(counting.calls)
    for after, name in enumerate(counting.calls):
        world, import_id = await new_world()
        with pytest.raises(Interrupted):
            await world.importing(Fault(after)).run(import_id, report=quiet, last_attempt=False)
        [record] = world.memory.all(CourseImport)
        assert record.state is TransferState.SUCCEEDED or nothing_of_a_course(world.memory), name
        await world.importing(Fault()).run(import_id, report=quiet, last_attempt=False)
        assert outcome(world.memory, world.intake) == expected, name


async def test_given_up_at_any_call_it_leaves_no_trace(new_world):
    counting = Fault()
    world, import_id = await new_world()
    await world.importing(counting).run(import_id, report=quiet, last_attempt=False)
    for after, name in enumerate(counting.calls):
        world, import_id = await new_world()
        with pytest.raises((Interrupted, Unavailable)):
            await world.importing(Fault(after, Unavailable)).run(import_id, report=quiet, last_attempt=True)
        # The first commit says that a worker is on it: before, the queue still has the job.
        await world.importing(Fault()).run(import_id, report=quiet, last_attempt=True)
        [record] = world.memory.all(CourseImport)
        if record.state is TransferState.SUCCEEDED:
            assert name in ("commit", "remove"), name
            continue
        assert record.problem["code"] == "unavailable"
        assert nothing_of_a_course(world.memory), name
        assert world.memory.objects.objects == {}, name
        assert world.intake.quizzes == {}, name
        assert world.memory.store.events == [], name


async def test_a_commit_that_arrived_although_its_answer_did_not_is_a_success(new_world):
    world, import_id = await new_world()

    class LostAnswer(Fault):
        def pass_through(self, name: str) -> None:
            self.calls.append(name)

    fault = LostAnswer()
    importing = world.importing(fault)
    units = importing._units

    def losing():
        unit = units()
        commit = unit.commit

        async def committed() -> None:
            await commit()
            if fault.calls.count("commit") == 2:
                raise Interrupted()

        unit.commit = committed
        return unit

    importing._units = losing
    with pytest.raises(Interrupted):
        await importing.run(import_id, report=quiet, last_attempt=True)
    await importing.run(import_id, report=quiet, last_attempt=True)
    [record] = world.memory.all(CourseImport)
    assert record.state is TransferState.SUCCEEDED
    assert world.intake.discarded == []
    assert len(world.intake.quizzes) == 2


async def test_a_name_that_somebody_takes_in_the_meantime_is_left_to_them(
    services, memory, intake, requested, archive, author, clock
):
    request = await requested(archive)
    # Taken after the import has looked, before it commits.
    taken = Course.create(
        course_id=UUID(int=1), title="X", slug="archived", language="en", created_by=author.user_id, now=clock.now()
    )
    attempts = 0

    def units():
        unit = memory.units()
        check = unit.check

        def raced() -> None:
            nonlocal attempts
            if unit._working.get(Course):
                attempts += 1
                if attempts == 1:
                    taken.version = 1
                    memory.store.aggregates.setdefault(Course, {})[taken.id] = taken
            check()

        unit.check = raced
        return unit

    services.importing._units = units
    await services.importing.run(request.id, report=quiet, last_attempt=False)
    assert attempts == 2
    [mine] = [course for course in memory.all(Course) if course.id != taken.id]
    assert mine.slug.startswith("archived-")
    assert memory.all(CourseImport)[0].state is TransferState.SUCCEEDED


async def test_what_is_no_archive_fails_at_once_and_without_a_trace(services, memory, intake, requested):
    request = await requested(b"no archive")
    await services.importing.run(request.id, report=quiet, last_attempt=False)
    [record] = memory.all(CourseImport)
    assert (record.state, record.problem["code"]) == (TransferState.FAILED, "course.archive-refused")
    assert nothing_of_a_course(memory)
    assert memory.objects.objects == {}
    assert intake.discarded == [request.id]


async def test_an_intake_that_loses_a_problem_is_not_believed(build_services, memory, intake, requested, archive):
    class Forgetful:
        discard = intake.discard

        async def take_in(self, *, course_id, import_id, problems):
            return (await intake.take_in(course_id=course_id, import_id=import_id, problems=problems))[:-1]

    request = await requested(archive)
    importing = build_services(memory, problems=Forgetful()).importing
    with pytest.raises(RuntimeError):
        await importing.run(request.id, report=quiet, last_attempt=True)
    assert memory.all(CourseImport)[0].state is TransferState.FAILED
    assert nothing_of_a_course(memory)


async def test_only_who_may_create_courses_imports_them(services, memory, learner):
    with pytest.raises(PermissionDenied):
        await services.importing.request(learner, file_name="a.zip", content=chunks(b"x"))
    assert memory.objects.objects == {}
    assert memory.store.jobs == []


async def test_a_request_that_cannot_be_recorded_keeps_no_archive(build_services, memory, author):
    importing = build_services(memory, units=breakable_units(memory, Fault(0))).importing
    with pytest.raises(Interrupted):
        await importing.request(author, file_name="a.zip", content=chunks(b"x"))
    assert memory.objects.objects == {}
