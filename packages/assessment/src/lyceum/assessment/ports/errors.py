"""What other modules and clients can meet."""

from lyceum.kernel.errors import NotFound


class QuizNotFound(NotFound):
    code = "assessment.quiz-not-found"
    title = "There is no such quiz"


class AttemptNotFound(NotFound):
    code = "assessment.attempt-not-found"
    title = "There is no such attempt"


class BankNotFound(NotFound):
    code = "assessment.bank-not-found"
    title = "There is no such question bank"


class ItemNotFound(NotFound):
    code = "assessment.item-not-found"
    title = "There is no such question"
