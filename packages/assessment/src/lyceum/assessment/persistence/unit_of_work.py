"""Assessment's transaction."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from sqlalchemy.ext.asyncio import AsyncSession

from lyceum.assessment.domain.errors import AttemptNotAllowed
from lyceum.assessment.domain.policies import Refusal
from lyceum.assessment.persistence.repository import (
    SqlAttempts,
    SqlBankItems,
    SqlBanks,
    SqlIntakes,
    SqlQuizzes,
)
from lyceum.kernel.errors import LyceumError
from lyceum.runtime.unit_of_work import SqlUnitOfWork


def _another_one_runs() -> AttemptNotAllowed:
    return AttemptNotAllowed(reason=Refusal.IN_PROGRESS.value, available_at=None)


class SqlAssessmentUnit(SqlUnitOfWork):
    conflicts: ClassVar[Mapping[str, Callable[[], LyceumError]]] = {
        "uq_attempts_running": _another_one_runs,
        "uq_attempts_quiz_id_user_id_number": _another_one_runs,
    }

    quizzes: SqlQuizzes
    banks: SqlBanks
    items: SqlBankItems
    attempts: SqlAttempts
    intakes: SqlIntakes

    def bind(self, session: AsyncSession) -> None:
        self.quizzes = SqlQuizzes(session)
        self.banks = SqlBanks(session)
        self.items = SqlBankItems(session)
        self.attempts = SqlAttempts(session)
        self.intakes = SqlIntakes(session)

    async def commit(self) -> None:
        await self.items.write_versions()
        await super().commit()
