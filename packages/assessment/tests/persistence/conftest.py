"""Units of both kinds, and something stored in them."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from lyceum.assessment.domain.bank import Bank, BankItem
from lyceum.assessment.domain.quiz import FixedItem, Quiz, QuizContent, QuizSettings, Section

NOW = datetime(2030, 1, 15, 12, tzinfo=UTC)


@pytest.fixture(params=["memory", "sql"])
def units(request):
    if request.param == "memory":
        return request.getfixturevalue("memory").units
    return request.getfixturevalue("harness").container.units


@pytest.fixture
def stored(units, choice):
    """Stores a bank of two items and a quiz of the first; gives bank, items and quiz."""

    async def store(course_id=None, **settings):
        course_id = course_id or uuid4()
        bank = Bank(id=uuid4(), title="Bank", course_id=course_id, created_at=NOW)
        made = [BankItem.create(id=uuid4(), bank_id=bank.id, content=choice(f"{n}"), now=NOW) for n in range(2)]
        content = QuizContent(
            title="Quiz",
            sections=(Section(entries=(FixedItem(item_id=made[0][0].id),)),),
            settings=QuizSettings.model_validate(settings),
        )
        quiz = Quiz.create(id=uuid4(), course_id=course_id, content=content, now=NOW)
        async with units() as unit:
            unit.banks.add(bank)
            for item, version in made:
                unit.items.add(item, version)
            unit.quizzes.add(quiz)
            await unit.commit()
        return bank, [item for item, _ in made], quiz

    return store
