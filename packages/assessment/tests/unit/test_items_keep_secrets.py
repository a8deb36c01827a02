"""What learners may not see before the review phase allows it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from lyceum.assessment.domain.items import Show

quickly = settings(max_examples=20, deadline=None)


@quickly
@given(data=st.data())
def test_a_learner_view_before_review_holds_no_secret(data, twins, secret):
    item = data.draw(twins).first
    payload = item.learner_view().model_dump_json()
    assert secret not in payload
    assert "997" not in payload
    assert str(item.weight) == "1" or str(item.weight) not in payload


@quickly
@given(data=st.data())
def test_items_that_differ_only_in_secrets_look_the_same(data, twins):
    pair = data.draw(twins)
    assert pair.first.learner_view() == pair.second.learner_view()
    assert pair.first.movable_options() == pair.second.movable_options()


@quickly
@given(data=st.data())
def test_a_review_that_shows_nothing_is_no_review(data, twins, payloads):
    item = data.draw(twins).first
    response = item.parse_response(data.draw(payloads(item)))
    view = item.learner_view(show=frozenset(), response=response, score=item.score(response))
    assert view == item.learner_view()


@quickly
@given(data=st.data())
def test_each_part_of_a_review_lets_out_only_itself(data, twins, payloads):
    item = data.draw(twins).first
    response = item.parse_response(data.draw(payloads(item)))
    score = item.score(response)
    shown = data.draw(st.frozensets(st.sampled_from(Show), min_size=1))
    review = item.learner_view(show=shown, response=response, score=score).review
    assert review is not None
    assert review.response == (response if Show.RESPONSES in shown else None)
    assert review.outcome == (score.outcome if Show.CORRECTNESS in shown else None)
    assert (review.points, review.max_points) == (
        (score.points, score.max_points) if Show.SCORE in shown else (None, None)
    )
    assert review.key == (item.key() if Show.KEY in shown else None)
    assert review.explanation == (item.explanation if Show.EXPLANATION in shown else None)
    assert review.feedback == (score.feedback if Show.FEEDBACK in shown else ())
    for part in review.parts:
        assert part.feedback == "" or Show.FEEDBACK in shown
        assert part.outcome is None or Show.CORRECTNESS in shown
        assert part.chosen or part.feedback


@quickly
@given(data=st.data())
def test_hints_come_out_only_as_far_as_they_were_taken(data, twins):
    item = data.draw(twins).first
    taken = data.draw(st.integers(0, len(item.hints)))
    view = item.learner_view(hints_taken=taken)
    assert view.hints == item.hints[:taken]
    assert view.hint_count == len(item.hints)


def test_options_come_in_the_order_of_the_attempt(choice):
    view = choice(options=3).learner_view(option_order=("o2", "o0", "o1"))
    assert [option.id for option in view.options] == ["o2", "o0", "o1"]
