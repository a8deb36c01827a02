"""Every use case says no to those whom it is not for, and to what it cannot do."""

from datetime import timedelta
from uuid import uuid4

import pytest

from lyceum.assessment.domain.attempt import Stamp
from lyceum.assessment.domain.bank import ItemFilter
from lyceum.assessment.domain.errors import (
    AttemptClosed,
    AttemptExpired,
    AttemptNotAllowed,
    HintNotFound,
    NothingToCheck,
    PracticeOnly,
    QuizNotReady,
    SlotNotFound,
    SlotSettled,
)
from lyceum.assessment.ports import AttemptNotFound, BankNotFound, ItemNotFound, QuizNotFound
from lyceum.course.ports import ForeignProblem, NotEnrolled
from lyceum.kernel.errors import NotAuthenticated, PermissionDenied, PreconditionFailed, ValidationFailed
from lyceum.kernel.ids import new_id
from lyceum.kernel.pagination import PageRequest, encode_cursor
from lyceum.kernel.principal import ANONYMOUS

RIGHT, WRONG = {"option": "b"}, {"option": "a"}
PAGE, FOREIGN, ANY = PageRequest(), PageRequest(cursor=encode_cursor(7)), ItemFilter()


def stamp(seq=1):
    return Stamp(seq=seq, client_id=uuid4())


async def test_authoring_is_for_the_authors_of_the_course(services, people, make_quiz):
    quiz = await make_quiz()
    authoring = services.authoring
    for actor, beginning, bank, item, content in (
        (ANONYMOUS, NotAuthenticated, NotAuthenticated, NotAuthenticated, NotAuthenticated),
        (people.stranger, PermissionDenied, BankNotFound, BankNotFound, QuizNotFound),
        (people.learner, PermissionDenied, BankNotFound, BankNotFound, QuizNotFound),
    ):
        for call, refusal in (
            (authoring.create_bank(actor, course_id=people.course_id, title="Mine"), beginning),
            (authoring.create_quiz(actor, course_id=people.course_id, content=quiz.content), beginning),
            (authoring.preview_item(actor, course_id=people.course_id, content=quiz.item), beginning),
            (authoring.banks(actor, course_id=people.course_id, page=PAGE), beginning),
            (authoring.items(actor, quiz.bank_id, page=PAGE, wanted=ANY), bank),
            (authoring.add_item(actor, quiz.bank_id, quiz.item), bank),
            (authoring.item(actor, quiz.item_id), item),
            (authoring.revise_item(actor, quiz.item_id, quiz.item, expected=None), item),
            (authoring.retire_item(actor, quiz.item_id), item),
            (authoring.quiz(actor, quiz.id), content),
            (authoring.change_quiz(actor, quiz.id, quiz.content, expected=None), content),
        ):
            with pytest.raises(refusal):
                await call


async def test_authors_cannot_change_what_is_not_there_or_not_valid_or_not_current(services, people, make_quiz):
    quiz = await make_quiz()
    authoring, author = services.authoring, people.author
    for call, refusal in (
        (authoring.items(author, uuid4(), page=PAGE, wanted=ANY), BankNotFound),
        (authoring.banks(author, course_id=people.course_id, page=FOREIGN), ValidationFailed),
        (authoring.items(author, quiz.bank_id, page=FOREIGN, wanted=ANY), ValidationFailed),
        (authoring.add_item(author, uuid4(), quiz.item), BankNotFound),
        (authoring.revise_item(author, uuid4(), quiz.item, expected=None), ItemNotFound),
        (authoring.retire_item(author, uuid4()), ItemNotFound),
        (authoring.quiz(author, uuid4()), QuizNotFound),
        (authoring.change_quiz(author, uuid4(), quiz.content, expected=None), QuizNotFound),
        (authoring.add_item(author, quiz.bank_id, {"type": "hologram"}), ValidationFailed),
        (authoring.revise_item(author, quiz.item_id, {"type": "hologram"}, expected=None), ValidationFailed),
        (authoring.create_quiz(author, course_id=people.course_id, content={"title": ""}), ValidationFailed),
        (authoring.change_quiz(author, quiz.id, {"title": ""}, expected=None), ValidationFailed),
        (authoring.preview_item(author, course_id=people.course_id, content={"type": "hologram"}), ValidationFailed),
        (
            authoring.preview_item(author, course_id=people.course_id, content=quiz.item, response={"option": "zz"}),
            ValidationFailed,
        ),
        (authoring.revise_item(author, quiz.item_id, quiz.item, expected=7), PreconditionFailed),
        (authoring.change_quiz(author, quiz.id, quiz.content, expected=7), PreconditionFailed),
    ):
        with pytest.raises(refusal):
            await call


