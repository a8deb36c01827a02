"""A visitor's browser: it opens pages, waits until they are there, and keeps what went wrong on the way."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, ConsoleMessage, Request
from playwright.sync_api import Page as Tab

from tooling.browser.account import Account
from tooling.browser.pages import Page, Visitor

Theme = Literal["light", "dark"]
Size = tuple[int, int]
SIZES: dict[int, Size] = {390: (390, 844), 820: (820, 1180), 1440: (1440, 900)}
_MOMENT = 50
PATIENCE = 30_000
"""Milliseconds until a page has to be there; a busy machine is slow."""

_WATCH = Path(__file__).with_name("watch.js")
_THERE = "() => window.__isThere()"


@dataclass
class Troubles:
    """What a page did that no page should do."""

    console: list[str] = field(default_factory=list)
    policy: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Shifts:
    """How far the layout jumped while the page came (CLS), and what moved."""

    worst: float
    who: list[str]


class Visit:
    """One context of the browser, with one tab: somebody, in one language, at one size."""

    def __init__(
        self, browser: Browser, address: str, *, language: str, size: Size, account: Account | None = None
    ) -> None:
        self.address = address
        self._context = browser.new_context(
            base_url=address,
            locale=language,
            viewport={"width": size[0], "height": size[1]},
            color_scheme="light",
            reduced_motion="reduce",
        )
        self._context.add_init_script(path=_WATCH)
        self._context.set_default_timeout(PATIENCE)
        if account is not None:
            self._context.add_cookies(account.cookies)  # type: ignore[arg-type]  # its TypedDict is private
        self.tab: Tab = self._context.new_page()
        self._console: list[str] = []
        self._asked: set[Request] = set()
        self.tab.on("console", self._hear)
        self.tab.on("request", lambda request: self._asked.add(request))
        self.tab.on("requestfailed", lambda request: self._asked.discard(request))
        self.tab.on("response", lambda response: self._asked.discard(response.request))
        self.tab.on("pageerror", lambda error: self._console.append(f"uncaught: {error}"))

    def bring(self, script: str) -> None:
        """Have a script in every document that is opened from now on."""
        self._context.add_init_script(script)

    def open(self, address: str) -> None:
        """Go there, in a new document and in light, and wait until the page is complete."""
        self.tab.emulate_media(color_scheme="light")
        self._console.clear()
        self._asked.clear()
        self.tab.goto(address)
        self.settle()

    def settle(self) -> None:
        """Return when the page shows what it is about, and every request has been answered."""
        self.tab.wait_for_function(_THERE)
        while self._asked:
            self.tab.wait_for_timeout(_MOMENT)
            self.tab.wait_for_function(_THERE)

    def theme(self, theme: Theme) -> None:
        """As if the system changed over: nothing is loaded anew, and with less motion every colour is there at once."""
        self.tab.emulate_media(color_scheme=theme)
        self.tab.wait_for_function("theme => document.documentElement.dataset.theme === theme", arg=theme)

    def resize(self, size: Size) -> None:
        self.tab.set_viewport_size({"width": size[0], "height": size[1]})

    def shifts(self) -> Shifts:
        found: dict[str, Any] = self.tab.evaluate("() => window.__cls()")
        return Shifts(found["worst"], found["who"])

    def troubles(self, page: Page) -> Troubles:
        """What was reported since the page was opened, without the refusals that belong to it."""
        expected = tuple(f"the server responded with a status of {status} " for status in page.refused)
        console = [said for said in self._console if not any(each in said for each in expected)]
        return Troubles(console, self.tab.evaluate("() => window.__violations ?? []"))

    def close(self) -> None:
        self._context.close()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._console.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")


def accounts(address: str) -> dict[Visitor, Account | None]:
    """Who looks at the pages, signed in once for all contexts."""
    return {"nobody": None, "learner": Account(address, "learner"), "admin": Account(address, "admin")}
