"""Replays, reordering and two tabs: the answers that stand follow from the set of messages alone."""

from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from lyceum.assessment.domain.attempt import Attempt, Stamp
from lyceum.assessment.domain.quiz import FixedItem, Quiz, QuizContent, Section
from lyceum.assessment.domain.values import ItemRef

quickly = settings(max_examples=60, deadline=None)

REFS = [ItemRef(item_id=UUID(int=number), version=1) for number in (1, 2)]


@dataclass(frozen=True)
class Message:
    slot: str
    seq: int
    client: int
    option: str | None


messages = st.lists(
    st.builds(
        Message,
        slot=st.sampled_from(["1", "2"]),
        seq=st.integers(1, 6),
        client=st.integers(1, 3),
        option=st.sampled_from(["o0", "o1", "o2", None]),
    ),
    max_size=12,
)


def started(choice, now):
    items = {ref: choice() for ref in REFS}
    content = QuizContent(
        title="Quiz", sections=(Section(entries=tuple(FixedItem(item_id=ref.item_id) for ref in REFS)),)
    )
    quiz = Quiz.create(id=UUID(int=5), course_id=None, content=content, now=now)
    attempt = Attempt.start(
        id=UUID(int=7), quiz=quiz, user_id=UUID(int=8), previous=(), drawn=[REFS], items=items, seed=bytes(32),
        extra_time_factor=Fraction(1), now=now,
    )  # fmt: skip
    return attempt, items


def standing(choice, now, sent):
    attempt, items = started(choice, now)
    for message in sent:
        stamp = Stamp(seq=message.seq, client_id=UUID(int=message.client))
        attempt.save_answer(message.slot, stamp, {"option": message.option}, items=items, now=now)
    answers = {slot: (answer.stamp, answer.response) for slot, answer in attempt.answers.items()}
    return answers, attempt.clock


@quickly
@given(sent=messages, data=st.data())
def test_any_order_with_any_repeats_gives_the_same_answers(choice, noon, sent, data):
    repeats = data.draw(st.lists(st.sampled_from(sent), max_size=8)) if sent else []
    arrived = data.draw(st.permutations([*sent, *repeats]))
    assert standing(choice, noon, arrived) == standing(choice, noon, sent)


@quickly
@given(sent=messages)
def test_the_answer_of_the_highest_stamp_stands(choice, noon, sent):
    answers, _ = standing(choice, noon, sent)
    for slot in ("1", "2"):
        ranks = [(message.seq, UUID(int=message.client)) for message in sent if message.slot == slot]
        assert (answers[slot][0].rank if slot in answers else None) == max(ranks, default=None)


@quickly
@given(choices=st.lists(st.tuples(st.integers(1, 3), st.sampled_from(["o0", "o1", "o2"])), min_size=1, max_size=8))
def test_a_tab_that_has_seen_the_answers_of_another_overrules_them(choice, noon, choices):
    """Each act knows of the one before it, in whichever tab that was: the last one stands."""
    attempt, items = started(choice, noon)
    for client, option in choices:
        stamp = Stamp(seq=attempt.clock + 1, client_id=UUID(int=client))
        attempt.save_answer("1", stamp, {"option": option}, items=items, now=noon)
    assert attempt.answers["1"].response.option == choices[-1][1]
