"""What a learner sees of an item. Built by naming what is shown, so that a new secret field stays secret."""

from enum import StrEnum

from lyceum.assessment.domain.items.responses import Response
from lyceum.assessment.domain.scoring import Outcome, Score
from lyceum.assessment.domain.values import Html, Points, Value


class Show(StrEnum):
    """The parts of a review that a policy can let out. `key` is the right answer."""

    RESPONSES = "responses"
    CORRECTNESS = "correctness"
    SCORE = "score"
    KEY = "key"
    FEEDBACK = "feedback"
    EXPLANATION = "explanation"


NOTHING: frozenset[Show] = frozenset()


class OptionView(Value):
    """An option to choose."""

    id: str
    content: Html


class PartView(Value):
    """How an option did. `outcome` is null where correctness is not shown."""

    part: str
    chosen: bool
    outcome: Outcome | None
    feedback: Html


class ReviewView(Value):
    """What the review policy lets out about an answer; null or empty where it does not."""

    response: Response | None = None
    outcome: Outcome | None = None
    points: Points | None = None
    max_points: Points | None = None
    parts: tuple[PartView, ...] = ()
    feedback: tuple[Html, ...] = ()
    key: tuple[str, ...] | None = None
    explanation: Html | None = None


class ItemView(Value):
    """An item as a learner meets it. `options` are in the learner's own order, empty for items without options.

    `hints` are those the learner asked for; `hint_count` says how many there are. `review` is null until a review
    phase allows something.
    """

    type: str
    prompt: Html
    options: tuple[OptionView, ...] = ()
    hint_count: int = 0
    hints: tuple[Html, ...] = ()
    review: ReviewView | None = None


def review_view(
    show: frozenset[Show],
    *,
    response: Response | None,
    score: Score | None,
    key: tuple[str, ...],
    explanation: Html,
) -> ReviewView | None:
    """The parts of the review that `show` names; null if that is nothing at all."""
    if not show:
        return None
    scored = score is not None
    return ReviewView(
        response=response if Show.RESPONSES in show else None,
        outcome=score.outcome if score is not None and Show.CORRECTNESS in show else None,
        points=score.points if score is not None and Show.SCORE in show else None,
        max_points=score.max_points if score is not None and Show.SCORE in show else None,
        parts=tuple(_parts(score, show)) if score is not None else (),
        feedback=score.feedback if score is not None and Show.FEEDBACK in show else (),
        key=key if scored and Show.KEY in show else None,
        explanation=explanation if scored and Show.EXPLANATION in show else None,
    )


def _parts(score: Score, show: frozenset[Show]) -> list[PartView]:
    """An option that was left alone appears only with its feedback: its outcome alone would give the key away."""
    correctness, feedback = Show.CORRECTNESS in show, Show.FEEDBACK in show
    return [
        PartView(
            part=part.part,
            chosen=part.chosen,
            outcome=part.outcome if correctness else None,
            feedback=part.feedback if feedback else "",
        )
        for part in score.parts
        if (feedback and part.feedback) or (correctness and part.chosen and Show.RESPONSES in show)
    ]
