"""What all items have in common."""

from abc import abstractmethod
from collections.abc import Sequence
from fractions import Fraction
from typing import ClassVar

from pydantic import Field

from lyceum.assessment.domain.items.responses import Response
from lyceum.assessment.domain.items.views import NOTHING, ItemView, OptionView, Show, review_view
from lyceum.assessment.domain.scoring import Outcome, PartOutcome, Score, outcome_of
from lyceum.assessment.domain.values import MAX_TITLE, AuthoringError, Html, Line, Value, Weight

MAX_HINTS = 20


class Feedback(Value):
    """What a learner is told about the answer as a whole. `general` is for every answer, a blank included."""

    general: Html = ""
    right: Html = ""
    partly: Html = ""
    wrong: Html = ""

    def of(self, outcome: Outcome) -> tuple[Html, ...]:
        """The texts for this outcome, in the order to show them."""
        specific = {Outcome.RIGHT: self.right, Outcome.PARTLY: self.partly, Outcome.WRONG: self.wrong}
        return tuple(text for text in (specific.get(outcome, ""), self.general) if text)


class BaseItem(Value):
    """A question with its key. It never changes; an edit makes a new version of it (see `bank`).

    `title` is for authors alone. `hints` are handed out one after the other when a learner asks. `explanation` is the
    worked solution.
    """

    kind: ClassVar[str]

    title: Line = Field(default="", max_length=MAX_TITLE)
    prompt: Html
    weight: Weight = Fraction(1)
    hints: tuple[Html, ...] = Field(default=(), max_length=MAX_HINTS)
    feedback: Feedback = Feedback()
    explanation: Html = ""

    def authoring_errors(self) -> list[AuthoringError]:
        """What keeps this item from being used, in the order of its fields."""
        errors = []
        if not self.prompt.strip():
            errors.append(AuthoringError(pointer="/prompt", detail="An item needs a prompt"))
        errors += [
            AuthoringError(pointer=f"/hints/{index}", detail="A hint may not be blank")
            for index, hint in enumerate(self.hints)
            if not hint.strip()
        ]
        return errors + self._key_errors()

    @abstractmethod
    def _key_errors(self) -> list[AuthoringError]:
        """What is wrong with options and key."""

    @abstractmethod
    def parse_response(self, payload: object) -> Response | None:
        """The response in `payload`, null for a blank. Raises `ValidationFailed`, its pointers relative to it."""

    @abstractmethod
    def score(self, response: Response | None) -> Score:
        """What the response earns. It must come from `parse_response` of an item of this type."""

    @abstractmethod
    def right_response(self) -> Response | None:
        """A response that earns full marks; null where the key holds only patterns."""

    @abstractmethod
    def key(self) -> tuple[str, ...]:
        """The right answers for a review: ids of options, texts, numbers or ranges."""

    def movable_options(self) -> tuple[tuple[str, bool], ...]:
        """The ids of the options as written, each with whether a shuffle may move it. Empty without options."""
        return ()

    def option_contents(self) -> dict[str, Html]:
        """What to show for each option."""
        return {}

    def learner_view(
        self,
        *,
        option_order: Sequence[str] = (),
        hints_taken: int = 0,
        show: frozenset[Show] = NOTHING,
        response: Response | None = None,
        score: Score | None = None,
    ) -> ItemView:
        """The item for a learner: no key, weight or feedback but for what `show` lets out.

        `option_order` is the order frozen in the attempt; options that it does not name are not shown.
        """
        contents = self.option_contents()
        order = option_order or tuple(contents)
        return ItemView(
            type=self.kind,
            prompt=self.prompt,
            options=tuple(OptionView(id=option, content=contents[option]) for option in order),
            hint_count=len(self.hints),
            hints=self.hints[:hints_taken],
            review=review_view(show, response=response, score=score, key=self.key(), explanation=self.explanation),
        )

    def _score(self, credit: Fraction, *, parts: tuple[PartOutcome, ...] = (), own_feedback: Html = "") -> Score:
        """The score of an answer that was given."""
        outcome = outcome_of(credit)
        return Score(
            points=self.weight * credit,
            max_points=self.weight,
            outcome=outcome,
            parts=parts,
            feedback=((own_feedback,) if own_feedback else ()) + self.feedback.of(outcome),
        )

    def _blank(self) -> Score:
        """The score of no answer, the same for every type and rule: nothing."""
        return Score(
            points=Fraction(0),
            max_points=self.weight,
            outcome=Outcome.BLANK,
            feedback=self.feedback.of(Outcome.BLANK),
        )
