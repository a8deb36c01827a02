"""How much a set of ticked options earns. None of the rules is asked about a blank, which never earns anything."""

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from lyceum.assessment.domain.values import Exact, Value


class AllOrNothing(Value):
    """Full credit for exactly the right options, none for anything else."""

    rule: Literal["all_or_nothing"] = "all_or_nothing"

    def credit(self, *, right: frozenset[str], chosen: frozenset[str], options: frozenset[str]) -> Fraction:
        return Fraction(chosen == right)


class PerRightOption(Value):
    """Each right option earns an equal part; each wrong one takes `deduction` times such a part; never below nothing.

    The deduction must be positive: without it, ticking everything would earn everything.
    """

    rule: Literal["per_right_option"] = "per_right_option"
    deduction: Annotated[Exact, Field(gt=0, le=100)] = Fraction(1)

    def credit(self, *, right: frozenset[str], chosen: frozenset[str], options: frozenset[str]) -> Fraction:
        earned = len(chosen & right) - self.deduction * len(chosen - right)
        return max(Fraction(0), Fraction(earned) / len(right))


class EveryDecision(Value):
    """Each option that is rightly ticked or rightly left earns an equal part (Open edX: "every decision counts")."""

    rule: Literal["every_decision"] = "every_decision"

    def credit(self, *, right: frozenset[str], chosen: frozenset[str], options: frozenset[str]) -> Fraction:
        return Fraction(len(options) - len(chosen ^ right), len(options))


class Halves(Value):
    """One error halves the credit, a second one halves it again, a third takes it all (Open edX: "halves").

    One error is forgiven with three options or more, two with five or more.
    """

    rule: Literal["halves"] = "halves"

    def credit(self, *, right: frozenset[str], chosen: frozenset[str], options: frozenset[str]) -> Fraction:
        errors = len(chosen ^ right)
        if errors == 0:
            return Fraction(1)
        if errors == 1 and len(options) >= 3:
            return Fraction(1, 2)
        if errors == 2 and len(options) >= 5:
            return Fraction(1, 4)
        return Fraction(0)


CreditRule = Annotated[AllOrNothing | PerRightOption | EveryDecision | Halves, Field(discriminator="rule")]
