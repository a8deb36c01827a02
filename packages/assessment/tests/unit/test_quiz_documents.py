"""The format lyceum-quiz: export and import, and what does not get in."""

import json
from itertools import count
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lyceum.assessment.adapters.importing import READERS
from lyceum.assessment.adapters.sanitising import sanitise_html
from lyceum.assessment.domain.attempt import ItemPool, draw_items
from lyceum.assessment.domain.exchange import (
    DraftBank,
    DraftDraw,
    DraftItem,
    DraftSection,
    QuizDraft,
    content_hash,
    draft_of,
    read_quiz,
    realise,
    write_quiz,
)
from lyceum.assessment.domain.items import ITEMS
from lyceum.assessment.domain.markup import sanitised
from lyceum.kernel.errors import TooLarge, ValidationFailed

quickly = settings(max_examples=6, deadline=None)

HOME = UUID(int=1)


def untouched(html):
    return html


@st.composite
def drafts(draw, twins):
    items = [draw(twins).first for _ in range(draw(st.integers(1, 3)))]
    bank = sorted((draw(twins).first for _ in range(draw(st.integers(1, 3)))), key=ITEMS.dump_json)
    sections = (
        DraftSection(title="One", introduction="<p>Read</p>", entries=tuple(DraftItem(item=item) for item in items)),
        DraftSection(entries=(DraftDraw(bank="bank-1", count=draw(st.integers(1, len(bank)))),), shuffle_items=True),
    )
    return QuizDraft(title="Quiz", sections=sections, banks=(DraftBank(key="bank-1", title="Bank", items=tuple(bank)),))


def stored(draft, now, first_id=100):
    ids = count(first_id)
    return realise(draft, course_id=None, home_bank=HOME, new_id=lambda: UUID(int=next(ids)), now=now)


def exported(new):
    """The draft of a stored quiz, as a service would gather it."""
    items = {item.id: item.content for item in new.items if item.bank_id == HOME}
    banks = {
        bank.id: (bank.title, [item.content for item in new.items if item.bank_id == bank.id]) for bank in new.banks
    }
    return draft_of(
        new.quiz.content, items=items, banks={key: (title, held[::-1]) for key, (title, held) in banks.items()}
    )


@quickly
@given(data=st.data())
def test_export_and_import_give_equal_bytes_and_hashes(data, twins, noon):
    original = exported(stored(data.draw(drafts(twins)), noon))
    document = write_quiz(original)
    copy = exported(stored(read_quiz(document, untouched), noon, first_id=9000))
    assert write_quiz(copy) == document
    assert content_hash(copy) == content_hash(original)


@quickly
@given(data=st.data())
def test_a_realised_draft_can_be_taken(data, twins, noon):
    new = stored(data.draw(drafts(twins)), noon)
    banks = {bank.id: [item.ref for item in new.items if item.bank_id == bank.id] for bank in new.banks}
    pool = ItemPool(items={item.id: item.ref for item in new.items}, banks=banks)
    drawn = draw_items(new.quiz.content, pool, bytes(32))
    assert {ref for section in drawn for ref in section} <= {version.ref for version in new.versions}


def test_the_document_is_canonical_json(choice):
    document = write_quiz(QuizDraft(title="Prüfung", sections=(DraftSection(entries=(DraftItem(item=choice()),)),)))
    data = json.loads(document)
    assert (data["format"], data["version"]) == ("lyceum-quiz", 1)
    again = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    assert document == again
    assert "Prüfung".encode() in document


def refused(document):
    with pytest.raises(ValidationFailed) as refusal:
        read_quiz(document, untouched)
    return [error["pointer"] for error in refusal.value.extensions["errors"]]


