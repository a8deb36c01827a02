"""An author makes a course by hand, and changes it while somebody is taking it."""

import pytest
from story.arriving import register
from story.people import Refused
from story.studying import Study

SUM = {
    "type": "single_choice",
    "prompt": "<p>Two and two?</p>",
    "options": [
        {"id": "a", "content": "Three", "credit": "0"},
        {"id": "b", "content": "Four", "credit": "1"},
    ],
}


class Workshop:
    """What an author does with one course."""

    def __init__(self, author, title):
        self._author = author
        self.course = author.post("/api/v1/courses", {"title": title})["id"]
        self._path = f"/api/v1/courses/{self.course}"

    def add(self, kind, title, parent=None, content=None):
        node = {"kind": kind, "title": title, "parent_id": parent, "content": content}
        return self._author.post(f"{self._path}/draft/nodes", node, if_match=self._outline_tag())["id"]

    def rename(self, node, title):
        path = f"{self._path}/draft/nodes/{node}"
        tag = self._author.ask("GET", path).headers["etag"]
        self._author.patch(path, {"title": title}, if_match=tag)

    def publish(self):
        return self._author.post(f"{self._path}/versions", {}, if_match=self._outline_tag())["number"]

    def restore(self, number):
        return self._author.post(f"{self._path}/versions/{number}/restoration")["number"]

    def changes(self, path, **query):
        found = self._author.get(f"{self._path}/{path}", **query)["changes"]
        return {change["path"][-1]: change["change"] for change in found}

    def quiz(self, *items):
        bank = self._author.post("/api/v1/banks", {"course_id": self.course, "title": "Sums"})["id"]
        entries = [
            {"kind": "item", "item_id": self._author.post(f"/api/v1/banks/{bank}/items", {"content": item})["id"]}
            for item in items
        ]
        content = {"title": "Sums", "sections": [{"entries": entries}]}
        return self._author.post("/api/v1/quizzes", {"course_id": self.course, "content": content})["id"]

    def _outline_tag(self):
        return self._author.ask("GET", f"{self._path}/draft").headers["etag"]


def test_a_course_changes_under_a_learner_who_keeps_what_was_done(installation, author):
    work = Workshop(author, "Sums for beginners")
    page = work.add("page", "Page", work.add("lesson", "Lesson", work.add("section", "Section")))
    text = work.add("block", "Text", page, {"kind": "rich_text", "html": "<p>Add them.</p>"})
    work.add("block", "Question", page, {"kind": "problem", "quiz_id": work.quiz(SUM)})
    assert work.publish() == 1

    learner = register(installation, "Lou Learner")
    learner.post(f"/api/v1/courses/{work.course}/enrolment")
    study = Study(learner, work.course)
    study.read_all()
    study.reaches(50)

    work.rename(text, "A better text")
    work.add("block", "More", page, {"kind": "rich_text", "html": "<p>And now three.</p>"})
    assert work.changes("draft/diff") == {"A better text": "changed", "More": "added"}
    assert work.publish() == 2
    assert work.changes("versions/2/diff", against=1) == {"A better text": "changed", "More": "added"}

    study.reaches(33)
    assert [unmet["path"][-1] for unmet in study.explain()["unmet"]] == ["Question", "More"]
    study.answer_all(author)
    study.reaches(66)

    assert work.restore(1) == 3
    study.reaches(100)
    assert study.explain()["unmet"] == []
    assert work.changes("versions/3/diff", against=1) == {}


def test_an_author_sees_nothing_of_the_courses_of_others(installation, author):
    work = Workshop(author, "Nobody else's")
    other = register(installation, "Ottilie Other")
    installation.administrator.give_role(other, "author")
    with pytest.raises(Refused) as refusal:
        other.get(f"/api/v1/courses/{work.course}/draft")
    assert refusal.value.status == 404
