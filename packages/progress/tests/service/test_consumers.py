"""The consumers with their inbox, on a real database."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import text

from lyceum.course.ports import Answered, ScoreAtLeast


@pytest.fixture
def standing(harness, learner, build):
    async def read():
        return await harness.container.queries().standing(learner.user_id, build.course_id)

    return read


@pytest.fixture
def rows(harness):
    async def read(statement):
        async with harness.module.database.reading() as connection:
            return (await connection.execute(text(statement))).all()

    return read


async def number_of(harness, course_id):
    outline = await harness.container.outlines().newest(course_id)
    return outline and outline.number


class TestCourses:
    async def test_the_copy_is_of_what_is_published_now(self, harness, build, courses, deliver):
        courses.structures[build.course_id] = build.blocks("one", number=7)
        await deliver.published(build.blocks("one", number=6))
        assert await number_of(harness, build.course_id) == 7

    async def test_what_was_published_earlier_and_comes_later_changes_nothing(
        self, harness, build, courses, deliver, clock
    ):
        courses.structures[build.course_id] = build.blocks("new", number=2)
        await deliver.published(build.blocks("new", number=2), at=clock.now())
        courses.structures[build.course_id] = build.blocks("old", number=1)
        await deliver.published(build.blocks("old", number=1), at=clock.now() - timedelta(hours=1))
        assert await number_of(harness, build.course_id) == 2

    async def test_an_earlier_version_that_is_brought_back_is_the_one(self, harness, build, courses, deliver, clock):
        for number, hours in ((1, 0), (2, 1), (1, 2)):
            structure = build.blocks("one", number=number)
            courses.structures[build.course_id] = structure
            await deliver.published(structure, at=clock.now() + timedelta(hours=hours))
        assert await number_of(harness, build.course_id) == 1

    async def test_publishing_enqueues_the_search_for_those_who_are_done(self, build, courses, deliver, rows):
        courses.structures[build.course_id] = build.blocks("one")
        await deliver.published(build.blocks("one"))
        jobs = await rows("SELECT task_name, args ->> 'course_id' FROM progress.procrastinate_jobs")
        assert jobs == [("progress.settle-course", str(build.course_id))]

    async def test_a_course_that_publishes_nothing_any_more_is_passed_over(self, harness, build, deliver, rows):
        await deliver.published(build.blocks("one"))
        assert await number_of(harness, build.course_id) is None
        assert await rows("SELECT 1 FROM progress.dead_letters") == []

    async def test_the_job_completes_learners(self, harness, learner, build, taking, courses, deliver, clock, standing):
        await taking(build.blocks("one", "two"))
        await harness.container.log().note(
            user_id=learner.user_id, course_id=build.course_id, viewed=1, position=None, now=clock.now()
        )
        structure = build.blocks("one", number=2)
        courses.structures[build.course_id] = structure
        await deliver.published(structure, at=clock.now())
        jobs = {job.name: job for job in harness.module.spec.jobs(harness.container)}
        await jobs["progress.settle-course"].run(None, course_id=str(build.course_id))
        assert (await standing()).completed_at == clock.now()
        await jobs["progress.settle-all"].run(None)


class TestAnswers:
    @pytest.fixture
    def quiz(self, build):
        return build.id("quiz of exam")

    @pytest.fixture
    async def exam(self, build, taking):
        await taking(build.simple(build.page("page", build.problem("exam", ScoreAtLeast(share=Decimal("0.5"))))))

    async def test_they_complete_the_course_when_they_are_good_enough(
        self, exam, deliver, learner, build, quiz, standing, rows, clock
    ):
        await deliver(deliver.graded(learner.user_id, build.course_id, quiz, score="4.9", max_score="10"))
        assert (await standing()).completed_at is None
        await deliver(deliver.graded(learner.user_id, build.course_id, quiz, score="5.0", max_score="10"))
        assert (await standing()).completed_at == clock.now()
        events = await rows("SELECT type, subject, data FROM progress.outbox")
        assert events == [
            (
                "lyceum.progress.course.completed.v1",
                str(learner.user_id),
                {
                    "user_id": str(learner.user_id),
                    "course_id": str(build.course_id),
                    "number": 1,
                    "completed_at": clock.now().isoformat().replace("+00:00", "Z"),
                },
            )
        ]

    async def test_several_in_one_batch_and_each_of_them_twice_count_once(
        self, exam, deliver, learner, build, quiz, standing, rows
    ):
        graded = [deliver.graded(learner.user_id, build.course_id, quiz, score=str(score)) for score in (0, 1)]
        await deliver(*graded, *graded)
        await deliver(*graded)
        assert (await standing()).completed_at is not None
        assert len(await rows("SELECT 1 FROM progress.outbox")) == 1

    async def test_those_of_somebody_who_never_enrolled_are_ignored(self, exam, deliver, build, quiz, harness):
        stranger = uuid4()
        await deliver(deliver.graded(stranger, build.course_id, quiz))
        assert await harness.container.queries().standing(stranger, build.course_id) is None

    async def test_those_after_a_withdrawal_are_ignored(self, exam, deliver, learner, build, quiz, courses, standing):
        courses.enrol(learner.user_id, build.course_id, "withdrawn")
        await deliver.withdrew(learner.user_id, build.course_id)
        await deliver(deliver.graded(learner.user_id, build.course_id, quiz))
        assert (await standing()).facts.results == {}

    async def test_those_that_overtake_the_enrolment_count(self, deliver, learner, build, courses, standing, quiz):
        courses.structures[build.course_id] = build.simple(build.page("page", build.problem("exam", Answered())))
        courses.enrol(learner.user_id, build.course_id)
        await deliver(deliver.graded(learner.user_id, build.course_id, quiz, score="0"))
        assert (await standing()).completed_at is not None

    async def test_those_behind_a_closed_gate_count_once_it_opens(self, deliver, learner, build, taking, standing):
        await taking(
            build.simple(
                build.page("first", build.problem("a", Answered())),
                build.page("second", build.problem("b", Answered()), requires=["first"]),
            )
        )
        await deliver(deliver.graded(learner.user_id, build.course_id, build.id("quiz of b")))
        assert (await standing()).completed_at is None
        await deliver(deliver.graded(learner.user_id, build.course_id, build.id("quiz of a")))
        assert (await standing()).completed_at is not None

    async def test_those_in_no_course_are_nothing_to_us(self, exam, deliver, learner, quiz, standing, rows):
        await deliver(deliver.graded(learner.user_id, None, quiz))
        assert (await standing()).facts.results == {}
        assert await rows("SELECT 1 FROM progress.dead_letters") == []

    @pytest.mark.parametrize("score", ["NaN", "Infinity", "many", "1e999999999", None])
    async def test_those_that_make_no_sense_are_buried_at_once(
        self, exam, deliver, learner, build, quiz, standing, rows, score
    ):
        await deliver(deliver.graded(learner.user_id, build.course_id, quiz, score=score))
        assert (await standing()).facts.results == {}
        assert await rows("SELECT attempts FROM progress.dead_letters") == [(1,)]

    async def test_fields_that_we_do_not_know_are_no_reason_to_fail(
        self, exam, deliver, learner, build, quiz, standing
    ):
        graded = deliver.graded(learner.user_id, build.course_id, quiz)
        await deliver(graded.model_copy(update={"data": {**graded.data, "a field of next year": 1}}))
        assert (await standing()).completed_at is not None


class TestEnrolments:
    async def test_a_start_that_was_held_up_until_after_the_withdrawal_is_not_believed(
        self, deliver, learner, build, courses, standing
    ):
        courses.enrol(learner.user_id, build.course_id, "withdrawn")
        await deliver.withdrew(learner.user_id, build.course_id)
        await deliver.enrolled(learner.user_id, build.course_id)
        assert (await standing()).state == "withdrawn"

    async def test_coming_back_is_believed_when_course_says_so(
        self, deliver, learner, build, taking, courses, standing
    ):
        await taking(build.blocks("one"))
        courses.enrol(learner.user_id, build.course_id, "withdrawn")
        await deliver.withdrew(learner.user_id, build.course_id)
        assert (await standing()).state == "withdrawn"
        courses.enrol(learner.user_id, build.course_id)
        await deliver.enrolled(learner.user_id, build.course_id)
        assert (await standing()).state == "active"

    async def test_a_first_start_is_believed_without_asking(self, deliver, learner, build, courses, standing):
        await deliver.enrolled(learner.user_id, build.course_id)
        assert (await standing()).state == "active"
        assert courses.asked == []
