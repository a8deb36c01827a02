"""Choice and order out of a seed."""

from collections import Counter
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lyceum.assessment.domain.attempt import ItemPool, draw_items
from lyceum.assessment.domain.attempt.plan import lay_out
from lyceum.assessment.domain.errors import QuizNotReady
from lyceum.assessment.domain.quiz import FixedItem, QuizContent, RandomDraw, Section
from lyceum.assessment.domain.selection import HashStream, arranged
from lyceum.assessment.domain.values import ItemRef

quickly = settings(max_examples=20, deadline=None)

SEED = bytes(range(32))
BANK, OTHER_BANK = UUID(int=1000), UUID(int=2000)


def refs(*numbers):
    return tuple(ItemRef(item_id=UUID(int=number), version=1) for number in numbers)


def pool(fixed=(), bank=(), other=()):
    items = {ref.item_id: ref for ref in refs(*fixed)}
    return ItemPool(items=items, banks={BANK: refs(*bank), OTHER_BANK: refs(*other)})


def quiz(*sections):
    return QuizContent(title="Quiz", sections=sections)


def fixed(*numbers, **more):
    return Section(entries=tuple(FixedItem(item_id=UUID(int=number)) for number in numbers), **more)


def draw(count, bank=BANK, **more):
    return Section(entries=(RandomDraw(bank_id=bank, count=count),), **more)


def test_the_stream_gives_the_same_numbers_for_ever():
    """Golden values: were they to change, old attempts could not be put together again."""
    stream = HashStream(SEED, "draw/0/0")
    assert [stream.below(1000) for _ in range(8)] == GOLDEN_NUMBERS
    assert HashStream(SEED, "items/0").shuffled("abcdefgh") == list(GOLDEN_ORDER)
    assert HashStream(SEED, "draw/1/0").drawn("abcdefgh", 3) == list(GOLDEN_DRAW)


GOLDEN_NUMBERS = [665, 877, 76, 551, 28, 954, 892, 25]
GOLDEN_ORDER = "eacfbgdh"
GOLDEN_DRAW = "cfe"


def test_all_orders_are_about_equally_likely():
    orders = Counter("".join(HashStream(number.to_bytes(32, "big"), "x").shuffled("abc")) for number in range(3000))
    assert len(orders) == 6
    assert all(400 < count < 600 for count in orders.values())


@quickly
@given(seed=st.binary(min_size=32, max_size=32), data=st.data())
def test_pinned_options_keep_their_place(seed, data):
    options = [(f"o{index}", data.draw(st.booleans())) for index in range(data.draw(st.integers(2, 8)))]
    order = arranged(HashStream(seed, "options"), options)
    assert sorted(order) == sorted(option for option, _ in options)
    assert all(order[place] == option for place, (option, moves) in enumerate(options) if not moves)


@quickly
@given(seed=st.binary(min_size=32, max_size=32), data=st.data())
def test_a_draw_does_not_depend_on_the_order_of_the_bank(seed, data):
    bank = data.draw(st.lists(st.integers(1, 99), min_size=3, max_size=20, unique=True))
    shuffled = data.draw(st.permutations(bank))
    content = quiz(draw(3, shuffle_items=True))
    assert draw_items(content, pool(bank=bank), seed) == draw_items(content, pool(bank=shuffled), seed)


@quickly
@given(seed=st.binary(min_size=32, max_size=32))
def test_no_item_comes_twice_in_an_attempt(seed):
    content = quiz(draw(3), draw(2), fixed(1, 7), draw(2, bank=OTHER_BANK))
    drawn = draw_items(content, pool(fixed=[1, 7], bank=range(1, 10), other=[1, 2, 7, 11, 12, 13, 14]), seed)
    everything = [ref.item_id for section in drawn for ref in section]
    assert len(everything) == len(set(everything)) == 9
    assert [ref.item_id.int for ref in drawn[2]] == [1, 7]


def test_every_item_of_a_bank_gets_its_turn():
    content = quiz(draw(2))
    seen = {
        ref.item_id.int
        for number in range(60)
        for ref in draw_items(content, pool(bank=range(1, 9)), number.to_bytes(32, "big"))[0]
    }
    assert seen == set(range(1, 9))


def test_a_change_in_one_section_leaves_the_draws_of_the_others_alone():
    before = draw_items(quiz(draw(2), draw(2, bank=OTHER_BANK)), pool(bank=range(1, 9), other=range(20, 30)), SEED)
    after = draw_items(quiz(draw(5), draw(2, bank=OTHER_BANK)), pool(bank=range(1, 9), other=range(20, 30)), SEED)
    assert before[1] == after[1]


@pytest.mark.parametrize(
    ("content", "available"),
    [
        (quiz(), pool()),
        (quiz(fixed(1)), pool()),
        (quiz(draw(3)), pool(bank=[1, 2])),
        (quiz(draw(2), fixed(1)), pool(fixed=[1], bank=[1, 2])),
        (quiz(draw(1, bank=UUID(int=3))), pool(bank=[1])),
    ],
)
def test_a_quiz_that_lacks_questions_is_not_ready(content, available):
    with pytest.raises(QuizNotReady):
        draw_items(content, available, SEED)


def test_options_are_shuffled_only_where_section_and_item_agree(choice):
    ref = refs(1)[0]
    written = ("o0", "o1", "o2", "o3", "o4", "o5")

    def order(item, **section):
        content = quiz(fixed(1, **section))
        return lay_out(content, [[ref]], {ref: item}, SEED)[0].option_order

    assert order(choice(options=6)) != written
    assert sorted(order(choice(options=6))) == sorted(written)
    assert order(choice(options=6, shuffle=False)) == written
    assert order(choice(options=6), shuffle_options=False) == written
