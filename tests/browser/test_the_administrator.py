"""What an administrator does about people and about events that got stuck."""

import pytest
from acting.hands import Keyboard, Mouse
from acting.managing import Manager

from lyceum_host.samples import PEOPLE
from tooling.browser.burying import bury_an_event
from tooling.browser.visiting import SIZES, Visit

HANDS = pytest.mark.parametrize(
    ("hands", "role"), [(Mouse(), "Author"), (Keyboard(), "Learner")], ids=["with a mouse", "by keyboard"]
)


@HANDS
def test_an_administrator_gives_a_role_and_replays_a_dead_letter(browser, platform, stage, hands, role):
    letter = bury_an_event(platform.database_url)
    visit = Visit(browser, platform.address, language="en", size=SIZES[1440])
    manager = Manager(visit, hands)
    manager.signs_in(PEOPLE[0].email, PEOPLE[0].password)
    manager.gives_a_role("Ines Instructor", role)
    manager.replays_a_dead_letter(letter)
    visit.close()
