"""Other modules as a test of assessment wants them, and items of every type with answers made from their keys."""

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import strategies as st

from lyceum.assessment.domain.items import (
    AcceptedPattern,
    BaseItem,
    Item,
    MultipleChoice,
    Numeric,
    OneOfMany,
    parse_item,
)
from lyceum.assessment.module import module
from lyceum.course.ports import CourseAccess, EnrolmentSummary
from lyceum.identity.ports import Accommodations
from lyceum.kernel.principal import Principal
from lyceum.runtime.module import ModuleSpec
from lyceum.testing.files import module_at
from lyceum.testing.harness import ModuleHarness, module_harness

SECRET = "Zq7secret"
"""Occurs in every secret text and in no public one."""

_public = st.text(alphabet="abc <>&éß", min_size=1, max_size=12).map(lambda text: f"p{text}")
_secret = st.integers(0, 999).map(lambda number: f"{SECRET}{number}")
_secret_or_nothing = st.just("") | _secret
_weight = st.sampled_from(["77777/3", "888.25", "0.999983", "1"]).map(lambda text: "997/7" if "77777" in text else text)


@dataclass(frozen=True)
class Twins:
    """Two items that a learner cannot tell apart: they differ in keys, weights and feedback only."""

    first: Item
    second: Item


@st.composite
def _twins(draw: Any) -> Twins:
    kind = draw(st.sampled_from(sorted(_KEYS)))
    face = {"type": kind, "prompt": draw(_public)}
    if kind in ("single_choice", "multiple_choice", "dropdown"):
        count = draw(st.integers(2, 6))
        face["shuffle"] = draw(st.booleans())
        face["options"] = [
            {"id": f"o{index}", "content": draw(_public), "pinned": draw(st.booleans())} for index in range(count)
        ]
    hints = draw(st.integers(0, 3))
    first, second = (parse_item(_KEYS[kind](draw, face) | _common_secrets(draw, hints)) for _ in range(2))
    return Twins(first, second)


def _common_secrets(draw: Any, hints: int) -> dict[str, Any]:
    return {
        "title": draw(_secret_or_nothing),
        "weight": draw(_weight),
        "hints": [draw(_secret) for _ in range(hints)],
        "explanation": draw(_secret_or_nothing),
        "feedback": {name: draw(_secret_or_nothing) for name in ("general", "right", "partly", "wrong")},
    }


def _one_of_many(draw: Any, face: dict[str, Any]) -> dict[str, Any]:
    options = [
        option | {"credit": draw(st.sampled_from(["0", "1", "997/1000"])), "feedback": draw(_secret_or_nothing)}
        for option in face["options"]
    ]
    draw(st.sampled_from(options))["credit"] = "1"
    return face | {"options": options}


def _multiple_choice(draw: Any, face: dict[str, Any]) -> dict[str, Any]:
    options = [
        option
        | {
            "right": draw(st.booleans()),
            "feedback_ticked": draw(_secret_or_nothing),
            "feedback_left": draw(_secret_or_nothing),
        }
        for option in face["options"]
    ]
    draw(st.sampled_from(options))["right"] = True
    rules = ["all_or_nothing", "per_right_option", "every_decision", "halves"]
    combined = draw(st.lists(st.sampled_from([option["id"] for option in options]), min_size=1, unique=True))
    return face | {
        "options": options,
        "credit": {"rule": draw(st.sampled_from(rules))},
        "combinations": [{"options": combined, "feedback": draw(_secret)}],
    }


def _numeric(draw: Any, face: dict[str, Any]) -> dict[str, Any]:
    def number() -> str:
        return f"{draw(st.integers(-99, 99))}.997{draw(st.integers(0, 999))}"

    accepted = []
    for _ in range(draw(st.integers(1, 4))):
        key: dict[str, Any] = {"credit": draw(st.sampled_from(["1", "0.5", "0"])), "feedback": draw(_secret_or_nothing)}
        if draw(st.booleans()):
            tolerance = draw(st.sampled_from(["0", "0.5", "3"]))
            key |= {"kind": "value", "value": number(), "tolerance": tolerance, "percent": draw(st.booleans())}
        else:
            low = number()
            high = str(int(low.split(".")[0]) + draw(st.integers(2, 9)))
            closed = {"low_closed": draw(st.booleans()), "high_closed": draw(st.booleans())}
            key |= {"kind": "range", "low": low, "high": high, **closed}
        accepted.append(key)
    accepted[0]["credit"] = "1"
    return face | {"accepted": accepted}


def _short_text(draw: Any, face: dict[str, Any]) -> dict[str, Any]:
    accepted = [
        {"kind": "text", "text": draw(_secret)}
        if draw(st.booleans())
        else {"kind": "pattern", "pattern": draw(_secret) + draw(st.sampled_from(["[a-c]+", "x?", "(1|2)"]))}
        for _ in range(draw(st.integers(1, 4)))
    ]
    for key in accepted:
        key |= {"credit": draw(st.sampled_from(["1", "0.5", "0"])), "feedback": draw(_secret_or_nothing)}
    accepted[0]["credit"] = "1"
    return face | {"accepted": accepted, "case_sensitive": draw(st.booleans())}


_KEYS: dict[str, Callable[[Any, dict[str, Any]], dict[str, Any]]] = {
    "single_choice": _one_of_many,
    "dropdown": _one_of_many,
    "multiple_choice": _multiple_choice,
    "numeric": _numeric,
    "short_text": _short_text,
}


