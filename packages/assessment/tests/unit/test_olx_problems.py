"""Problems of Open edX, written for these tests; real ones are in `conformance`."""

import pytest

from lyceum.assessment.adapters.importing.collecting import Unsupported
from lyceum.assessment.adapters.importing.olx import read_olx_problem
from lyceum.assessment.adapters.importing.olx.expressions import evaluate
from lyceum.assessment.adapters.sanitising import sanitise_html
from lyceum.assessment.domain.exchange import Fate
from lyceum.assessment.domain.items import Show


def read(content, **settings):
    return read_olx_problem(source="p", title="A problem", content=content, settings=settings, sanitise=sanitise_html)


def only_item(content, **settings):
    imported = read(content, **settings)
    assert [outcome.outcome for outcome in imported.outcomes] == [Fate.IMPORTED], imported.outcomes
    return imported.draft.items[0]


def points(item, payload):
    return item.score(item.parse_response(payload)).points


def reasons(imported):
    return [(outcome.kind, outcome.outcome.value, outcome.reason) for outcome in imported.outcomes]


def option(item, content):
    return next(each.id for each in item.options if content in each.content)


RADIO = """<problem><multiplechoiceresponse {response}>
  <label>Which is a mammal?</label><description>Think of milk.</description>
  <choicegroup type="MultipleChoice" {group}>
    <choice correct="true">Bat <choicehint>Well seen</choicehint></choice>
    <choice correct="{middle}" point_value="0.25">Platypus egg</choice>
    <choice correct="false" fixed="true">None of these</choice>
  </choicegroup>
  <solution><p>Bats have fur.</p></solution>
</multiplechoiceresponse><demandhint><hint>One</hint><hint>Two</hint></demandhint></problem>"""


def test_a_choice_keeps_prompt_feedback_solution_and_hints():
    item = only_item(RADIO.format(response="", group="", middle="false"))
    assert item.prompt == "<p>Which is a mammal?</p><p>Think of milk.</p>"
    assert [each.content for each in item.options] == ["Bat", "Platypus egg", "None of these"]
    assert (item.options[0].feedback, item.explanation, item.hints) == (
        "Well seen",
        "<p>Bats have fur.</p>",
        ("One", "Two"),
    )
    assert points(item, {"option": option(item, "Bat")}) == 1
    assert points(item, {"option": option(item, "egg")}) == 0


def test_a_choice_is_shuffled_and_pinned_only_on_demand():
    assert only_item(RADIO.format(response="", group="", middle="false")).shuffle is False
    item = only_item(RADIO.format(response="", group='shuffle="true"', middle="false"))
    assert [moves for _, moves in item.movable_options()] == [True, True, False]


def test_points_for_a_partly_right_choice_count_only_where_partial_credit_is_on():
    plain = only_item(RADIO.format(response="", group="", middle="partial"))
    partly = only_item(RADIO.format(response='partial_credit="points"', group="", middle="partial"))
    assert points(plain, {"option": option(plain, "egg")}) == 0
    assert str(points(partly, {"option": option(partly, "egg")})) == "1/4"


def test_a_pool_of_answers_is_shown_whole_and_reported():
    imported = read(RADIO.format(response="", group='answer-pool="2"', middle="false"))
    assert imported.outcomes[0].outcome is Fate.CHANGED
    assert "random" in imported.outcomes[0].reason


def test_option_ids_are_stable_and_tell_nothing():
    content = RADIO.format(response="", group="", middle="false")
    first, second = only_item(content), only_item(content)
    other_key = only_item(content.replace('"true">Bat', '"false">Bat').replace('"false" point', '"true" point'))
    assert [each.id for each in first.options] == [each.id for each in second.options]
    assert first.key() != other_key.key()
    elsewhere = read_olx_problem(source="q", title="", content=content, settings={}, sanitise=sanitise_html)
    assert not {each.id for each in first.options} & {each.id for each in elsewhere.draft.items[0].options}
    assert first.learner_view() == other_key.learner_view()


CHECKS = """<problem><choiceresponse {response}><label>Which are prime?</label><checkboxgroup>
  <choice correct="true">2<choicehint selected="true">even prime</choicehint>
     <choicehint selected="false">forgotten</choicehint></choice>
  <choice correct="false">4</choice><choice correct="true">5</choice>
  <compoundhint value="A B">both even</compoundhint>
</checkboxgroup></choiceresponse></problem>"""


