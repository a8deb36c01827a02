"""What can go wrong with quizzes and attempts. Each error says one fact and has a code of its own."""

from lyceum.kernel.errors import Conflict, NotFound


class QuizNotReady(Conflict):
    """An attempt cannot be put together: an item is missing, or a bank holds fewer items than a draw takes."""

    code = "assessment.quiz-not-ready"
    title = "The quiz cannot be taken yet"


class AttemptNotAllowed(Conflict):
    """The learner may not start an attempt now. Extensions: `reason`, `available_at` (or null)."""

    code = "assessment.attempt-not-allowed"
    title = "No attempt may be started now"


class SlotNotFound(NotFound):
    """The attempt has no such question."""

    code = "assessment.slot-not-found"
    title = "The attempt has no such question"


class HintNotFound(NotFound):
    """There is no such hint, or the one before it has not been taken."""

    code = "assessment.hint-not-found"
    title = "There is no such hint"


class AttemptClosed(Conflict):
    """The attempt has been submitted; its answers stay as they are."""

    code = "assessment.attempt-closed"
    title = "The attempt has been submitted"


class AttemptExpired(Conflict):
    """The time is over, and the grace too. Extensions: `expired_at`."""

    code = "assessment.attempt-expired"
    title = "The time for this attempt is over"


class SlotSettled(Conflict):
    """The question has been answered rightly, or no check is left for it."""

    code = "assessment.slot-settled"
    title = "This question takes no more answers"


class NothingToCheck(Conflict):
    """A blank is not checked, so that it does not use up a check."""

    code = "assessment.nothing-to-check"
    title = "Answer the question first"


class PracticeOnly(Conflict):
    """Checks and hints exist in practice, not in a quiz."""

    code = "assessment.practice-only"
    title = "This is possible in practice only"


class NotSubmitted(Conflict):
    """Only a submitted attempt can be graded."""

    code = "assessment.not-submitted"
    title = "The attempt has not been submitted"
