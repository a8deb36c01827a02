from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from lyceum.course.ports import ScoreAtLeast
from lyceum.progress.domain.entities import CompletionReached, CourseProgress
from lyceum.progress.domain.values import EnrolmentState

NOW = datetime(2030, 1, 15, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def learner(build):
    return CourseProgress.enrol(user_id=uuid4(), course_id=build.course_id, enrolled_at=NOW)


class TestPublishedCourse:
    def test_blocks_keep_their_numbers_when_the_course_is_rearranged(self, build, copied):
        course = copied(build.simple(build.page("page", build.block("one"), build.block("two"))))
        course.replace(
            build.simple(build.page("page", build.block("new"), build.block("two")), number=2), published_at=NOW
        )
        assert course.blocks == [build.id("one"), build.id("two"), build.id("new")]
        course.replace(build.simple(build.page("page", build.block("one")), number=1), published_at=LATER)
        assert course.outline().nodes[-1].blocks == 0b001

    def test_what_was_published_earlier_does_not_replace_what_came_later(self, build, copied):
        course = copied(build.simple(number=1))
        assert course.replace(build.simple(number=3), published_at=LATER)
        assert not course.replace(build.simple(number=2), published_at=NOW)
        assert course.structure.number == 3

    def test_an_earlier_number_published_again_replaces_a_later_one(self, build, copied):
        course = copied(build.simple(number=2))
        assert course.replace(build.simple(number=1), published_at=NOW)
        assert course.structure.number == 1


class TestAnswers:
    def test_the_best_share_of_several_attempts_counts(self, learner):
        quiz = uuid4()
        for score in (1, 3, 2):
            learner.answer(quiz, score=Decimal(score), max_score=Decimal(4), at=NOW)
        assert learner.results == {str(quiz): 750_000_000}

    def test_attempts_with_different_maxima_are_compared_by_share(self, learner):
        quiz = uuid4()
        learner.answer(quiz, score=Decimal(4), max_score=Decimal(10), at=NOW)
        learner.answer(quiz, score=Decimal(1), max_score=Decimal(2), at=NOW)
        assert learner.results == {str(quiz): 500_000_000}

    def test_an_answer_after_withdrawing_is_ignored(self, learner):
        learner.withdraw()
        learner.answer(uuid4(), score=Decimal(1), max_score=Decimal(1), at=NOW)
        assert learner.results == {}


class TestCompletion:
    def test_it_is_recorded_once(self, build, copied, learner):
        outline = copied(build.simple(build.page("page", build.block("block")))).outline()
        learner.viewed = 1
        learner.settle(outline, now=NOW)
        learner.settle(outline, now=LATER)
        assert learner.completed_at == NOW
        assert [type(event) for event in learner.collect_events()] == [CompletionReached]

    def test_it_waits_until_nothing_is_left(self, build, copied, learner):
        rule = ScoreAtLeast(share=Decimal("0.5"))
        outline = copied(build.simple(build.page("page", build.problem("exam", rule)))).outline()
        quiz = build.id("quiz of exam")
        learner.answer(quiz, score=Decimal(1), max_score=Decimal(3), at=NOW)
        learner.settle(outline, now=NOW)
        assert learner.completed_at is None
        learner.answer(quiz, score=Decimal(2), max_score=Decimal(3), at=NOW)
        learner.settle(outline, now=LATER)
        assert learner.completed_at == LATER

    def test_it_stays_when_a_later_version_asks_for_more(self, build, copied, learner):
        course = copied(build.simple(build.page("page", build.block("old"))))
        learner.viewed = 1
        learner.settle(course.outline(), now=NOW)
        course.replace(
            build.simple(build.page("page", build.block("old"), build.block("new")), number=2), published_at=LATER
        )
        learner.settle(course.outline(), now=LATER)
        assert learner.completed_at == NOW
        assert len(learner.collect_events()) == 1

    def test_somebody_who_withdrew_completes_nothing(self, build, copied, learner):
        learner.viewed = 1
        learner.withdraw()
        learner.settle(copied(build.simple(build.page("page", build.block("block")))).outline(), now=NOW)
        assert learner.completed_at is None
        assert learner.collect_events() == []


class TestEnrolment:
    def test_coming_back_keeps_what_was_done(self, learner):
        learner.viewed = 5
        learner.withdraw()
        learner.return_to(enrolled_at=LATER)
        assert (learner.state, learner.enrolled_at, learner.viewed) == (EnrolmentState.ACTIVE, LATER, 5)

    def test_enrolling_twice_changes_nothing(self, learner):
        learner.return_to(enrolled_at=LATER)
        assert learner.enrolled_at == NOW

    def test_learner_and_course_have_one_identity(self, learner):
        same = CourseProgress.enrol(user_id=learner.user_id, course_id=learner.course_id, enrolled_at=LATER)
        other = CourseProgress.enrol(user_id=uuid4(), course_id=learner.course_id, enrolled_at=NOW)
        assert same.id == learner.id != other.id
