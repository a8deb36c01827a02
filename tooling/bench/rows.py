"""The table: which request to which server, beside which other one, and what is asked of the ratio.

Floors and targets are those of the platform's performance design. Where it names no first floor, the target is the
floor.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tooling.bench.arithmetic import Result, Sample, ratios, spread

BATCH = 50
"""Heartbeats in a batch."""


@dataclass(frozen=True)
class Subject:
    """A request (a name of `sending`) to a server (a name of `serving`)."""

    server: str
    request: str

    @property
    def events(self) -> int:
        return BATCH if self.request == "heartbeats" else 1

    def __str__(self) -> str:
        return f"{self.server} {self.request}"


@dataclass(frozen=True)
class Ratio:
    """One side in relation to another."""

    name: str
    subject: Subject
    against: Subject
    floor: float
    target: float

    @property
    def subjects(self) -> tuple[Subject, ...]:
        return (self.subject, self.against)

    def result(self, samples: Mapping[Subject, Sequence[Sample]]) -> Result:
        figures = ratios(samples[self.subject], samples[self.against])
        return Result(name=self.name, figures=figures, floor=self.floor, target=self.target, detail=f"/ {self.against}")


@dataclass(frozen=True)
class Tail:
    """How far the slowest requests are from the ordinary ones."""

    name: str
    subject: Subject
    floor: float = 4.0
    target: float = 3.0

    @property
    def subjects(self) -> tuple[Subject, ...]:
        return (self.subject,)

    def result(self, samples: Mapping[Subject, Sequence[Sample]]) -> Result:
        figure = spread([sample.p99 / sample.p50 for sample in samples[self.subject]])
        return Result(
            name=self.name,
            figures={"p99/p50": figure},
            floor=self.floor,
            target=self.target,
            at_most=True,
            detail=str(self.subject),
        )


def _full(request: str) -> Subject:
    return Subject("full", request)


def _raw(request: str) -> Subject:
    return Subject("raw", request)


def _plain(request: str) -> Subject:
    return Subject("plain", request)


def _wide(request: str) -> Subject:
    return Subject("wide", request)


ROWS: tuple[Ratio | Tail, ...] = (
    Ratio("catalogue", _full("catalogue"), _raw("catalogue"), 0.45, 0.60),
    Ratio("outline", _full("outline"), _raw("outline"), 0.60, 0.65),
    Ratio("outline-skeleton", _full("outline"), _raw("outline-read"), 2.5, 2.5),
    Ratio("heartbeat", _full("heartbeat"), _raw("heartbeat"), 0.35, 0.50),
    Ratio("heartbeat-batch", _full("heartbeats"), _full("heartbeat"), 10.0, 10.0),
    Ratio("cached-get", _full("cached"), _raw("cached"), 0.50, 0.50),
    Ratio("cross-cutting-catalogue", _full("catalogue"), _plain("catalogue"), 0.85, 0.90),
    Ratio("cross-cutting-outline", _full("outline"), _plain("outline"), 0.85, 0.90),
    Ratio("cross-cutting-heartbeat", _full("heartbeat"), _plain("heartbeat"), 0.85, 0.90),
    Ratio("more-routes-smallest", _wide("smallest"), _full("smallest"), 0.85, 0.90),
    Ratio("more-routes-catalogue", _wide("catalogue"), _full("catalogue"), 0.85, 0.90),
    Ratio("more-routes-outline", _wide("outline"), _full("outline"), 0.85, 0.90),
    Tail("tail-catalogue", _full("catalogue")),
    Tail("tail-outline", _full("outline")),
    Tail("tail-heartbeat", _full("heartbeat")),
)
