"""What a learner sees of an attempt, phase by phase."""

from datetime import timedelta
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lyceum.assessment.domain.attempt import Attempt, Stamp, attempt_view
from lyceum.assessment.domain.quiz import FixedItem, Quiz, QuizContent, QuizSettings, Section
from lyceum.assessment.domain.scoring import Outcome
from lyceum.assessment.domain.values import ItemRef

quickly = settings(max_examples=8, deadline=None)

REFS = [ItemRef(item_id=UUID(int=number), version=1) for number in (1, 2)]
TAB = UUID(int=9)
RIGHT, WRONG = {"option": "o0"}, {"option": "o1"}
MINUTE = timedelta(minutes=1)


class Sitting:
    """An attempt with what it takes to look at it."""

    def __init__(self, items, now, **settings):
        self.items = dict(zip(REFS, items, strict=True))
        self.settings = QuizSettings.model_validate(settings)
        section = Section(
            title="Part", introduction="Read", entries=tuple(FixedItem(item_id=ref.item_id) for ref in REFS)
        )
        content = QuizContent(title="Quiz", sections=(section,), settings=self.settings)
        quiz = Quiz.create(id=UUID(int=50), course_id=None, content=content, now=now)
        self.attempt = Attempt.start(
            id=UUID(int=70), quiz=quiz, user_id=UUID(int=80), previous=(), drawn=[REFS], items=self.items,
            seed=bytes(32), extra_time_factor=Fraction(1), now=now,
        )  # fmt: skip
        self.now = now

    def act(self, name, slot, payload):
        stamp = Stamp(seq=self.attempt.clock + 1, client_id=TAB)
        getattr(self.attempt, name)(slot, stamp, payload, items=self.items, now=self.now)

    def finish(self):
        self.attempt.submit(self.now)
        self.attempt.grade(self.items, self.now)

    def view(self, later=timedelta(0)):
        return attempt_view(self.attempt, self.settings, items=self.items, now=self.now + later)

    def slots(self, later=timedelta(0)):
        return self.view(later).sections[0].slots


@pytest.fixture
def sitting(choice, noon):
    def make(**settings):
        return Sitting([choice(hints=["first"], explanation="Since"), choice(weight=3)], noon, **settings)

    return make


@quickly
@given(data=st.data())
def test_a_quiz_under_way_shows_no_secret_of_any_item(data, twins, payloads, noon, secret):
    pairs = [data.draw(twins), data.draw(twins)]
    views = []
    for items in ([pair.first for pair in pairs], [pair.second for pair in pairs]):
        sitting = Sitting(items, noon)
        views.append(sitting.view())
        assert secret not in sitting.view().model_dump_json()
        assert "997" not in sitting.view().model_dump_json()
    assert views[0] == views[1]
    answered = Sitting([pair.first for pair in pairs], noon)
    answered.act("save_answer", "1", data.draw(payloads(pairs[0].first)))
    assert all(slot.item.review is None for slot in answered.slots())


def test_a_learner_finds_the_saved_answers_again(sitting):
    quiz = sitting()
    quiz.act("save_answer", "1", WRONG)
    assert quiz.slots()[0].response.option == "o1"
    assert (quiz.view().clock, quiz.view().total) == (1, None)
    assert (quiz.view().sections[0].title, quiz.view().sections[0].introduction) == ("Part", "Read")


def test_after_submitting_the_policy_decides_what_is_shown(sitting, noon):
    quiz = sitting(
        timing={"closes_at": noon + 60 * MINUTE},
        review={"immediately_after": ["score"], "while_open": [], "after_close": ["responses", "correctness", "key"]},
    )
    quiz.act("save_answer", "1", WRONG)
    quiz.finish()
    now = quiz.slots()[0]
    assert (now.item.review.points, now.item.review.max_points, now.item.review.outcome, now.response) == (
        0,
        1,
        None,
        None,
    )
    assert quiz.view().total.max_score == 4
    later = quiz.slots(10 * MINUTE)[0]
    assert (later.item.review, later.response, quiz.view(10 * MINUTE).total) == (None, None, None)
    closed = quiz.slots(60 * MINUTE)[0].item.review
    assert (closed.outcome, closed.key, closed.points, closed.explanation) == (Outcome.WRONG, ("o0",), None, None)


def test_a_submitted_attempt_that_is_not_graded_shows_no_key(sitting):
    quiz = sitting()
    quiz.attempt.submit(quiz.now)
    assert quiz.slots()[0].item.review.key is None
    assert quiz.view().total is None


def test_practice_tells_about_a_question_once_it_was_checked(sitting):
    practice = sitting(
        mode="practice", review={"during": ["responses", "correctness", "feedback", "key", "explanation"]}
    )
    practice.act("save_answer", "2", WRONG)
    practice.act("check", "1", WRONG)
    checked, unchecked = practice.slots()
    assert checked.item.review.outcome is Outcome.WRONG
    assert unchecked.item.review is None
    assert (checked.item.review.key, checked.item.review.explanation) == (None, None)


def test_practice_shows_key_and_explanation_once_the_question_is_settled(sitting):
    practice = sitting(mode="practice", review={"during": ["key", "explanation"]}, attempts={"check_limit": 2})
    practice.act("check", "1", WRONG)
    assert (practice.slots()[0].checks_left, practice.slots()[0].settled) == (1, False)
    practice.act("check", "1", WRONG)
    settled = practice.slots()[0]
    assert (settled.checks_left, settled.settled) == (0, True)
    assert (settled.item.review.key, settled.item.review.explanation) == (("o0",), "Since")


def test_hints_show_as_far_as_they_were_taken(sitting):
    practice = sitting(mode="practice")
    assert (practice.slots()[0].item.hint_count, practice.slots()[0].item.hints) == (1, ())
    practice.attempt.take_hint("1", 1, items=practice.items, now=practice.now)
    assert practice.slots()[0].item.hints == ("first",)


def test_the_review_shows_the_response_that_counted(sitting):
    practice = sitting(mode="practice")
    practice.act("check", "1", RIGHT)
    practice.act("check", "2", WRONG)
    practice.finish()
    reviewed = practice.slots()[0].item.review
    assert (reviewed.response.option, reviewed.points) == ("o0", 1)
