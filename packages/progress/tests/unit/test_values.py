from decimal import Decimal

import pytest

from lyceum.progress.domain.values import WHOLE_SHARE, Facts, needed_share, reached_share


@pytest.mark.parametrize(
    ("score", "max_score", "needed", "met"),
    [
        ("2", "3", "0.666666666", True),
        ("2", "3", "0.666666667", False),
        ("0.6", "1", "0.6", True),
        ("0.3", "0.5", "0.6", True),
        ("5.9999", "10", "0.6", False),
        ("10", "10", "1", True),
        ("9.999999999", "10", "1", False),
    ],
)
def test_a_share_is_compared_exactly(score, max_score, needed, met):
    assert (reached_share(Decimal(score), Decimal(max_score)) >= needed_share(Decimal(needed))) is met


def test_a_quiz_without_points_withholds_none():
    assert reached_share(Decimal(0), Decimal(0)) == WHOLE_SHARE


def test_a_score_below_zero_or_above_the_maximum_stays_within_the_share():
    assert reached_share(Decimal(-1), Decimal(4)) == 0
    assert reached_share(Decimal(5), Decimal(4)) == WHOLE_SHARE


def test_the_union_of_facts_keeps_the_better_result():
    first, second = Facts(0b01, {"q": 5}), Facts(0b10, {"q": 3, "r": 1})
    assert first.union(second) == second.union(first) == Facts(0b11, {"q": 5, "r": 1})
