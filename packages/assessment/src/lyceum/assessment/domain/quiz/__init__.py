"""Quizzes: what they ask, how they are taken, and when they tell the result."""

from lyceum.assessment.domain.quiz.quiz import Quiz, QuizContent, parse_quiz_content
from lyceum.assessment.domain.quiz.review import (
    EVERYTHING,
    PRACTICE_REVIEW,
    QUIZ_REVIEW,
    Phase,
    ReviewPolicy,
    review_phase,
)
from lyceum.assessment.domain.quiz.sections import Entry, FixedItem, RandomDraw, Section
from lyceum.assessment.domain.quiz.settings import AttemptRules, Mode, QuizSettings, Timing

__all__ = [
    "EVERYTHING",
    "PRACTICE_REVIEW",
    "QUIZ_REVIEW",
    "AttemptRules",
    "Entry",
    "FixedItem",
    "Mode",
    "Phase",
    "Quiz",
    "QuizContent",
    "QuizSettings",
    "RandomDraw",
    "ReviewPolicy",
    "Section",
    "Timing",
    "parse_quiz_content",
    "review_phase",
]