def test_what_is_no_quiz_of_this_version_is_refused(choice):
    document = json.loads(write_quiz(QuizDraft(title="Quiz")))
    assert refused(b"{") == [""]
    assert refused(b"\xff") == [""]
    assert refused(b"[" * 100_000) == [""]
    assert refused(json.dumps(document | {"version": 2}).encode()) == ["/version"]
    assert refused(json.dumps(document | {"more": 1}).encode()) == ["/more"]
    document["quiz"]["sections"] = [{"entries": [{"kind": "draw", "bank": "b", "count": 1}]}]
    assert refused(json.dumps(document).encode()) == ["/quiz/sections/0/entries/0/bank"]
    broken = json.loads(ITEMS.dump_json(choice())) | {"prompt": ""}
    document["quiz"]["sections"] = [{"entries": [{"kind": "item", "item": broken}]}]
    assert refused(json.dumps(document).encode()) == ["/quiz/sections/0/entries/0/item/prompt"]


def test_a_document_that_is_too_large_is_refused():
    with pytest.raises(TooLarge):
        read_quiz(b" " * 16_000_001, untouched)


@quickly
@given(data=st.data())
def test_every_html_text_passes_the_sanitiser_and_no_other_does(data, twins):
    item = data.draw(twins).first
    seen = []
    cleaned = sanitised(item, lambda html: seen.append(html) or f"clean {html}")
    assert cleaned.prompt == f"clean {item.prompt}"
    assert cleaned.hints == tuple(f"clean {hint}" for hint in item.hints)
    assert cleaned.explanation == f"clean {item.explanation}"
    assert cleaned.feedback.general == f"clean {item.feedback.general}"
    assert cleaned.title == item.title
    assert cleaned.key() == item.key()
    expected = 2 + len(item.hints) + 4
    if item.type in ("single_choice", "dropdown"):
        # The options of a dropdown are plain text, their feedback is not.
        expected += len(item.options) * (2 if item.type == "single_choice" else 1)
    elif item.type == "multiple_choice":
        expected += len(item.options) * 3 + len(item.combinations)
    else:
        expected += len(item.accepted)
    assert len(seen) == expected


def test_the_reader_of_our_own_format_reports_item_by_item(choice):
    draft = QuizDraft(
        title="Quiz", sections=(DraftSection(entries=(DraftItem(item=choice("<b>x</b><script>y</script>")),)),)
    )
    read = READERS["lyceum-quiz"]
    imported = read(source="s", title="", content=write_quiz(draft).decode(), settings={}, sanitise=sanitise_html)
    assert [(each.source, each.kind, each.outcome.value) for each in imported.outcomes] == [
        ("s#1", "single_choice", "imported")
    ]
    assert imported.draft.items[0].prompt == "<b>x</b>"
    broken = read(source="s", title="", content="{", settings={}, sanitise=sanitise_html)
    assert (broken.draft, broken.outcomes[0].outcome.value) == (None, "dropped")


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<p onclick='x()'>Text <b>bold</b></p>", "<p>Text <b>bold</b></p>"),
        ("<script>x()</script>Text", "Text"),
        ("<img src='asset:a.png' alt='A'>", '<img src="asset:a.png" alt="A">'),
        ("<a href='node:p/1'>on</a>", '<a href="node:p/1" rel="noopener noreferrer">on</a>'),
        ("<a href='javascript:x()'>on</a>", '<a rel="noopener noreferrer">on</a>'),
        ("<img src='data:text/html,x'>", "<img>"),
        ("<style>p{}</style><iframe src='https://x.example'></iframe>", ""),
        (r"\(x < 2\)", r"\(x &lt; 2\)"),
    ],
)
def test_item_texts_keep_what_shows_something(html, clean):
    assert sanitise_html(html) == clean
    assert sanitise_html(clean) == clean


@pytest.mark.parametrize("html", ["<div>" * 151, "<p " + " ".join(f"a{n}" for n in range(101)) + ">"])
def test_html_made_to_waste_time_is_refused(html):
    with pytest.raises(ValidationFailed):
        sanitise_html(html)
