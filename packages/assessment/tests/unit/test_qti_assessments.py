"""QTI 1.2 documents in the ways of Common Cartridge and Canvas, written for these tests."""

from fractions import Fraction

import pytest

from lyceum.assessment.adapters.importing.qti12 import read_qti_assessment
from lyceum.assessment.adapters.sanitising import sanitise_html
from lyceum.assessment.domain.exchange import DraftDraw, Fate
from lyceum.assessment.domain.quiz import Mode

NAMESPACE = 'xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"'


def field(label, entry):
    return f"<qtimetadatafield><fieldlabel>{label}</fieldlabel><fieldentry>{entry}</fieldentry></qtimetadatafield>"


def item(profile, presentation, processing, more="", label="cc_profile", extra=""):
    return (
        f'<item ident="q" title="Question"><itemmetadata><qtimetadata>{field(label, profile)}{extra}</qtimetadata>'
        f"</itemmetadata><presentation>"
        "<material><mattext texttype='text/html'>&lt;p&gt;Well?&lt;/p&gt;</mattext></material>"
        f"{presentation}</presentation><resprocessing><outcomes><decvar varname='SCORE' maxvalue='100'/></outcomes>"
        f"{processing}</resprocessing>{more}</item>"
    )


def document(*sections, fields=""):
    return (
        f'<questestinterop {NAMESPACE}><assessment ident="a" title="Quiz"><qtimetadata>{fields}</qtimetadata>'
        f"{''.join(sections)}</assessment></questestinterop>"
    )


def root(*items):
    return f'<section ident="root_section">{"".join(items)}</section>'


def read(content, **settings):
    return read_qti_assessment(source="s", title="Quiz", content=content, settings=settings, sanitise=sanitise_html)


def only_item(*args, fate=Fate.IMPORTED, **more):
    imported = read(document(root(item(*args, **more))))
    assert [outcome.outcome for outcome in imported.outcomes] == [fate], imported.outcomes
    return imported.draft.items[0]


def options(cardinality, *texts, render=""):
    labels = "".join(
        f'<response_label ident="{name}"><material><mattext>{name}</mattext></material></response_label>'
        for name in texts
    )
    choices = f"<render_choice {render}>{labels}</render_choice>"
    return f'<response_lid ident="r" rcardinality="{cardinality}">{choices}</response_lid>'


def equal(value, case="No"):
    return f'<varequal respident="r" case="{case}">{value}</varequal>'


def rule(condition, score=None, action="Set", feedback="", goes_on="No"):
    change = f'<setvar varname="SCORE" action="{action}">{score}</setvar>' if score is not None else ""
    shown = f'<displayfeedback feedbacktype="Response" linkrefid="{feedback}"/>' if feedback else ""
    return (
        f'<respcondition continue="{goes_on}"><conditionvar>{condition}</conditionvar>{change}{shown}</respcondition>'
    )


def feedback(ident, text):
    material = f"<flow_mat><material><mattext>{text}</mattext></material></flow_mat>"
    return f'<itemfeedback ident="{ident}">{material}</itemfeedback>'


BLANK = '<response_str ident="r"><render_fib><response_label ident="b"/></render_fib></response_str>'


def points(made, payload):
    return made.score(made.parse_response(payload)).points


def chosen(made, *contents):
    ids = [option.id for option in made.options if option.content.removeprefix("<p>").removesuffix("</p>") in contents]
    return {"options": ids} if made.type == "multiple_choice" else {"option": ids[0]}


def test_a_choice_is_marked_as_its_rules_say():
    made = only_item("cc.multiple_choice.v0p1", options("Single", "A", "B", "C"), rule(equal("B"), 100))
    assert (made.type, made.prompt, made.title, made.shuffle) == ("single_choice", "<p>Well?</p>", "Question", False)
    assert [points(made, chosen(made, name)) for name in "ABC"] == [0, 1, 0]


def test_a_choice_keeps_partial_scores_and_feedback_of_options():
    processing = rule("<other/>", feedback="all", goes_on="Yes") + rule(equal("A"), feedback="a", goes_on="Yes")
    processing += rule(equal("A"), 50) + rule(equal("B"), 100)
    made = only_item(
        "multiple_choice_question", options("Single", "A", "B", "C", render='shuffle="Yes"'), processing,
        feedback("all", "Thanks") + feedback("a", "Almost"), label="question_type",
    )  # fmt: skip
    assert [points(made, chosen(made, name)) for name in "ABC"] == [Fraction(1, 2), 1, 0]
    assert made.options[0].feedback == "<p>Almost</p>"
    assert made.feedback.general == "<p>Thanks</p>"
    assert made.shuffle is True


