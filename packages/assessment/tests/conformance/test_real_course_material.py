"""Problems that nobody here wrote: each becomes items that mark their own answers, or is dropped with a reason."""

import tarfile
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import find

from lyceum.assessment.adapters.importing import READERS
from lyceum.assessment.adapters.sanitising import sanitise_html
from lyceum.assessment.domain.exchange import Fate

DATA = Path(__file__).resolve().parents[4].parent / "shared" / "data"
ABSENT = f"real course material is not there: {DATA.name} is missing beside the repository"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=ABSENT)


def problems(archive):
    with tarfile.open(archive) as files:
        for member in files:
            if member.isfile() and "/problem/" in member.name:
                yield member.name, files.extractfile(member).read().decode()


def imported(archive):
    for name, content in problems(archive):
        yield name, READERS["olx"](source=name, title=name, content=content, settings={}, sanitise=sanitise_html)


@pytest.mark.parametrize(
    ("archive", "files", "expected"),
    [
        (
            "demo-course.tar.gz",
            29,
            {
                ("multiplechoiceresponse", "imported"): 9,
                ("choiceresponse", "imported"): 2,
                ("optionresponse", "imported"): 9,
                ("numericalresponse", "imported"): 3,
                ("stringresponse", "imported"): 3,
                ("stringresponse", "changed"): 1,
                ("numericalresponse", "dropped"): 1,
                ("customresponse", "dropped"): 4,
                ("formularesponse", "dropped"): 2,
                ("annotationresponse", "dropped"): 1,
                ("imageresponse", "dropped"): 1,
                ("schematicresponse", "dropped"): 1,
            },
        ),
        (
            "demo-content-library.tar.gz",
            6,
            {("multiplechoiceresponse", "imported"): 5, ("numericalresponse", "imported"): 1},
        ),
    ],
)
def test_every_problem_is_imported_or_dropped_with_a_reason(archive, files, expected):
    read = list(imported(DATA / "olx" / archive))
    outcomes = [outcome for _, result in read for outcome in result.outcomes]
    assert len(read) == files
    assert Counter((outcome.kind, outcome.outcome.value) for outcome in outcomes) == expected
    assert all(outcome.reason for outcome in outcomes if outcome.outcome is not Fate.IMPORTED)
    assert all(result.draft is None or not result.draft.authoring_errors() for _, result in read)


@pytest.mark.parametrize("archive", ["demo-course.tar.gz", "demo-content-library.tar.gz"])
def test_every_item_marks_its_own_right_answer_right_and_a_wrong_one_wrong(archive, exemplary_responses):
    items = [item for _, result in imported(DATA / "olx" / archive) if result.draft for item in result.draft.items]
    assert items
    without_a_wrong_answer = []
    for item in items:
        right, wrong = exemplary_responses(item)
        assert item.score(item.parse_response(find(right, lambda _: True))).points == item.weight
        assert item.score(item.parse_response(wrong)).points == 0
        if wrong is None:
            without_a_wrong_answer.append(item.key())
    # The reflection question of the course takes anything but a blank.
    assert without_a_wrong_answer in ([], [(".*.",)])


def test_every_assessment_in_the_cartridges_is_imported_or_dropped_with_a_reason(exemplary_responses):
    """The cartridges at hand hold none at the time of writing; one that is added is read like the others."""
    cartridges = sorted((DATA / "common-cartridge").glob("*.imscc"))
    assert cartridges
    for cartridge in cartridges:
        with zipfile.ZipFile(cartridge) as files:
            documents = {name: files.read(name) for name in files.namelist()}
        for name, content in documents.items():
            if b"<questestinterop" not in content:
                continue
            read = READERS["qti-1.2"]
            result = read(source=name, title=name, content=content.decode(), settings={}, sanitise=sanitise_html)
            assert result.outcomes
            assert all(outcome.reason for outcome in result.outcomes if outcome.outcome is not Fate.IMPORTED)
            for item in result.draft.items if result.draft else ():
                right, wrong = exemplary_responses(item)
                assert item.score(item.parse_response(find(right, lambda _: True))).points == item.weight
                assert item.score(item.parse_response(wrong)).points == 0