async def test_a_quiz_asks_only_what_its_author_may_see(services, people, courses, make_quiz):
    theirs = await make_quiz()
    mine = new_id()
    courses.authors.add((people.stranger.user_id, mine))
    authoring = services.authoring

    def asking(*entries):
        return {"title": "Mine", "sections": [{"entries": list(entries)}]}

    quiz = await authoring.create_quiz(people.stranger, course_id=mine, content=asking())
    item = {"kind": "item", "item_id": str(theirs.item_id)}
    bank = {"kind": "draw", "bank_id": str(theirs.bank_id), "count": 1}
    for entry in (item, bank, item | {"item_id": str(uuid4())}, bank | {"bank_id": str(uuid4())}):
        for call in (
            authoring.create_quiz(people.stranger, course_id=mine, content=asking(entry)),
            authoring.change_quiz(people.stranger, quiz.id, asking(entry), expected=None),
        ):
            with pytest.raises(ValidationFailed) as refused:
                await call
            assert [error["pointer"] for error in refused.value.extensions["errors"]] == ["/sections/0/entries/0"]
    # Who teaches both courses takes questions from one to the other, and then they stay there.
    courses.authors.add((people.stranger.user_id, people.course_id))
    await authoring.change_quiz(people.stranger, quiz.id, asking(item, bank), expected=None)
    courses.authors.discard((people.stranger.user_id, people.course_id))
    changed = await authoring.change_quiz(people.stranger, quiz.id, asking(bank, item), expected=None)
    assert len(changed.content.sections[0].entries) == 2


async def test_a_quiz_is_for_those_who_take_its_course_or_teach_it(services, people, make_quiz):
    quiz = await make_quiz()
    attempting = services.attempting
    for actor, quiz_id, refusal in (
        (ANONYMOUS, quiz.id, NotAuthenticated),
        (people.stranger, quiz.id, NotEnrolled),
        (people.learner, uuid4(), QuizNotFound),
    ):
        for call in (attempting.standing(actor, quiz_id), attempting.start(actor, quiz_id)):
            with pytest.raises(refusal):
                await call
    assert (await attempting.start(people.author, quiz.id)).quiz_id == quiz.id


async def test_an_attempt_is_its_learners_own(services, people, make_quiz):
    quiz = await make_quiz(mode="practice")
    attempting = services.attempting
    mine = await attempting.start(people.learner, quiz.id)
    for actor, attempt_id, refusal in (
        (ANONYMOUS, mine.id, NotAuthenticated),
        (people.stranger, mine.id, AttemptNotFound),
        (people.author, mine.id, AttemptNotFound),
        (people.learner, uuid4(), AttemptNotFound),
    ):
        for call in (
            attempting.save_answer(actor, attempt_id, "1", stamp(), RIGHT),
            attempting.check(actor, attempt_id, "1", stamp(), RIGHT),
            attempting.take_hint(actor, attempt_id, "1", 1),
            attempting.submit(actor, attempt_id),
        ):
            with pytest.raises(refusal):
                await call
        if actor != people.author:
            with pytest.raises(refusal):
                await attempting.view(actor, attempt_id)
    assert (await attempting.view(people.author, mine.id)).id == mine.id


