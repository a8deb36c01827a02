"""Multiple choice: check boxes."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, TypeAdapter

from lyceum.assessment.domain.items.base import BaseItem
from lyceum.assessment.domain.items.credit_rules import AllOrNothing, CreditRule
from lyceum.assessment.domain.items.options import Option, OptionId, movable, option_errors, require_known
from lyceum.assessment.domain.items.responses import ChoicesResponse, Response
from lyceum.assessment.domain.pointers import parsed
from lyceum.assessment.domain.scoring import Outcome, PartOutcome, Score
from lyceum.assessment.domain.values import AuthoringError, Html, Value

_RESPONSE = TypeAdapter(ChoicesResponse)


class TickedOption(Option):
    """An option that is right to tick or right to leave, with feedback for either act."""

    right: bool = False
    feedback_ticked: Html = ""
    feedback_left: Html = ""


class CombinationFeedback(Value):
    """Feedback for ticking exactly these options."""

    options: Annotated[tuple[OptionId, ...], Field(min_length=1)]
    feedback: Html


class MultipleChoice(BaseItem):
    """Any number of options. One at least is right: if leaving all were right, a blank would have to earn points."""

    kind: ClassVar[str] = "multiple_choice"
    type: Literal["multiple_choice"] = "multiple_choice"
    options: tuple[TickedOption, ...]
    shuffle: bool = True
    credit: CreditRule = AllOrNothing()
    combinations: tuple[CombinationFeedback, ...] = Field(default=(), max_length=100)

    def _key_errors(self) -> list[AuthoringError]:
        errors = option_errors(self.options)
        if not any(option.right for option in self.options):
            errors.append(AuthoringError(pointer="/options", detail="One option at least must be right"))
        known = {option.id for option in self.options}
        for index, combination in enumerate(self.combinations):
            if not known.issuperset(combination.options):
                pointer = f"/combinations/{index}/options"
                errors.append(AuthoringError(pointer=pointer, detail="The item has no such option"))
        return errors

    def parse_response(self, payload: object) -> Response | None:
        if payload is None:
            return None
        response = parsed(_RESPONSE, payload, 'The answer must look like {"options": ["…"]}')
        require_known(response.options, self.options, [f"/options/{index}" for index, _ in enumerate(response.options)])
        ticked = set(response.options)
        in_order = tuple(option.id for option in self.options if option.id in ticked)
        return ChoicesResponse(options=in_order) if in_order else None

    def score(self, response: Response | None) -> Score:
        options = frozenset(option.id for option in self.options)
        chosen = options.intersection(response.options) if isinstance(response, ChoicesResponse) else frozenset()
        if not chosen:
            return self._blank()
        credit = self.credit.credit(right=frozenset(self.key()), chosen=chosen, options=options)
        combined = next((each.feedback for each in self.combinations if chosen == set(each.options)), "")
        return self._score(
            credit, parts=tuple(_part(option, option.id in chosen) for option in self.options), own_feedback=combined
        )

    def right_response(self) -> Response | None:
        return ChoicesResponse(options=self.key())

    def key(self) -> tuple[str, ...]:
        return tuple(option.id for option in self.options if option.right)

    def movable_options(self) -> tuple[tuple[str, bool], ...]:
        return movable(self.options, self.shuffle)

    def option_contents(self) -> dict[str, Html]:
        return {option.id: option.content for option in self.options}


def _part(option: TickedOption, ticked: bool) -> PartOutcome:
    return PartOutcome(
        part=option.id,
        chosen=ticked,
        outcome=Outcome.RIGHT if option.right == ticked else Outcome.WRONG,
        feedback=option.feedback_ticked if ticked else option.feedback_left,
    )
