"""Two ways to use a page: with a mouse, and with nothing but a keyboard."""

from typing import Protocol

from playwright.sync_api import FloatRect, Locator
from playwright.sync_api import Keyboard as Keys

MOST_STEPS = 120
"""So many presses of one key must be enough to get anywhere on a page."""


_MOVES = 12


class Unreachable(AssertionError):
    """The keyboard does not get there."""


class Hands(Protocol):
    """What one can do to a page. Each waits until the page lets it."""

    def press(self, target: Locator) -> None:
        """Press a button or follow a link."""

    def write(self, field: Locator, text: str) -> None:
        """Put a text into a field, in place of what was there."""

    def tick(self, choice: Locator) -> None:
        """Choose a radio button or tick a box."""

    def pick(self, field: Locator, option: str) -> None:
        """Open a list and choose from it by the option's words."""

    def choose(self, entry: Locator) -> None:
        """Choose an entry of the menu that is open."""

    def put_before(self, row: Locator, other: Locator) -> None:
        """Drag a row of an outline in front of another one that has a name."""


class Mouse:
    """Points at things, and types where it has clicked."""

    def press(self, target: Locator) -> None:
        target.click()

    def write(self, field: Locator, text: str) -> None:
        field.click()
        field.fill(text)

    def tick(self, choice: Locator) -> None:
        # The input itself is not seen: people click at the words, as here.
        choice.locator("xpath=ancestor::label").click()

    def pick(self, field: Locator, option: str) -> None:
        field.click()
        field.page.get_by_role("option", name=option, exact=True).click()

    def choose(self, entry: Locator) -> None:
        entry.click()

    def put_before(self, row: Locator, other: Locator) -> None:
        row.hover()
        start, end = _box(row.get_by_role("button", name="Drag")), _box(other)
        left, top = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2
        mouse = row.page.mouse
        mouse.move(left, top)
        mouse.down()
        # Its upper edge is where what comes before it goes. A drag begins only when the mouse has gone some way.
        for step in range(1, _MOVES + 1):
            mouse.move(left, top + (end["y"] + 4 - top) * step / _MOVES)
        other.locator("xpath=preceding-sibling::*[@data-drop-target]").wait_for(state="attached")
        mouse.up()


class Keyboard:
    """Goes from one thing to the next by Tab and the arrows, as those do who use no mouse."""

    def press(self, target: Locator) -> None:
        self._go_to(target)
        self._keys(target).press("Enter")

    def write(self, field: Locator, text: str) -> None:
        self._go_to(field)
        self._keys(field).press("ControlOrMeta+a")
        self._keys(field).type(text)

    def tick(self, choice: Locator) -> None:
        if choice.get_attribute("type") == "checkbox":
            self._go_to(choice)
            self._keys(choice).press("Space")
            return
        # Tab leads into a group of radio buttons, the arrows from one to the next.
        group = choice.locator("xpath=ancestor::*[@role='radiogroup']")
        self._walk(choice, "Tab", until=lambda: _holds_focus(group))
        if _has_focus(choice):
            self._keys(choice).press("Space")
        else:
            self._walk(choice, "ArrowDown")

    def pick(self, field: Locator, option: str) -> None:
        self._go_to(field)
        self._keys(field).press("Enter")
        wanted = field.page.get_by_role("option", name=option, exact=True)
        wanted.wait_for()
        self._walk(wanted, "ArrowDown")
        self._keys(field).press("Enter")

    def choose(self, entry: Locator) -> None:
        entry.wait_for()
        self._walk(entry, "ArrowDown")
        self._keys(entry).press("Enter")

    def put_before(self, row: Locator, other: Locator) -> None:
        self._go_to(row.get_by_role("button", name="Drag"))
        self._keys(row).press("Enter")
        place = row.page.get_by_role("button", name=f"Insert before {other.get_attribute('aria-label')}", exact=True)
        place.wait_for(state="attached")
        self._walk(place, "ArrowUp")
        self._keys(row).press("Enter")

    def _go_to(self, target: Locator) -> None:
        target.wait_for(state="attached")
        table = target.locator("xpath=ancestor::*[@role='grid' or @role='treegrid'][1]")
        if table.count():
            # Tab leads into a table, the arrows to a row and along it.
            row = target.locator("xpath=ancestor-or-self::*[@role='row'][1]")
            self._walk(target, "Tab", until=lambda: _holds_focus(table))
            self._walk(target, "ArrowDown", until=lambda: _holds_focus(row))
            self._walk(target, "ArrowRight")
        else:
            self._walk(target, "Tab")

    def _walk(self, target: Locator, key: str, until: "Arrived | None" = None) -> None:
        arrived = until or (lambda: _has_focus(target))
        for _ in range(MOST_STEPS):
            if arrived():
                return
            self._keys(target).press(key)
        raise Unreachable(f"{MOST_STEPS} presses of {key} did not lead to {target}")

    @staticmethod
    def _keys(target: Locator) -> Keys:
        return target.page.keyboard


class Arrived(Protocol):
    """Whether the focus is where it should go."""

    def __call__(self) -> bool: ...


def _box(target: Locator) -> FloatRect:
    box = target.bounding_box()
    assert box is not None, f"{target} is nowhere to be seen"
    return box


def _has_focus(target: Locator) -> bool:
    return bool(target.evaluate("element => element === document.activeElement"))


def _holds_focus(around: Locator) -> bool:
    return bool(around.evaluate("element => element.contains(document.activeElement)"))
