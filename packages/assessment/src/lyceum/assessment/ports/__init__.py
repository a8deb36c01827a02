"""The published interface of assessment.

It also provides `ProblemIntake`, which course declares.
"""

from lyceum.assessment.ports.errors import AttemptNotFound, BankNotFound, ItemNotFound, QuizNotFound

__all__ = ["AttemptNotFound", "BankNotFound", "ItemNotFound", "QuizNotFound"]