@pytest.mark.parametrize(
    ("attribute", "rule", "one_missing"),
    [("", "all_or_nothing", "0"), ('partial_credit="EDC"', "every_decision", "2/3"),
     ('partial_credit="halves"', "halves", "1/2")],
)  # fmt: skip
def test_check_boxes_keep_their_rule_for_credit(attribute, rule, one_missing):
    item = only_item(CHECKS.format(response=attribute))
    two, four, five = (each.id for each in item.options)
    assert item.credit.rule == rule
    assert points(item, {"options": [two, five]}) == 1
    assert str(points(item, {"options": [two]})) == one_missing
    assert points(item, {"options": [four]}) == 0
    assert points(item, {"options": []}) == 0


def test_check_boxes_keep_hints_for_ticking_leaving_and_combinations():
    item = only_item(CHECKS.format(response=""))
    two, four, _ = item.options
    assert (two.feedback_ticked, two.feedback_left) == ("even prime", "forgotten")
    assert item.score(item.parse_response({"options": [two.id, four.id]})).feedback == ("both even",)


def test_check_boxes_of_which_none_is_right_are_dropped():
    imported = read(CHECKS.format(response="").replace('correct="true"', 'correct="false"'))
    assert imported.draft is None
    assert "blank" in imported.outcomes[0].reason


@pytest.mark.parametrize(
    "menu",
    [
        "<optioninput options=\"('Rome','Bonn, old', 'Paris')\" correct=\"Bonn, old\"/>",
        '<optioninput><option correct="False">Rome</option><option correct="True">Bonn, old<optionhint>Yes'
        "</optionhint></option><option>Paris</option></optioninput>",
    ],
)
def test_dropdowns_come_in_both_forms(menu):
    item = only_item(f"<problem><optionresponse><label>Capital?</label>{menu}</optionresponse></problem>")
    assert item.type == "dropdown"
    assert [each.content for each in item.options] == ["Rome", "Bonn, old", "Paris"]
    assert [each.credit for each in item.options] == [0, 1, 0]


NUMBER = (
    "<problem><numericalresponse {attributes}><label>How many?</label>{inside}<textline/></numericalresponse></problem>"
)


@pytest.mark.parametrize(
    ("attributes", "inside", "expected"),
    [
        ('answer="600"', '<responseparam type="tolerance" default="5"/>', {"605": "1", "606": "0"}),
        ('answer="200"', '<responseparam type="tolerance" default="5%"/>', {"210": "1", "211": "0"}),
        ('answer="12"', "", {"12": "1", "12.0001": "1", "12.01": "0"}),
        ('answer="[5,7)"', "", {"5": "1", "6.9": "1", "7": "0"}),
        ('answer="(5,7]"', "", {"5": "0", "7": "1"}),
        ('answer="2*pi"', "", {"6.28319": "1", "6.3": "0"}),
        ('answer="2^10/4"', "", {"256": "1"}),
        ('answer="3"', '<additional_answer answer="4"/>', {"3": "1", "4": "1", "5": "0"}),
        (
            'answer="2" partial_credit="list"',
            '<responseparam partial_answers="1, 7"/>',
            {"2": "1", "1": "1/2", "7": "1/2"},
        ),
        (
            'answer="100" partial_credit="close"',
            '<responseparam type="tolerance" default="1"/><responseparam partial_range="3"/>',
            {"101": "1", "103": "1/2", "104": "0"},
        ),
    ],
)
def test_numbers_keep_tolerance_ranges_and_partial_credit(attributes, inside, expected):
    item = only_item(NUMBER.format(attributes=attributes, inside=inside))
    assert {value: str(points(item, {"value": value})) for value in expected} == expected


@pytest.mark.parametrize(
    ("expression", "value"),
    [("1+2*3", "7"), ("(1+2)*3", "9"), ("-2^2", "-4"), ("2**-1", "1/2"), ("1e3/3", "1000/3"), ("sqrt(16)", "4"),
     ("--2", "2"), ("1/3", "1/3"), (" 7 ", "7")],
)  # fmt: skip
def test_little_sums_are_worked_out(expression, value):
    assert str(evaluate(expression)) == value


