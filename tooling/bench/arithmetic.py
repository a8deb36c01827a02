"""From what was counted to what is said: ratios of two sides measured side by side, their spread, and a verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One stretch of load on one server. `seconds` on the clock, `cpu_seconds` of the server's process alone (not of
    PostgreSQL), `p50` and `p99` in seconds. `events`: what one request carries, for batches."""

    requests: int
    seconds: float
    cpu_seconds: float
    p50: float
    p99: float
    events: int = 1

    @property
    def rate(self) -> float:
        """Events per second."""
        return self.requests * self.events / self.seconds

    @property
    def cpu(self) -> float:
        """Seconds of the server's CPU per event."""
        return self.cpu_seconds / (self.requests * self.events)


@dataclass(frozen=True, kw_only=True)
class Spread:
    """The median of the rounds, between the lowest and the highest one."""

    low: float
    median: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Result:
    """A row of the table.

    `figures` by what they are; all of them have to hold. `floor` is the least that is accepted and `target` what is
    aimed at; with `at_most`, they are upper limits.
    """

    name: str
    figures: dict[str, Spread]
    floor: float
    target: float
    at_most: bool = False
    detail: str = ""

    @property
    def verdict(self) -> str:
        """`target`, `floor`, or `MISSED`, by the median of the worst figure."""
        medians = [figure.median for figure in self.figures.values()]
        worst = max(medians) if self.at_most else min(medians)
        for limit, word in ((self.target, "target"), (self.floor, "floor")):
            if worst <= limit if self.at_most else worst >= limit:
                return word
        return "MISSED"


def spread(values: Sequence[float]) -> Spread:
    """Raises `ValueError` for no values."""
    if not values:
        raise ValueError("nothing was measured")
    return Spread(low=min(values), median=median(values), high=max(values))


def ratios(subject: Sequence[Sample], against: Sequence[Sample]) -> dict[str, Spread]:
    """How the subject does in relation to the other side, round by round: above 1 is better than it.

    By the rate and by the CPU. Only where the server is what limits both, the two agree; a row counts as the worse one.
    """
    pairs = list(zip(subject, against, strict=True))
    return {
        "rate": spread([one.rate / other.rate for one, other in pairs]),
        "cpu": spread([other.cpu / one.cpu for one, other in pairs]),
    }


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that at least this share of them does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)]