async def test_what_an_attempt_cannot_take_is_refused(services, people, make_quiz):
    attempting, learner = services.attempting, people.learner
    practice = await attempting.start(learner, (await make_quiz(mode="practice")).id)
    quiz = await attempting.start(learner, (await make_quiz()).id)
    for call, refusal in (
        (attempting.save_answer(learner, quiz.id, "9", stamp(), RIGHT), SlotNotFound),
        (attempting.save_answer(learner, quiz.id, "1", stamp(), {"option": "no such"}), ValidationFailed),
        (attempting.save_answer(learner, quiz.id, "1", stamp(), {"text": "b"}), ValidationFailed),
        (attempting.check(learner, quiz.id, "1", stamp(), RIGHT), PracticeOnly),
        (attempting.take_hint(learner, quiz.id, "1", 1), PracticeOnly),
        (attempting.check(learner, practice.id, "1", stamp(), None), NothingToCheck),
        (attempting.take_hint(learner, practice.id, "1", 2), HintNotFound),
    ):
        with pytest.raises(refusal):
            await call
    await attempting.submit(learner, quiz.id)
    with pytest.raises(AttemptClosed):
        await attempting.save_answer(learner, quiz.id, "1", stamp(), RIGHT)
    assert (await attempting.check(learner, practice.id, "1", stamp(), RIGHT)).state == "graded"
    with pytest.raises((SlotSettled, AttemptClosed)):
        await attempting.check(learner, practice.id, "1", stamp(2), WRONG)


@pytest.mark.parametrize(
    ("settings", "wait", "reason"),
    [
        ({"timing": {"opens_at": "2031-01-01T00:00:00Z"}}, None, "not_open_yet"),
        ({"timing": {"closes_at": "2029-01-01T00:00:00Z"}}, None, "closed"),
        ({"attempts": {"limit": 1}}, timedelta(days=9), "limit_reached"),
        ({"attempts": {"delay": 3600}}, timedelta(seconds=3599), "too_soon"),
    ],
)
async def test_no_attempt_starts_where_the_rules_forbid_it(services, people, make_quiz, clock, settings, wait, reason):
    quiz = await make_quiz(**settings)
    if wait is not None:
        await services.attempting.submit(people.learner, (await services.attempting.start(people.learner, quiz.id)).id)
        clock.advance(wait)
    assert (await services.attempting.standing(people.learner, quiz.id)).decision.refusal == reason
    with pytest.raises(AttemptNotAllowed) as refused:
        await services.attempting.start(people.learner, quiz.id)
    assert refused.value.extensions["reason"] == reason


async def test_a_quiz_whose_question_is_retired_cannot_be_started(services, people, make_quiz):
    quiz = await make_quiz()
    await services.authoring.retire_item(people.author, quiz.item_id)
    with pytest.raises(QuizNotReady):
        await services.attempting.start(people.learner, quiz.id)


async def test_the_clock_ends_an_attempt_at_the_stretched_limit_and_its_grace(
    services, people, make_quiz, clock, extra_time
):
    extra_time.factors[people.learner.user_id] = 2
    quiz = await make_quiz(timing={"time_limit": 60, "grace": 10})
    attempting = services.attempting
    attempt = await attempting.start(people.learner, quiz.id)
    assert attempt.expires_at == clock.now() + timedelta(seconds=120)
    clock.advance(timedelta(seconds=130))
    await attempting.save_answer(people.learner, attempt.id, "1", stamp(), RIGHT)
    assert await attempting.submit_overdue() == 0
    clock.advance(timedelta(seconds=1))
    with pytest.raises(AttemptExpired):
        await attempting.save_answer(people.learner, attempt.id, "1", stamp(2), WRONG)
    assert [await attempting.submit_overdue() for _ in range(2)] == [1, 0]
    ended = await attempting.view(people.learner, attempt.id)
    assert (ended.submitted_by, ended.submitted_at, str(ended.total.score)) == ("clock", attempt.expires_at, "1")


async def test_too_many_problems_at_once_are_refused(services):
    many = [ForeignProblem(source=f"{n}", format="olx", title="t", content="<problem/>") for n in range(51)]
    with pytest.raises(ValidationFailed):
        await services.intake.take_in(course_id=uuid4(), import_id=uuid4(), problems=many)