def test_true_or_false_keeps_its_order_even_in_a_shuffled_quiz():
    content = document(root(item("cc.true_false.v0p1", options("Single", "True", "False"), rule(equal("True"), 100))))
    made = read(content, shuffle_answers=True).draft.items[0]
    assert made.shuffle is False
    assert [points(made, chosen(made, name)) for name in ("True", "False")] == [1, 0]


def test_one_rule_for_a_set_of_options_is_all_or_nothing():
    condition = f"<and>{equal('A')}<not>{equal('B')}</not>{equal('C')}</and>"
    made = only_item("cc.multiple_response.v0p1", options("Multiple", "A", "B", "C"), rule(condition, 100))
    assert made.credit.rule == "all_or_nothing"
    assert [points(made, chosen(made, *names)) for names in ("AC", "ABC", "A", "B")] == [1, 0, 0, 0]


def test_rules_that_add_up_become_shares():
    processing = "".join(
        rule(equal(name), score, "Add", goes_on="Yes") for name, score in (("A", 50), ("B", -25), ("C", 50))
    )
    made = only_item("multiple_answers_question", options("Multiple", "A", "B", "C"), processing, label="question_type")
    assert [str(points(made, chosen(made, *names))) for names in ("AC", "A", "ABC", "B")] == ["1", "1/2", "3/4", "0"]


def test_adding_up_without_a_penalty_gets_one_and_is_reported():
    processing = "".join(rule(equal(name), 50, "Add", goes_on="Yes") for name in "AC")
    made = only_item(
        "multiple_answers_question", options("Multiple", "A", "B", "C"), processing, label="question_type",
        fate=Fate.CHANGED,
    )  # fmt: skip
    assert [points(made, chosen(made, *names)) for names in ("AC", "ABC")] == [1, Fraction(1, 2)]


def test_blanks_keep_alternatives_and_case():
    made = only_item("cc.fib.v0p1", BLANK, rule(equal("Paris") + equal("Lutetia"), 100))
    assert [points(made, {"text": text}) for text in ("paris", "Lutetia", "London")] == [1, 1, 0]
    strict = only_item("cc.fib.v0p1", BLANK, rule(equal("Paris", "Yes"), 100))
    assert [points(strict, {"text": text}) for text in ("Paris", "paris")] == [1, 0]


def test_a_pattern_match_finds_its_text_anywhere():
    condition = '<varsubstring respident="r">1+1 (a)</varsubstring>'
    made = only_item("cc.pattern_match.v0p1", BLANK, rule(condition, 100))
    assert [points(made, {"text": text}) for text in ("so 1+1 (A) it is", "1+1 (a)", "11 a")] == [1, 1, 0]


def test_numbers_of_canvas_are_values_and_ranges():
    condition = (
        f"<or>{equal('42')}<and><vargte respident='r'>41.5</vargte><varlte respident='r'>42.5</varlte></and></or>"
    )
    processing = rule(condition, 100) + rule("<vargt respident='r'>100</vargt><varlte respident='r'>101</varlte>", 50)
    made = only_item("numerical_question", BLANK, processing, label="question_type")
    right = {"42": 1, "41.5": 1, "42.5": 1, "42.6": 0, "100": 0, "100.1": Fraction(1, 2), "101": Fraction(1, 2)}
    assert {value: points(made, {"value": value}) for value in right} == right


def test_solutions_and_hints_are_kept():
    more = (
        "<itemfeedback ident='s'><solution><solutionmaterial><flow_mat><material><mattext>Because</mattext></material>"
        "</flow_mat></solutionmaterial></solution></itemfeedback><itemfeedback ident='h'><hint><hintmaterial><material>"
        "<mattext>Think</mattext></material></hintmaterial></hint></itemfeedback>"
    )
    made = only_item("cc.fib.v0p1", BLANK, rule(equal("a"), 100), more)
    assert (made.explanation, made.hints) == ("<p>Because</p>", ("<p>Think</p>",))


@pytest.mark.parametrize(
    ("profile", "part"),
    [
        ("cc.essay.v0p1", "essay"),
        ("matching_question", "matching_question"),
        ("calculated_question", "calculated_question"),
        ("text_only_question", "asks nothing"),
    ],
)
def test_what_has_no_counterpart_is_dropped_with_the_reason(profile, part):
    imported = read(document(root(item(profile, BLANK, ""))))
    assert imported.draft is None
    assert [(each.kind, each.outcome) for each in imported.outcomes] == [(profile, Fate.DROPPED)]
    assert part in imported.outcomes[0].reason


