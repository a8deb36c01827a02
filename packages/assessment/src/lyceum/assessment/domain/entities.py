"""The aggregates of assessment; each has a place of its own."""

from lyceum.assessment.domain.attempt import Attempt
from lyceum.assessment.domain.bank import Bank, BankItem
from lyceum.assessment.domain.quiz import Quiz

__all__ = ["Attempt", "Bank", "BankItem", "Quiz"]
