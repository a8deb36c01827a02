"""How an author makes a course, and takes back what was published."""

import secrets

import pytest
from acting.hands import Keyboard, Mouse
from acting.managing import Manager

from lyceum_host.samples import PEOPLE
from tooling.browser.visiting import SIZES, Visit


@pytest.mark.parametrize("hands", [Mouse(), Keyboard()], ids=["with a mouse", "by keyboard"])
def test_an_author_makes_a_course_with_a_quiz_publishes_edits_and_reverts(browser, platform, hands):
    visit = Visit(browser, platform.address, language="en", size=SIZES[1440])
    author = Manager(visit, hands)
    author.signs_in(PEOPLE[1].email, PEOPLE[1].password)
    author.makes_a_course(f"Roots {secrets.token_hex(3)}")
    author.puts_a_section_first("Before roots", before="Roots")
    author.publishes(1)
    author.renames_what_is_open("Where roots come from")
    author.sees_the_change("Where roots come from")
    author.publishes(2)
    author.goes_back_to(1, becomes=3)
    visit.close()