@pytest.mark.parametrize(
    "expression",
    ["", "x", "1+", "(1", "1)", "2 3", "1/0", "9^9^9^9", "10^-1001", "sqrt(-1)", "(-8)^(1/3)", "__import__('os')",
     "(" * 500, "exp(10000)", "1e999", "i*2", "((((((((((((((((((((((1))))))))))))))))))))))", "2^" * 90 + "2"],
)  # fmt: skip
def test_what_is_no_sum_or_too_much_is_refused(expression):
    with pytest.raises(Unsupported):
        evaluate(expression)


def test_an_answer_that_cannot_be_worked_out_is_dropped_with_the_reason():
    imported = read(NUMBER.format(attributes='answer="x+1"', inside=""))
    assert imported.draft is None
    assert "x+1" in imported.outcomes[0].reason


STRING = "<problem><stringresponse {attributes}><label>Who?</label>{inside}<textline/></stringresponse></problem>"


@pytest.mark.parametrize(
    ("attributes", "inside", "right", "wrong"),
    [
        ('answer="Doc" type="ci"', "", ["doc", " DOC"], ["dock"]),
        ('answer="Doc"', "", ["Doc"], ["doc"]),
        ('answer="Doc"', '<additional_answer answer="Dopey"/><additional_answer>Happy</additional_answer>',
         ["Dopey", "Happy"], ["Grumpy"]),
        ('answer="..bble" type="ci regexp"', "", ["bubble", "RUBBLE"], ["bubbles"]),
        ('answer="a|b" type="regexp"', "", ["a", "b"], ["ab"]),
        ('answer="cat_or_dog" type="ci"', "", ["Cat", "dog"], ["cat_or_dog"]),
    ],
)  # fmt: skip
def test_texts_keep_case_alternatives_and_patterns(attributes, inside, right, wrong):
    item = only_item(STRING.format(attributes=attributes, inside=inside))
    assert [points(item, {"text": text}) for text in right] == [1] * len(right)
    assert [points(item, {"text": text}) for text in wrong] == [0] * len(wrong)


def test_texts_keep_hints_for_right_and_known_wrong_answers():
    inside = '<correcthint>Right you are</correcthint><stringequalhint answer="Sneezy">Bless you</stringequalhint>'
    item = only_item(STRING.format(attributes='answer="Doc" type="ci"', inside=inside))
    assert item.score(item.parse_response({"text": "doc"})).feedback == ("Right you are",)
    known = item.score(item.parse_response({"text": "sneezy"}))
    assert (known.points, known.feedback) == (0, ("Bless you",))


def test_a_pattern_that_needs_a_backtracking_engine_is_dropped():
    imported = read(STRING.format(attributes='answer="(?=a)b" type="regexp"', inside=""))
    assert imported.draft is None
    assert "look-around" in imported.outcomes[0].reason


def test_several_responses_in_a_row_become_several_items():
    imported = read(
        "<problem><p>Read: 1 + 1.</p><p>Sum?</p><numericalresponse answer='2'><textline/></numericalresponse>"
        "<p>Its name?</p><stringresponse answer='two'><textline/></stringresponse><p>Well done.</p></problem>",
        weight=3,
    )
    first, second = imported.draft.items
    assert (first.prompt, second.prompt) == ("<p>Read: 1 + 1.</p><p>Sum?</p>", "<p>Its name?</p>\n<p>Well done.</p>")
    assert str(first.weight) == str(second.weight) == "3/2"
    assert [outcome.source for outcome in imported.outcomes] == ["p#1", "p#2"]


def test_text_before_a_response_with_words_of_its_own_is_shared():
    imported = read(
        "<problem><p>A story.</p><stringresponse answer='a'><label>Who?</label><textline/></stringresponse>"
        "<stringresponse answer='b'><label>Where?</label><textline/></stringresponse></problem>"
    )
    assert imported.draft.sections[0].introduction == "<p>A story.</p>"
    assert [item.prompt for item in imported.draft.items] == ["<p>Who?</p>", "<p>Where?</p>"]


