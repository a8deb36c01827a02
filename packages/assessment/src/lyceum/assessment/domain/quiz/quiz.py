"""The quiz."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import Field, TypeAdapter

from lyceum.assessment.domain.pointers import below, parsed, refuse
from lyceum.assessment.domain.quiz.sections import MAX_SECTIONS, Section, section_errors
from lyceum.assessment.domain.quiz.settings import QuizSettings
from lyceum.assessment.domain.values import AuthoringError, Html, Title, Value
from lyceum.kernel.aggregate import Aggregate


class QuizContent(Value):
    """All that an author decides about a quiz."""

    title: Title
    introduction: Html = ""
    sections: tuple[Section, ...] = Field(default=(), max_length=MAX_SECTIONS)
    settings: QuizSettings = QuizSettings()

    def authoring_errors(self) -> list[AuthoringError]:
        return section_errors(self.sections) + below("/settings", self.settings.authoring_errors())


_CONTENT = TypeAdapter(QuizContent)


def parse_quiz_content(data: object) -> QuizContent:
    """What an author wrote. Raises `ValidationFailed` with a JSON pointer to everything that is wrong."""
    content = parsed(_CONTENT, data, "The quiz is not valid")
    refuse("The quiz is not valid", content.authoring_errors())
    return content


@dataclass(eq=False, kw_only=True)
class Quiz(Aggregate):
    """A quiz of a course or, with `course_id` null, of the platform.

    A change applies to attempts that start after it; the review policy, the opening and the closing also to those that
    exist, so that an author can release results later. The deadline of an attempt under way stays.
    """

    id: UUID
    course_id: UUID | None
    content: QuizContent
    created_at: datetime

    @classmethod
    def create(cls, *, id: UUID, course_id: UUID | None, content: QuizContent, now: datetime) -> "Quiz":
        """A new quiz. Raises `ValidationFailed`."""
        refuse("The quiz is not valid", content.authoring_errors())
        return cls(id=id, course_id=course_id, content=content, created_at=now)

    def change(self, content: QuizContent) -> None:
        """Replace what the author decided. Raises `ValidationFailed`."""
        refuse("The quiz is not valid", content.authoring_errors())
        self.content = content

    @property
    def settings(self) -> QuizSettings:
        return self.content.settings
