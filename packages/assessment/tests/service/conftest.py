"""The services on memory, with course and identity played by the tests."""

from types import SimpleNamespace

import pytest

from lyceum.assessment.adapters.importing import READERS
from lyceum.assessment.adapters.sanitising import sanitise_html
from lyceum.assessment.services.attempting import Attempting
from lyceum.assessment.services.authoring import Authoring
from lyceum.assessment.services.service import Intake
from lyceum.kernel.ids import new_id
from lyceum.kernel.principal import Principal


@pytest.fixture
def services(memory, courses, extra_time, clock):
    return SimpleNamespace(
        attempting=Attempting(units=memory.units, courses=courses, accommodations=extra_time, clock=clock),
        authoring=Authoring(units=memory.units, courses=courses, sanitise=sanitise_html, clock=clock),
        intake=Intake(units=memory.units, readers=READERS, sanitise=sanitise_html, clock=clock),
    )


@pytest.fixture
def people(courses):
    """A course with its author, a learner of it and a stranger."""
    course_id = new_id()
    author, learner, stranger = (Principal(user_id=new_id()) for _ in range(3))
    courses.authors.add((author.user_id, course_id))
    courses.learners.add((learner.user_id, course_id))
    return SimpleNamespace(course_id=course_id, author=author, learner=learner, stranger=stranger)


@pytest.fixture
def make_quiz(services, people):
    """Makes a quiz of one choice, of which `b` is right."""

    async def make(**settings):
        bank = await services.authoring.create_bank(people.author, course_id=people.course_id, title="Sums")
        options = [{"id": "a", "content": "Three", "credit": "0"}, {"id": "b", "content": "Four", "credit": "1"}]
        item = {"type": "single_choice", "prompt": "Two and two?", "options": options, "hints": ["Count"]}
        added = await services.authoring.add_item(people.author, bank.id, item)
        content = {
            "title": "Sums",
            "settings": settings,
            "sections": [{"entries": [{"kind": "item", "item_id": str(added.id)}]}],
        }
        quiz = await services.authoring.create_quiz(people.author, course_id=people.course_id, content=content)
        return SimpleNamespace(id=quiz.id, bank_id=bank.id, item_id=added.id, item=item, content=content)

    return make
