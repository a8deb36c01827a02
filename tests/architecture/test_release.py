"""A package that changes gets a new version, and says what is new."""

import subprocess

import pytest

from tooling.release.versions import problems

PROJECT = '[project]\nname = "lyceum-course"\nversion = "{}"\n'


@pytest.fixture
def repository(tmp_path):
    folder = tmp_path / "packages/course"
    (folder / "src").mkdir(parents=True)
    (folder / "tests").mkdir()
    (folder / "pyproject.toml").write_text(PROJECT.format("0.9.0"))
    (folder / "CHANGELOG.md").write_text("# Changelog\n\n## 0.9.0\n\nFirst version.\n")
    (folder / "src/code.py").write_text("old\n")

    def git(*arguments):
        identity = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True)

    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message", "released")
    return tmp_path


def test_nothing_has_changed_since_the_release(repository):
    assert list(problems(repository, "HEAD")) == []


def test_a_changed_package_under_an_old_version_is_found(repository):
    (repository / "packages/course/src/code.py").write_text("new\n")
    assert list(problems(repository, "HEAD")) == ["course has changed and is 0.9.0, after 0.9.0"]


def test_a_new_version_without_a_word_on_it_is_found(repository):
    (repository / "packages/course/pyproject.toml").write_text(PROJECT.format("0.10.0"))
    assert list(problems(repository, "HEAD")) == ["the CHANGELOG.md of course says nothing about 0.10.0"]


def test_a_lower_version_is_found(repository):
    (repository / "packages/course/pyproject.toml").write_text(PROJECT.format("0.8.9"))
    assert "course has changed and is 0.8.9, after 0.9.0" in list(problems(repository, "HEAD"))


def test_a_new_version_that_says_what_is_new_passes(repository):
    (repository / "packages/course/src/code.py").write_text("new\n")
    (repository / "packages/course/pyproject.toml").write_text(PROJECT.format("0.10.0"))
    (repository / "packages/course/CHANGELOG.md").write_text("# Changelog\n\n## 0.10.0\n\nNew code.\n")
    assert list(problems(repository, "HEAD")) == []


def test_tests_are_not_shipped(repository):
    (repository / "packages/course/tests/test_code.py").write_text("new\n")
    subprocess.run(["git", "add", "."], cwd=repository, check=True)
    assert list(problems(repository, "HEAD")) == []


def test_a_new_package_needs_only_its_first_word(repository):
    folder = repository / "packages/video"
    folder.mkdir()
    (folder / "pyproject.toml").write_text(PROJECT.format("0.1.0").replace("course", "video"))
    (folder / "CHANGELOG.md").write_text("# Changelog\n")
    subprocess.run(["git", "add", "."], cwd=repository, check=True)
    assert list(problems(repository, "HEAD")) == ["the CHANGELOG.md of video says nothing about 0.1.0"]
