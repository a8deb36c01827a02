"""Quizzes on their way in and out."""

from lyceum.assessment.domain.exchange.document import FORMAT, VERSION, content_hash, read_quiz, write_quiz
from lyceum.assessment.domain.exchange.draft import DraftBank, DraftDraw, DraftEntry, DraftItem, DraftSection, QuizDraft
from lyceum.assessment.domain.exchange.outcomes import Fate, ImportedQuiz, ItemOutcome, ProblemReader, Sanitise
from lyceum.assessment.domain.exchange.realising import NewQuiz, draft_of, realise

__all__ = [
    "FORMAT",
    "VERSION",
    "DraftBank",
    "DraftDraw",
    "DraftEntry",
    "DraftItem",
    "DraftSection",
    "Fate",
    "ImportedQuiz",
    "ItemOutcome",
    "NewQuiz",
    "ProblemReader",
    "QuizDraft",
    "Sanitise",
    "content_hash",
    "draft_of",
    "read_quiz",
    "realise",
    "write_quiz",
]