@pytest.mark.parametrize(
    ("profile", "presentation", "processing"),
    [
        ("cc.multiple_choice.v0p1", options("Single", "A", "B"), ""),
        ("cc.multiple_choice.v0p1", options("Single", "A", "B"), rule(equal("A"), 0)),
        ("cc.multiple_choice.v0p1", "", rule(equal("A"), 100)),
        ("cc.multiple_choice.v0p1", options("Single", "A", "A"), rule(equal("A"), 100)),
        ("cc.multiple_choice.v0p1", options("Single", "A", "B") * 2, rule(equal("A"), 100)),
        ("cc.multiple_choice.v0p1", options("Single", "A", "B"), rule(equal("A"), "much")),
        ("cc.multiple_choice.v0p1", options("Single", "A", "B"), rule("<varinside>A</varinside>", 100)),
        ("cc.multiple_response.v0p1", options("Multiple", "A", "B"), rule(equal("A"), 100) + rule(equal("B"), 100)),
        (
            "cc.multiple_response.v0p1",
            options("Multiple", "A", "B", "C"),
            rule(f"<or>{equal('A')}{equal('B')}</or>", 100),
        ),
        ("cc.fib.v0p1", BLANK * 2, rule(equal("a"), 100)),
        ("cc.fib.v0p1", BLANK, rule(f"<not>{equal('a')}</not>", 100)),
        ("numerical_question", BLANK, rule("<vargte respident='r'>1</vargte>", 100)),
    ],
)
def test_what_cannot_be_marked_here_is_dropped(profile, presentation, processing):
    imported = read(document(root(item(profile, presentation, processing))))
    assert imported.draft is None
    assert imported.outcomes[0].outcome is Fate.DROPPED
    assert imported.outcomes[0].reason


FIB = item("cc.fib.v0p1", BLANK, rule(equal("a"), 100))


def test_time_limit_and_attempts_are_taken_over():
    fields = field("qmd_timelimit", "20") + field("cc_maxattempts", "2")
    settings = read(document(root(FIB), fields=fields)).draft.settings
    assert (settings.mode, settings.timing.time_limit, settings.attempts.limit) == (Mode.QUIZ, 1200, 2)
    free = read(document(root(FIB), fields=field("cc_maxattempts", "unlimited"))).draft.settings
    assert (free.timing.time_limit, free.attempts.limit) == (None, None)
    beside = read(document(root(FIB), fields=fields), time_limit=1800, max_attempts=3).draft.settings
    assert (beside.timing.time_limit, beside.attempts.limit) == (1800, 3)
    endless = read(document(root(FIB), fields=field("qmd_timelimit", "99999999"))).draft.settings
    assert endless.timing.time_limit is None


def test_options_are_shuffled_where_the_settings_say_so():
    content = document(root(item("cc.multiple_choice.v0p1", options("Single", "A", "B"), rule(equal("A"), 100))))
    assert [read(content, shuffle_answers=say).draft.items[0].shuffle for say in (True, False)] == [True, False]


def test_points_become_weights():
    made = only_item("cc.fib.v0p1", BLANK, rule(equal("a"), 100), extra=field("points_possible", "2.5"))
    assert made.weight == Fraction(5, 2)


def test_a_group_becomes_a_draw_from_a_bank():
    group = (
        "<section ident='g' title='Group'><selection_ordering><selection><selection_number>2</selection_number>"
        f"</selection></selection_ordering>{FIB * 3}</section>"
    )
    imported = read(document(f"<section ident='root_section'>{FIB}{group}</section>"))
    draft = imported.draft
    assert [len(bank.items) for bank in draft.banks] == [3]
    assert [section.entries[0].kind for section in draft.sections] == ["item", "draw"]
    assert draft.sections[1].entries == (DraftDraw(bank="g", count=2),)
    assert draft.authoring_errors() == []


def test_a_draw_from_a_bank_that_is_elsewhere_is_dropped():
    group = (
        "<section ident='g'><selection_ordering><selection><sourcebank_ref>b7</sourcebank_ref><selection_number>1"
        "</selection_number></selection></selection_ordering></section>"
    )
    imported = read(document(f"<section ident='root_section'>{FIB}{group}</section>"))
    assert [(each.kind, each.outcome.value) for each in imported.outcomes] == [
        ("cc.fib.v0p1", "imported"),
        ("draw", "dropped"),
    ]


def test_an_object_bank_becomes_a_bank():
    bank = f'<questestinterop {NAMESPACE}><objectbank ident="b">{FIB * 2}</objectbank></questestinterop>'
    draft = read(bank).draft
    assert ([len(each.items) for each in draft.banks], draft.sections) == ([2], ())


@pytest.mark.parametrize(
    ("content", "part"),
    [("<questestinterop", "not well-formed"), ("<manifest/>", "not a QTI"), (document(), "no questions"),
     ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><questestinterop/>', "document type")],
)  # fmt: skip
def test_what_cannot_be_read_is_dropped_as_a_whole(content, part):
    imported = read(content)
    assert imported.draft is None
    assert [outcome.outcome for outcome in imported.outcomes] == [Fate.DROPPED]
    assert part in imported.outcomes[0].reason
