"""tooling/migration writes what the tables lack, proves it, and writes nothing where they lack nothing."""

import importlib
import shutil
import subprocess
import sys

import pytest
from rules.source import ROOT
from sqlalchemy import Column, Text

from tooling.migration.writing import Refused, write_revision
from tooling.scaffold.writing import write_module


@pytest.fixture
def spec(tmp_path, monkeypatch):
    """A module that was just made, installed for the length of a test."""
    (tmp_path / "packages/runtime").mkdir(parents=True)
    for path in ("pyproject.toml", "packages/runtime/pyproject.toml"):
        shutil.copy(ROOT / path, tmp_path / path)
    folder = write_module(tmp_path, "newcomer")
    monkeypatch.syspath_prepend(str(folder / "src"))
    yield importlib.import_module("lyceum.newcomer.module").module
    for name in [name for name in sys.modules if name.startswith("lyceum.newcomer")]:
        del sys.modules[name]


def test_migrations_follow_the_tables(spec):
    first = write_revision(spec, "The first tables.")
    assert first.name == "0001_the_first_tables.py"
    assert "install_jobs(op)" in first.read_text()
    subprocess.run([sys.executable, "-m", "ruff", "format", "--check", first], check=True)
    subprocess.run([sys.executable, "-m", "ruff", "check", first], check=True)

    with pytest.raises(Refused, match="nothing to write"):
        write_revision(spec, "nothing new")

    spec.tables.inbox.append_column(Column("note", Text))
    second = write_revision(spec, "a note in the inbox")
    source = second.read_text()
    assert second.name == "0002_a_note_in_the_inbox.py"
    assert 'revision = "0002"\ndown_revision = "0001"' in source
    assert "op.add_column(" in source
    assert "op.drop_column(" in source
    assert "_jobs(op)" not in source


def test_a_message_without_words_is_refused(spec):
    with pytest.raises(Refused, match="Say in words"):
        write_revision(spec, "!!!")
