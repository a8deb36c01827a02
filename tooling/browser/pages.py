"""Every page of both front ends: at which address, and who looks at it."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from tooling.frontends import APPS

App = Literal["web", "admin"]
Visitor = Literal["nobody", "learner", "admin"]
PREFIX: dict[App, str] = {"web": "/", "admin": "/admin/"}
NOWHERE = "0" * 8 + "-0000-7000-8000-" + "0" * 12

_TOKEN = re.compile(r"[{}]|\bpath: '(?P<path>[^']*)'|\bindex: true|\bchildren(?=:)")


@dataclass(frozen=True)
class Page:
    """`route` is the full path by the app's routes.tsx, `where` what follows the app's prefix, with names of what
    `set_stage` made. `name` tells it from others of the same route."""

    app: App
    name: str
    route: str
    where: str
    visitor: Visitor = "nobody"
    refused: tuple[int, ...] = ()
    """Statuses that requests of this page get, as they should: a browser reports each in its console."""

    def address(self, names: dict[str, str]) -> str:
        return PREFIX[self.app] + self.where.format(**names)

    def __str__(self) -> str:
        return f"{self.app}-{self.name}"


# Whoever is not signed in is told so when the app asks for the session.
_STRANGER = (401,)

PAGES = (
    Page("web", "landing", "", "", refused=_STRANGER),
    Page("web", "landing-learner", "", "", "learner"),
    Page("web", "sign-in", "sign-in", "sign-in", refused=_STRANGER),
    Page("web", "sign-in-failed-elsewhere", "sign-in", "sign-in?error=auth.external-sign-in-failed", refused=_STRANGER),
    Page("web", "sign-up", "sign-up", "sign-up", refused=_STRANGER),
    Page("web", "verify-email", "verify-email", "verify-email?token=a-token", refused=_STRANGER),
    Page("web", "verify-email-incomplete", "verify-email", "verify-email", refused=_STRANGER),
    Page("web", "forgotten-password", "forgotten-password", "forgotten-password", refused=_STRANGER),
    Page("web", "reset-password", "reset-password", "reset-password?token=a-token", refused=_STRANGER),
    Page("web", "catalogue", "courses", "courses", refused=_STRANGER),
    Page("web", "catalogue-nothing-found", "courses", "courses?q=nothing-has-this-name", refused=_STRANGER),
    Page("web", "course", "courses/:slug", "courses/{slug}", refused=_STRANGER),
    Page("web", "course-learner", "courses/:slug", "courses/{slug}", "learner"),
    Page("web", "course-missing", "courses/:slug", "courses/no-such-course", refused=(401, 404)),
    Page("web", "learning", "learning", "learning", "learner"),
    Page("web", "quiz", "quizzes/:quizId", "quizzes/{quiz}", "learner"),
    Page("web", "quiz-running", "quizzes/:quizId", "quizzes/{long_quiz}", "learner"),
    Page("web", "quiz-results", "quizzes/:quizId", "quizzes/{quiz}?attempt={attempt}", "learner"),
    Page("web", "resume", "learn/:courseId", "learn/{course}", "learner"),
    Page("web", "lesson", "learn/:courseId/:pageId", "learn/{course}/{page}", "learner"),
    Page("web", "lesson-with-film", "learn/:courseId/:pageId", "learn/{sums}/{film_page}", "learner"),
    Page("web", "lesson-with-quizzes", "learn/:courseId/:pageId", "learn/{sums}/{quiz_page}", "learner"),
    Page("web", "lesson-not-taken", "learn/:courseId", f"learn/{NOWHERE}", "learner", refused=(403, 404)),
    Page("web", "sign-out", "sign-out", "sign-out?request=client_id%3Dlyceum-web", "learner"),
    Page("web", "signed-out", "sign-out", "sign-out", refused=_STRANGER),
    Page("web", "consent", "consent", "consent?request={consent}", "learner"),
    Page("web", "consent-incomplete", "consent", "consent", "learner"),
    Page("web", "settings", "settings", "settings", "learner"),
    Page("web", "settings-profile", "settings/profile", "settings/profile", "learner"),
    Page("web", "settings-sign-in", "settings/sign-in", "settings/sign-in", "learner"),
    Page("web", "settings-devices", "settings/devices", "settings/devices", "learner"),
    Page("web", "not-found", "*", "no/such/page", refused=_STRANGER),
    Page("admin", "sign-in", "", "", refused=_STRANGER),
    Page("admin", "not-allowed", "", "", "learner", refused=(403,)),
    Page("admin", "overview", "", "", "admin"),
    Page("admin", "courses", "courses", "courses", "admin"),
    Page("admin", "course", "courses/:courseId", "courses/{sums}", "admin"),
    Page("admin", "editor", "courses/:courseId/edit", "courses/{sums}/edit", "admin"),
    Page("admin", "editor-page", "courses/:courseId/edit", "courses/{sums}/edit?node={quiz_page}", "admin"),
    Page("admin", "editor-text", "courses/:courseId/edit", "courses/{sums}/edit?node={text}", "admin"),
    Page("admin", "editor-question", "courses/:courseId/edit", "courses/{sums}/edit?node={question}", "admin"),
    Page("admin", "editor-drawn", "courses/:courseId/edit", "courses/{sums}/edit?node={drawn_question}", "admin"),
    Page(
        "admin",
        "editor-as-learner",
        "courses/:courseId/edit",
        "courses/{sums}/edit?node={quiz_page}&view=learner",
        "admin",
    ),
    Page("admin", "imports", "imports", "imports", "admin"),
    Page("admin", "import", "imports/:importId", "imports/{import_}", "admin"),
    Page("admin", "events", "events", "events", "admin"),
    Page("admin", "events-nothing-found", "events", "events?type=lyceum.no.such.event.v1", "admin"),
    Page("admin", "outbox", "events/outbox", "events/outbox", "admin"),
    Page("admin", "outbox-of-module", "events/outbox", "events/outbox?module=course", "admin"),
    Page("admin", "dead-letter", "events/dead-letters/:module/:eventId", "events/dead-letters/{dead_letter}", "admin"),
    Page("admin", "people", "people", "people", "admin"),
    Page("admin", "people-nobody-found", "people", "people?q=nobody-has-this-name", "admin"),
    Page("admin", "person", "people/:userId", "people/{person}", "admin"),
    Page("admin", "person-with-role", "people/:userId", "people/{administrator}", "admin"),
    Page("admin", "person-missing", "people/:userId", f"people/{NOWHERE}", "admin", refused=(404,)),
    Page("admin", "audit", "audit", "audit", "admin"),
    Page("admin", "system", "system", "system", "admin"),
    Page("admin", "not-found", "*", "no/such/page", refused=_STRANGER),
)


def routes_of(app: App) -> Counter[str]:
    """The full paths of all pages that the app's routes.tsx has; an index route has the path of what it is in."""
    source = (APPS / app / "src" / "routes.tsx").read_text()
    found: Counter[str] = Counter()
    # Braces are routes in routes, and whatever else has braces. A path stands before the children below it.
    around: list[_Braces] = []
    for token in _TOKEN.finditer(source):
        if token[0] == "{":
            around.append(_Braces())
        elif token[0] == "}":
            closed = around.pop()
            if closed.is_page:
                found["/".join(filter(None, (each.path for each in [*around, closed])))] += 1
        elif token["path"] is not None:
            around[-1].path = token["path"].strip("/")
            around[-1].is_page = True
        elif token[0] == "children":
            around[-1].is_page = False
        else:
            around[-1].is_page = True
    return found


@dataclass
class _Braces:
    path: str = ""
    is_page: bool = False
