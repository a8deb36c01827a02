"""What authors and learners may not write, and where they are told that it is wrong."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lyceum.assessment.domain.items import parse_item
from lyceum.assessment.domain.items.numbers import author_number, number_text, parse_number
from lyceum.assessment.domain.items.patterns import matches_whole, pattern_fault
from lyceum.kernel.errors import ValidationFailed

quickly = settings(max_examples=20, deadline=None)

SINGLE = {"type": "single_choice", "prompt": "Which?"}
A, B = {"id": "a", "content": "A", "credit": 1}, {"id": "b", "content": "B"}
TICK = {"type": "multiple_choice", "prompt": "Which?"}
TEXT = {"type": "short_text", "prompt": "Who?"}
NUMBER = {"type": "numeric", "prompt": "How many?"}


def pointers(refusal):
    return [error["pointer"] for error in refusal.value.extensions["errors"]]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"type": "essay", "prompt": "Write"}, [""]),
        ({"prompt": "Which?"}, [""]),
        ("nonsense", [""]),
        (SINGLE, ["/options"]),
        (SINGLE | {"options": [A]}, ["/options"]),
        (SINGLE | {"options": [B, B | {"id": "c"}]}, ["/options"]),
        (SINGLE | {"options": [A, B, B]}, ["/options/2/id"]),
        (SINGLE | {"options": [A, B | {"content": " "}]}, ["/options/1/content"]),
        (SINGLE | {"options": [A, B | {"id": "x y"}]}, ["/options/1/id"]),
        (SINGLE | {"options": [A, B | {"credit": "3/2"}]}, ["/options/1/credit"]),
        (SINGLE | {"options": [A, B | {"credit": "1/0"}]}, ["/options/1/credit"]),
        (SINGLE | {"options": [A, B | {"right": True}]}, ["/options/1/right"]),
        (SINGLE | {"options": [A, B], "prompt": " "}, ["/prompt"]),
        (SINGLE | {"options": [A, B], "hints": ["one", ""]}, ["/hints/1"]),
        (SINGLE | {"options": [A, B], "weight": 0}, ["/weight"]),
        (SINGLE | {"options": [A, B], "weight": "1e3"}, ["/weight"]),
        (SINGLE | {"options": [A, B], "weight": True}, ["/weight"]),
        (SINGLE | {"options": [A, B], "prompt": "NUL \0"}, ["/prompt"]),
        (TICK | {"options": [{"id": "a", "content": "A"}, {"id": "b", "content": "B"}]}, ["/options"]),
        (
            TICK
            | {
                "options": [{"id": "a", "content": "A", "right": True}, {"id": "b", "content": "B"}],
                "combinations": [{"options": ["c"], "feedback": "?"}],
                "credit": {"rule": "halves"},
            },
            ["/combinations/0/options"],
        ),
        (TICK | {"options": [], "credit": {"rule": "per_right_option", "deduction": 0}}, ["/credit/deduction"]),
        (TEXT | {"accepted": []}, ["/accepted"]),
        (TEXT | {"accepted": [{"kind": "text", "text": " "}]}, ["/accepted/0/text"]),
        (
            TEXT | {"accepted": [{"kind": "text", "text": "a"}, {"kind": "pattern", "pattern": "("}]},
            ["/accepted/1/pattern"],
        ),
        (TEXT | {"accepted": [{"kind": "text", "text": "a", "credit": 2}]}, ["/accepted/0/credit"]),
        (NUMBER | {"accepted": [{"kind": "range", "low": 2, "high": 1}]}, ["/accepted/0"]),
        (NUMBER | {"accepted": [{"kind": "range", "low": 1, "high": 1, "low_closed": False}]}, ["/accepted/0"]),
        (NUMBER | {"accepted": [{"kind": "value", "value": "two"}]}, ["/accepted/0/value"]),
        (NUMBER | {"accepted": [{"kind": "value", "value": 1, "tolerance": -1}]}, ["/accepted/0/tolerance"]),
        (NUMBER | {"accepted": [{"kind": "value"}]}, ["/accepted/0/value"]),
    ],
)
def test_authoring_errors_point_at_the_fault(data, expected):
    with pytest.raises(ValidationFailed) as refusal:
        parse_item(data)
    assert pointers(refusal) == expected


@pytest.mark.parametrize(
    ("item", "payload", "expected"),
    [
        (SINGLE | {"options": [A, B]}, {"option": "c"}, ["/option"]),
        (SINGLE | {"options": [A, B]}, {"options": ["a"]}, ["/option", "/options"]),
        (SINGLE | {"options": [A, B]}, "a", [""]),
        (SINGLE | {"options": [A, B]}, {"option": 1}, ["/option"]),
        (TICK | {"options": [A | {"right": True}, B]}, {"options": ["a", "z"]}, ["/options/1"]),
        (TICK | {"options": [A | {"right": True}, B]}, {"options": ["a"] * 201}, ["/options"]),
        (NUMBER | {"accepted": [{"kind": "value", "value": 1}]}, {"value": "1,000"}, ["/value"]),
        (NUMBER | {"accepted": [{"kind": "value", "value": 1}]}, {"value": "one"}, ["/value"]),
        (NUMBER | {"accepted": [{"kind": "value", "value": 1}]}, {"value": "1e999999999"}, ["/value"]),
        (TEXT | {"accepted": [{"kind": "text", "text": "a"}]}, {"text": "a" * 1001}, ["/text"]),
        (TEXT | {"accepted": [{"kind": "text", "text": "a"}]}, {"text": "\0"}, ["/text"]),
        (TEXT | {"accepted": [{"kind": "text", "text": "a"}]}, {}, ["/text"]),
    ],
)
def test_a_bad_response_is_refused_at_the_right_place(item, payload, expected):
    options = [
        {key: value for key, value in each.items() if key != "credit" or item["type"] != "multiple_choice"}
        for each in item.get("options", [])
    ]
    made = parse_item(item | ({"options": options} if options else {}))
    with pytest.raises(ValidationFailed) as refusal:
        made.parse_response(payload)
    assert pointers(refusal) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", "12"), ("-3.5", "-7/2"), ("3,5", "7/2"), (".5", "1/2"), ("5.", "5"), ("−2", "-2"), ("1 000", "1000"),
     ("6.02e23", str(602 * 10**21)), ("1/3", "1/3"), ("+7", "7"), ("0,125", "1/8")],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text, value):
    assert str(parse_number(text)) == value


@pytest.mark.parametrize(
    "text", ["", ".", "-", "1,000", "12,345", "1.2.3", "0x10", "1e", "nan", "inf", "1/0", "٣" * 500]
)
def test_what_is_no_number_or_could_be_two_is_refused(text):
    with pytest.raises(ValueError):
        parse_number(text)


@quickly
@given(st.fractions(max_denominator=10**20) | st.decimals(allow_nan=False, allow_infinity=False, places=12))
def test_numbers_survive_being_written_and_read(number):
    try:
        value = author_number(str(number))
    except ValueError:
        return  # more digits than an author may give
    assert author_number(number_text(value)) == value


@pytest.mark.parametrize(
    "pattern",
    ["", "(", "a)|(b", "(?x)a #", "(?=a)b", r"(a)\1", "a{2000}", "(a{100}){100}", r"\w{500}", "a" * 301, "*"],
)
def test_a_pattern_that_is_broken_or_too_much_is_refused(pattern):
    assert pattern_fault(pattern) is not None


def test_a_pattern_that_would_blow_up_a_backtracking_engine_takes_no_time():
    pattern = "(a+)+(a|aa)*b"
    assert pattern_fault(pattern) is None
    began = time.process_time()
    assert not matches_whole(pattern, "a" * 1000, case_sensitive=True)
    assert time.process_time() - began < 1
