"""What everybody who provides assessment's port promises: the service, and its remote twin over HTTP."""

from uuid import uuid4

import pytest

from lyceum.course.ports import ForeignProblem, ProblemIntake
from lyceum.kernel.errors import ValidationFailed
from lyceum.testing.twins import twin

CHOICE = """<problem><multiplechoiceresponse><label>Two and two?</label><choicegroup>
<choice correct="false">Three</choice><choice correct="true">Four</choice></choicegroup></multiplechoiceresponse>
<formularesponse answer="x"/></problem>"""
FORMULA = "<problem><formularesponse answer='x'/></problem>"


@pytest.fixture(params=["service", "remote"])
def intake(request, harness):
    service = harness.platform.ports.local(ProblemIntake)
    return service if request.param == "service" else twin(ProblemIntake, service, harness.module.spec.errors)


def problem(source, content, **settings):
    return ForeignProblem(source=source, format="olx", title="Sum", content=content, settings=settings)


async def test_it_is_the_port(intake):
    assert isinstance(intake, ProblemIntake)


async def test_there_is_one_receipt_for_each_problem_in_their_order(intake):
    problems = [problem("b", FORMULA), problem("a", CHOICE, max_attempts=2, weight=1.5), problem("c", "<problem")]
    receipts = await intake.take_in(course_id=uuid4(), import_id=uuid4(), problems=problems)
    assert [(receipt.source, receipt.quiz_id is None) for receipt in receipts] == [
        ("b", True),
        ("a", False),
        ("c", True),
    ]
    outcomes = [(each.source, each.kind, each.outcome, bool(each.reason)) for each in receipts[1].outcomes]
    assert outcomes == [
        ("a#1", "multiplechoiceresponse", "imported", False),
        ("a#2", "formularesponse", "dropped", True),
    ]
    assert await intake.take_in(course_id=uuid4(), import_id=uuid4(), problems=[]) == []


async def test_the_same_problem_of_the_same_import_is_the_same_quiz(intake):
    course_id, import_id = uuid4(), uuid4()
    first = await intake.take_in(course_id=course_id, import_id=import_id, problems=[problem("a", CHOICE)])
    more = [problem("b", CHOICE), problem("a", CHOICE)]
    again = await intake.take_in(course_id=course_id, import_id=import_id, problems=more)
    assert again[1] == first[0]
    other = await intake.take_in(course_id=course_id, import_id=uuid4(), problems=[problem("a", CHOICE)])
    assert len({first[0].quiz_id, again[0].quiz_id, other[0].quiz_id}) == 3


async def test_fifty_at_a_time_are_taken_and_no_more(intake):
    many = [problem(f"{number}", FORMULA) for number in range(51)]
    assert len(await intake.take_in(course_id=uuid4(), import_id=uuid4(), problems=many[:50])) == 50
    with pytest.raises(ValidationFailed):
        await intake.take_in(course_id=uuid4(), import_id=uuid4(), problems=many)


async def test_only_the_quizzes_of_the_course_are_given_out(intake):
    course_id = uuid4()
    [receipt] = await intake.take_in(course_id=course_id, import_id=uuid4(), problems=[problem("a", CHOICE)])
    wanted = [receipt.quiz_id, uuid4()]
    [given] = await intake.give_out(course_id=course_id, quiz_ids=wanted)
    assert (given.source, given.format, given.title) == (str(receipt.quiz_id), "lyceum-quiz", "Sum")
    assert await intake.give_out(course_id=uuid4(), quiz_ids=wanted) == []


async def test_what_is_discarded_is_gone_and_may_be_discarded_again(intake):
    course_id, import_id, other = uuid4(), uuid4(), uuid4()
    [gone] = await intake.take_in(course_id=course_id, import_id=import_id, problems=[problem("a", CHOICE)])
    [kept] = await intake.take_in(course_id=course_id, import_id=other, problems=[problem("a", CHOICE)])
    for _ in range(2):
        await intake.discard(import_id=import_id)
    given = await intake.give_out(course_id=course_id, quiz_ids=[gone.quiz_id, kept.quiz_id])
    assert [each.source for each in given] == [str(kept.quiz_id)]