@st.composite
def _payload(draw: Any, item: BaseItem) -> Any:
    """Anything that a learner can answer to this item, blanks included."""
    options = [option for option, _ in item.movable_options()]
    if isinstance(item, OneOfMany):
        return draw(st.none() | st.fixed_dictionaries({"option": st.sampled_from([*options, "", None])}))
    if isinstance(item, MultipleChoice):
        return {"options": draw(st.lists(st.sampled_from(options)))}
    if isinstance(item, Numeric):
        numbers = st.decimals(-100, 100, places=3).map(str) | st.sampled_from(["", "  ", "1/3", "1e3"])
        return {"value": draw(numbers)}
    return {"text": draw(st.sampled_from(["", " ", "x", f"{SECRET}1", f"{SECRET}1a"]) | st.text("ab \t", max_size=4))}


def _exemplary_responses(item: Item) -> tuple[st.SearchStrategy[Any], Any]:
    """Answers made from the key that must earn everything, and one that must earn nothing.

    The latter is null, a blank, where every answer is worth something.
    """
    return _right_payloads(item), _wrong_payload(item)


def _right_payloads(item: Item) -> st.SearchStrategy[Any]:
    right = item.right_response()
    if right is not None:
        return st.just(right.model_dump(mode="json"))
    assert not isinstance(item, (OneOfMany, MultipleChoice, Numeric))
    pattern = next(each for each in item.accepted if isinstance(each, AcceptedPattern) and each.credit == 1)
    flags = 0 if item.case_sensitive else re.IGNORECASE
    matching = st.from_regex(re.compile(pattern.pattern, flags), fullmatch=True)
    return matching.filter(lambda text: text.isprintable() and text.strip() == text != "").map(
        lambda text: {"text": text}
    )


def _wrong_payload(item: Item) -> Any:
    if isinstance(item, OneOfMany):
        candidates: list[Any] = [{"option": option.id} for option in item.options]
    elif isinstance(item, MultipleChoice):
        ids = [option.id for option in item.options]
        candidates = [{"options": [each for each in ids if each not in item.key()]}, *({"options": [i]} for i in ids)]
    elif isinstance(item, Numeric):
        candidates = [{"value": str(number)} for number in (-987654, 0, 1, 31337, 10**9)]
    else:
        candidates = [{"text": text} for text in ("no such answer", "?", "-")]
    for payload in candidates:
        response = item.parse_response(payload)
        if response is not None and item.score(response).points == 0:
            return payload
    return None


@pytest.fixture(scope="session")
def twins() -> st.SearchStrategy[Twins]:
    return _twins()


@pytest.fixture(scope="session")
def payloads() -> Callable[[BaseItem], st.SearchStrategy[Any]]:
    return _payload


@pytest.fixture(scope="session")
def exemplary_responses() -> Callable[[Item], tuple[st.SearchStrategy[Any], Any]]:
    return _exemplary_responses


@pytest.fixture(scope="session")
def secret() -> str:
    return SECRET


@pytest.fixture(scope="session")
def noon() -> datetime:
    return datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def choice() -> Callable[..., Item]:
    """A single choice of `options` options of which the first is right."""

    def make(prompt: str = "Which?", options: int = 4, weight: Fraction | int = 1, **more: Any) -> Item:
        listed = [
            {"id": f"o{index}", "content": f"Option {index}", "credit": int(index == 0)} for index in range(options)
        ]
        return parse_item({"type": "single_choice", "prompt": prompt, "weight": str(weight), "options": listed} | more)

    return make


class CoursesInMemory:
    """Who takes and who makes which course, as the test says."""

    def __init__(self) -> None:
        self.learners: set[tuple[UUID, UUID]] = set()
        self.authors: set[tuple[UUID, UUID]] = set()

    async def may_author(self, *, actor: Principal, course_id: UUID) -> bool:
        return (actor.user_id, course_id) in self.authors

    async def may_instruct(self, *, actor: Principal, course_id: UUID) -> bool:
        return (actor.user_id, course_id) in self.authors

    async def enrolment(self, *, user_id: UUID, course_id: UUID) -> EnrolmentSummary | None:
        if (user_id, course_id) not in self.learners:
            return None
        return EnrolmentSummary(
            user_id=user_id, course_id=course_id, state="active", enrolled_at=datetime(2030, 1, 1, tzinfo=UTC)
        )


class ExtraTimeInMemory:
    """Extra time by person."""

    def __init__(self) -> None:
        self.factors: dict[UUID, Decimal] = {}

    async def extra_time_factor(self, *, user_id: UUID) -> Decimal:
        return self.factors.get(user_id, Decimal(1))


@pytest.fixture(scope="session")
def module_specs() -> tuple[ModuleSpec, ...]:
    return (module,)


@pytest.fixture
def courses() -> CoursesInMemory:
    return CoursesInMemory()


@pytest.fixture
def extra_time() -> ExtraTimeInMemory:
    return ExtraTimeInMemory()


@pytest.fixture
async def harness(
    database_url: str, tmp_path: Path, courses: CoursesInMemory, extra_time: ExtraTimeInMemory, clock
) -> AsyncIterator[ModuleHarness]:
    ports = {CourseAccess: courses, Accommodations: extra_time}
    async with module_harness(module, database_url, data_dir=tmp_path, ports=ports, clock=clock) as harness:
        yield harness


@pytest.fixture
def memory() -> Any:
    """Persistence without a database."""
    return module_at(Path(__file__).parent / "service" / "memory.py").MemoryAssessment()
