"""What everybody who provides course's ports promises: the services, and their remote twins over HTTP."""

from uuid import UUID, uuid4

import pytest

from lyceum.course.ports import (
    CourseAccess,
    CourseImports,
    CourseNotFound,
    CourseStructures,
    ImportNotFound,
    NotPublished,
)
from lyceum.kernel.errors import Conflict, NotAuthenticated, NotFound, PermissionDenied
from lyceum.kernel.ids import new_id
from lyceum.kernel.principal import ANONYMOUS, Grant, Principal, ScopeKind
from lyceum.testing.twins import twin


@pytest.fixture(params=["service", "remote"])
def port(request, harness):
    """Gives a port, served in the process or over HTTP."""

    def get(kind):
        service = harness.platform.ports.local(kind)
        return service if request.param == "service" else twin(kind, service, harness.module.spec.errors)

    return get


@pytest.fixture
async def course(harness, author, make):
    async with harness.client(author) as client:
        yield await make(client)


@pytest.mark.parametrize("kind", [CourseStructures, CourseAccess, CourseImports])
async def test_it_is_the_port(port, kind):
    assert isinstance(port(kind), kind)


async def test_a_published_structure_has_all_that_learners_see(port, course):
    structures = port(CourseStructures)
    quiz_id = uuid4()
    problem = await course.add("block", "Quiz", course.page, {"kind": "problem", "quiz_id": str(quiz_id)})
    await course.edit(
        problem,
        completion={"rule": "score", "share": "0.5"},
        requires=[course.block],
        available_from="2031-01-01T00:00Z",
        graded=True,
        due_at="2031-02-01T00:00Z",
    )
    hidden = await course.add("section", "Hidden", visibility="hidden")
    await course.published()
    structure = await structures.published_structure(course_id=UUID(course.id))
    assert (str(structure.course_id), structure.number, structure.title) == (course.id, 1, "Logic")
    [section] = structure.sections
    assert hidden != str(section.id) == course.section
    [page] = section.children[0].children
    text, quiz = page.children
    assert [node.kind for node in (section, section.children[0], page, text)] == ["section", "lesson", "page", "block"]
    assert (text.block_kind, text.completion.rule, text.quiz_id) == ("rich_text", "viewed", None)
    assert (quiz.block_kind, quiz.quiz_id, quiz.completion.rule) == ("problem", quiz_id, "score")
    assert (str(quiz.completion.share), list(map(str, quiz.requires))) == ("0.5", [course.block])
    assert (quiz.available_from.year, quiz.graded, quiz.due_at.month) == (2031, True, 2)
    assert (text.graded, text.due_at) == (False, None)


async def test_it_is_the_newest_version(port, course):
    structures = port(CourseStructures)
    for number in (1, 2):
        await course.published()
        assert (await structures.published_structure(course_id=UUID(course.id))).number == number


async def test_without_a_version_it_says_so(port, course):
    with pytest.raises(NotPublished):
        await port(CourseStructures).published_structure(course_id=UUID(course.id))
    with pytest.raises(CourseNotFound):
        await port(CourseStructures).published_structure(course_id=uuid4())


async def test_access_is_for_those_who_have_to_do_with_the_course(
    port, course, author, learner, users, as_user, harness
):
    access = port(CourseAccess)
    teacher = as_user(users.add())
    assert (await course.client.put(f"{course.path}/instructors/{teacher.user_id}", json={})).status_code == 204

    def on(scope, scope_id, permission):
        grant = Grant(scope=scope, scope_id=scope_id, permissions=frozenset({permission}))
        return Principal(user_id=users.add(), grants=(grant,))

    expected = [
        (author, True, True),
        (teacher, True, True),
        (learner, False, False),
        (ANONYMOUS, False, False),
        (as_user(users.add(), "course.course.edit"), True, True),
        (on(ScopeKind.COURSE, course.id, "course.course.instruct"), False, True),
        (on(ScopeKind.COURSE, uuid4(), "course.course.instruct"), False, False),
        (on(ScopeKind.ORGANISATION, uuid4(), "course.course.edit"), False, False),
    ]
    for actor, author_too, instructs in expected:
        assert await access.may_author(actor=actor, course_id=UUID(course.id)) is author_too
        assert await access.may_instruct(actor=actor, course_id=UUID(course.id)) is instructs
        assert await access.may_author(actor=actor, course_id=uuid4()) is False


async def test_an_enrolment_is_told_in_each_of_its_states(port, course, harness, learner, clock):
    access = port(CourseAccess)
    await course.published()
    assert await access.enrolment(user_id=learner.user_id, course_id=UUID(course.id)) is None
    async with harness.client(learner) as client:
        await client.post(f"{course.path}/enrolment")
        active = await access.enrolment(user_id=learner.user_id, course_id=UUID(course.id))
        assert (active.state, active.enrolled_at, str(active.course_id)) == ("active", clock.now(), course.id)
        await client.delete(f"{course.path}/enrolment")
    assert (await access.enrolment(user_id=learner.user_id, course_id=UUID(course.id))).state == "withdrawn"


async def test_an_import_begins_with_what_is_in_storage(port, harness, author, run_job):
    imports = port(CourseImports)
    storage = harness.platform.storage.objects
    await storage.put(key="uploads/a", content=b"no archive")
    import_id = await imports.begin_import(actor=author, file_name="a.zip", archive_key="uploads/a", publish=True)
    queued = await imports.import_status(import_id=import_id)
    assert (queued.id, queued.state, queued.stage, queued.problem) == (import_id, "queued", None, None)
    await run_job("course.import", import_id=str(import_id))
    failed = await imports.import_status(import_id=import_id)
    assert (failed.state, failed.problem["code"]) == ("failed", "course.archive-refused")
    assert [stored.key async for stored in storage.list()] == ["uploads/a"]


async def test_an_import_under_a_chosen_id_begins_once(port, harness, author, run_job):
    imports = port(CourseImports)
    await harness.platform.storage.objects.put(key="uploads/a", content=b"no archive")
    chosen = new_id()
    for _ in range(2):
        begun = await imports.begin_import(actor=author, file_name="a", archive_key="uploads/a", import_id=chosen)
        assert begun == chosen
    await run_job("course.import", import_id=str(chosen))
    assert await imports.begin_import(actor=author, file_name="a", archive_key="gone", import_id=chosen) == chosen
    assert (await imports.import_status(import_id=chosen)).state == "failed"


async def test_an_import_of_somebody_else_is_not_begun_again(port, harness, author, as_user):
    imports = port(CourseImports)
    storage = harness.platform.storage.objects
    await storage.put(key="uploads/a", content=b"one")
    chosen = await imports.begin_import(actor=author, file_name="a", archive_key="uploads/a", import_id=new_id())
    other = as_user(uuid4(), "course.course.create")
    for actor, refusal in ((other, Conflict), (ANONYMOUS, NotAuthenticated)):
        with pytest.raises(refusal):
            await imports.begin_import(actor=actor, file_name="b", archive_key="uploads/a", import_id=chosen)


async def test_an_import_is_refused_to_who_may_not(port, learner, author):
    imports = port(CourseImports)
    with pytest.raises(NotAuthenticated):
        await imports.begin_import(actor=ANONYMOUS, file_name="a", archive_key="uploads/a")
    with pytest.raises(PermissionDenied):
        await imports.begin_import(actor=learner, file_name="a", archive_key="uploads/a")
    with pytest.raises(NotFound):
        await imports.begin_import(actor=author, file_name="a", archive_key="uploads/a", format="olx")
    with pytest.raises(ImportNotFound):
        await imports.import_status(import_id=uuid4())
