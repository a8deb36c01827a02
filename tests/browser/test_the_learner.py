"""From the first look at the Web App to a finished course."""

import secrets

import pytest
from acting.hands import Keyboard, Mouse
from acting.knowing import right_answers
from acting.learning import Learner
from acting.post import link_to

from tooling.browser.account import Account
from tooling.browser.visiting import SIZES, Visit

PASSWORD = "amber-window-sparrow-7"


HANDS = pytest.mark.parametrize("hands", [Mouse(), Keyboard()], ids=["with a mouse", "by keyboard"])


@pytest.fixture
def visit(browser, platform):
    visit = Visit(browser, platform.address, language="en", size=SIZES[1440])
    yield visit
    visit.close()


@pytest.fixture(scope="package")
def author(platform):
    return Account(platform.address, "author")


def answers_of(author, title):
    [course] = [each for each in author.get("/api/v1/catalogue")["items"] if each["title"] == title]
    return right_answers(author, course["id"])


@pytest.mark.parametrize(
    ("hands", "course", "pages"),
    [(Mouse(), "First steps in logic", 4), (Keyboard(), "Reading a chart", 3)],
    ids=["with a mouse", "by keyboard"],
)
def test_a_learner_signs_up_finds_an_imported_course_and_finishes_it(platform, author, visit, hands, course, pages):
    email = f"{secrets.token_hex(6)}@lyceum.example"
    learner = Learner(visit, hands)
    learner.arrives()
    learner.signs_up("Lou Learner", email, PASSWORD)
    learner.opens_the_link(link_to(platform, email))
    learner.signs_in(email, PASSWORD)
    learner.finds(course)
    learner.takes_it_up()
    assert learner.does_everything(answers_of(author, course)) == pages
    learner.has_finished(course)


@HANDS
def test_a_learner_takes_a_quiz_to_its_result(platform, author, stage, accounts, browser, hands):
    visit = Visit(browser, platform.address, language="en", size=SIZES[1440], account=accounts["learner"])
    learner = Learner(visit, hands)
    learner.opens(f"/learn/{stage['sums']}/{stage['quiz_page']}")
    learner.takes_the_quiz(right_answers(author, stage["sums"]))
    visit.close()
