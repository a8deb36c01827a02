"""Who sends requests."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The columns of the table of authorisation, from the least to the most powerful."""

    ANONYMOUS = "anonymous"
    NEWCOMER = "newcomer"
    """Signed in and nothing else: takes no course, belongs to no organisation."""
    LEARNER = "learner"
    """Takes the course and belongs to the organisation. Attempt, session and sign-in elsewhere are theirs."""
    INSTRUCTOR = "instructor"
    """Appointed to the course, with no role on the platform."""
    AUTHOR = "author"
    """May make courses, and owns the course, its quiz, its import and its export."""
    OTHER_AUTHOR = "other_author"
    """May make courses, and has nothing to do with this one."""
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody with the credentials of a browser session; null for who has none."""

    id: str = ""
    email: str = ""
    session: str | None = None
    csrf: str = ""

    def credentials(self, method: str) -> dict[str, str]:
        """The headers that a browser of theirs sends."""
        if self.session is None:
            return {}
        shown = {} if method == "GET" else {"X-CSRF-Token": self.csrf}
        return {"Cookie": f"lyceum_session={self.session}"} | shown
