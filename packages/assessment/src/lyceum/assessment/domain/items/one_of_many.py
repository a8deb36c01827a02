"""What the items share of which exactly one option is chosen."""

from pydantic import TypeAdapter

from lyceum.assessment.domain.items.base import BaseItem
from lyceum.assessment.domain.items.options import Option, movable, option_errors, require_known
from lyceum.assessment.domain.items.responses import ChoiceResponse, Response
from lyceum.assessment.domain.pointers import parsed
from lyceum.assessment.domain.scoring import PartOutcome, Score, outcome_of
from lyceum.assessment.domain.values import AuthoringError, Credit, Html, exact

_RESPONSE = TypeAdapter(ChoiceResponse)


class CreditedOption(Option):
    """An option with the credit that choosing it earns: 1 for a right one, 0 for a wrong one, between for partly."""

    credit: Credit = exact(0)
    feedback: Html = ""


class OneOfMany(BaseItem):
    """Exactly one option is chosen and earns its own credit."""

    options: tuple[CreditedOption, ...]
    shuffle: bool = True

    def _key_errors(self) -> list[AuthoringError]:
        errors = option_errors(self.options)
        if not any(option.credit == 1 for option in self.options):
            errors.append(AuthoringError(pointer="/options", detail="One option at least must earn full credit"))
        return errors

    def parse_response(self, payload: object) -> Response | None:
        if payload is None:
            return None
        response = parsed(_RESPONSE, payload, 'The answer must look like {"option": "…"}')
        if not response.option:
            return None
        require_known([response.option], self.options, ["/option"])
        return response

    def score(self, response: Response | None) -> Score:
        if not isinstance(response, ChoiceResponse):
            return self._blank()
        chosen = next((option for option in self.options if option.id == response.option), None)
        if chosen is None:
            return self._blank()
        part = PartOutcome(part=chosen.id, chosen=True, outcome=outcome_of(chosen.credit), feedback=chosen.feedback)
        return self._score(chosen.credit, parts=(part,))

    def right_response(self) -> Response | None:
        return ChoiceResponse(option=self.key()[0]) if self.key() else None

    def key(self) -> tuple[str, ...]:
        return tuple(option.id for option in self.options if option.credit == 1)

    def movable_options(self) -> tuple[tuple[str, bool], ...]:
        return movable(self.options, self.shuffle)

    def option_contents(self) -> dict[str, Html]:
        return {option.id: option.content for option in self.options}