def test_responses_inside_a_table_are_numbered_in_it():
    menu = "<optionresponse><optioninput options=\"('a','b')\" correct=\"a\"/></optionresponse>"
    imported = read(
        f"<problem><table><tr><td>{menu}</td><td><customresponse/></td><td>{menu}</td></tr></table></problem>"
    )
    introduction = imported.draft.sections[0].introduction
    assert [introduction.count(place) for place in ("[1]", "[…]", "[2]", "[3]")] == [1, 1, 1, 0]
    assert [item.prompt for item in imported.draft.items] == ["[1]", "[2]"]
    assert [fate for _, fate, _ in reasons(imported)] == ["imported", "dropped", "imported"]


def test_what_has_no_counterpart_is_dropped_by_name():
    for tag in ("customresponse", "formularesponse", "coderesponse", "imageresponse", "javascriptresponse"):
        imported = read(f"<problem><p>Text</p><{tag}/></problem>")
        assert imported.draft is None
        assert reasons(imported) == [(tag, "dropped", f"A “{tag}” has no counterpart here")]


def test_a_problem_made_by_a_script_is_dropped_and_one_beside_a_script_changed():
    made = (
        "<problem><script>x = 2</script><p>Twice $x?</p>"
        "<numericalresponse answer='$y'><textline/></numericalresponse></problem>"
    )
    assert "script" in read(made).outcomes[0].reason
    assert read(made).draft is None
    beside = made.replace("$x", "$2").replace("$y", "4")
    assert read(beside).outcomes[0].outcome is Fate.CHANGED
    assert "x = 2" not in read(beside).draft.items[0].prompt


def test_limited_attempts_become_limited_checks_of_one_attempt():
    content = STRING.format(attributes='answer="a"', inside="")
    unlimited, limited = read(content).draft.settings, read(content, max_attempts="3").draft.settings
    assert (unlimited.attempts.limit, unlimited.attempts.check_limit) == (None, None)
    assert (limited.attempts.limit, limited.attempts.check_limit) == (1, 3)
    assert read(content.replace("<problem", '<problem max_attempts="2"')).draft.settings.attempts.check_limit == 2


def test_answers_that_are_never_shown_stay_hidden():
    review = read(STRING.format(attributes='answer="a"', inside=""), showanswer="never").draft.settings.review
    for shown in (review.during, review.immediately_after, review.while_open, review.after_close):
        assert Show.KEY not in shown
        assert Show.EXPLANATION not in shown


@pytest.mark.parametrize("weight", ["0", "-1", "5000"])
def test_a_weight_that_is_not_possible_is_reported(weight):
    imported = read(STRING.format(attributes='answer="a"', inside=""), weight=weight)
    assert imported.draft.items[0].weight == 1
    assert "weight" in imported.outcomes[0].reason


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("<problem>", "not well-formed"),
        ("<html/>", "not a problem"),
        ("<problem><p>Only text</p></problem>", "asks nothing"),
        ('<!DOCTYPE problem [<!ENTITY a "b">]><problem>&a;</problem>', "document type"),
        ("<problem>&nbsp;</problem>", "not well-formed"),
        ("<problem>" + "<p>" * 300 + "</p>" * 300 + "</problem>", "not well-formed"),
        ("<problem/>" + " " * 4_000_001, "characters"),
        ("<problem>\ud800</problem>", "not well-formed"),
    ],
)
def test_what_cannot_be_read_is_dropped_with_the_reason(content, part):
    imported = read(content)
    assert imported.draft is None
    assert [outcome.outcome for outcome in imported.outcomes] == [Fate.DROPPED]
    assert part in imported.outcomes[0].reason


def test_texts_are_sanitised():
    item = only_item(
        "<problem><stringresponse answer='a'><label>Who<img src='x' onerror='evil()'/>"
        "<a href='javascript:evil()'>?</a></label><textline/></stringresponse>"
        "<demandhint><hint><iframe src='https://evil.example'/>See</hint></demandhint></problem>"
    )
    assert "evil" not in item.model_dump_json()
    assert item.hints == ("See",)


def test_references_to_files_of_the_course_survive():
    item = only_item(STRING.format(attributes='answer="a"', inside="<p><img src='asset:static/a.png' alt='A'/></p>"))
    assert 'src="asset:static/a.png"' in item.prompt


def test_an_import_is_the_same_each_time():
    content = CHECKS.format(response="")
    assert read(content) == read(content)
