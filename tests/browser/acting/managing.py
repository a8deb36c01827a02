"""What authors and administrators do in the Admin Portal."""

from acting.hands import Hands
from playwright.sync_api import Locator, expect

from tooling.browser.visiting import PATIENCE, Visit


class Manager:
    """Somebody at the Admin Portal, from the form to sign in on."""

    def __init__(self, visit: Visit, hands: Hands) -> None:
        self._visit = visit
        self._tab = visit.tab
        self._hands = hands

    def signs_in(self, email: str, password: str) -> None:
        self._visit.open("/admin/")
        self._write(self._main, "E-mail", email)
        self._write(self._main, "Password", password)
        self._push(self._main, "Sign in")
        self._heading("Welcome")

    def gives_a_role(self, name: str, role: str) -> None:
        """Find somebody, and let them do more than they could."""
        self._goes_to("People")
        self._hands.write(self._main.get_by_role("searchbox"), name)
        # The row of headings, and the only one that is left.
        expect(self._main.get_by_role("row")).to_have_count(2, timeout=PATIENCE)
        self._hands.press(self._main.get_by_role("link", name=name, exact=True))
        self._heading(name)
        self._push(self._main, "Give a role")
        dialog = self._tab.get_by_role("dialog")
        self._hands.pick(dialog.get_by_role("button", name="Choose…"), role)
        self._push(dialog, "Give a role")
        expect(dialog).to_have_count(0, timeout=PATIENCE)
        expect(self._main.get_by_role("button", name=f"Take away the role {role}")).to_be_visible(timeout=PATIENCE)

    def replays_a_dead_letter(self, address: str) -> None:
        """Open it from the list of events, see what a replay would be, and do it."""
        self._goes_to("Events")
        self._hands.press(self._main.locator(f"a[href$='{address}']"))
        expect(self._main.get_by_text("Not handled", exact=True)).to_be_visible(timeout=PATIENCE)
        self._push(self._main, "Replay it")
        dialog = self._tab.get_by_role("dialog")
        self._push(dialog, "Replay 1 event")
        expect(self._main.get_by_text("Handled since", exact=True)).to_be_visible(timeout=PATIENCE)

    def makes_a_course(self, title: str) -> None:
        """A course with one page, which asks a question as a quiz."""
        self._goes_to("Courses")
        self._push(self._main, "New course")
        dialog = self._tab.get_by_role("dialog")
        self._write(dialog, "Title", title)
        self._push(dialog, "Create")
        self._heading(title)
        for button, part in (("Add a section", "Roots"), ("Add a lesson", "Square roots"), ("Add a page", "Of four")):
            self._adds(button, part)
        self._push(self._main, "Add to the page")
        self._chooses("Question")
        self._names_it("Try it")
        self._asks_for_a_number("How much is the square root of four?", "2")

    def puts_a_section_first(self, title: str, before: str) -> None:
        """Add a section, which comes last, and drag it to the front of the outline."""
        self._adds("Add a section", title)
        tree = self._tab.get_by_role("treegrid")
        row, other = (tree.get_by_role("row", name=name, exact=True) for name in (title, before))
        self._hands.put_before(row, other)
        self._says(f"“{title}” is now number 1.")
        expect(tree.get_by_role("row").first).to_have_attribute("aria-label", title)

    def publishes(self, number: int) -> None:
        """Go to what stands before publishing, and publish."""
        self._goes_to_publishing()
        self._push(self._main, "Publish")
        self._says(f"Version {number} is published")

    def renames_what_is_open(self, title: str) -> None:
        """In the editor, from the page of the course."""
        self._hands.press(self._main.get_by_role("link", name="Edit", exact=True))
        tree = self._tab.get_by_role("treegrid")
        self._hands.press(tree.get_by_role("row").first.get_by_role("button", name="What to do with"))
        self._chooses("Rename")
        dialog = self._tab.get_by_role("dialog")
        self._write(dialog, "Title", title)
        self._push(dialog, "Save")
        expect(tree.get_by_role("row", name=title)).to_be_visible(timeout=PATIENCE)

    def sees_the_change(self, part: str) -> None:
        self._goes_to_publishing()
        changes = self._main.get_by_role("listitem").filter(has_text="Changed").filter(has_text=part)
        expect(changes).to_have_count(1, timeout=PATIENCE)

    def goes_back_to(self, number: int, becomes: int) -> None:
        """Publish an earlier version again. The draft stays as it is."""
        self._push(self._main, f"Go back to version {number}")
        self._push(self._tab.get_by_role("alertdialog"), "Publish it again")
        self._says(f"Version {becomes} is published")
        expect(self._main.get_by_role("heading", name=f"Version {becomes}")).to_be_visible(timeout=PATIENCE)

    def _asks_for_a_number(self, question: str, right: str) -> None:
        self._push(self._main.get_by_role("group", name="What kind of question?"), "Number")
        prompt = self._main.get_by_role("textbox", name="Question", exact=True)
        self._hands.write(prompt, question)
        self._hands.write(self._main.get_by_role("textbox", name="Number", exact=True).first, right)
        self._push(self._main, "Save the question")
        self._push(self._main, "How it is taken")
        quiz = self._main.get_by_role("radio", name="A quiz: the result comes after handing in")
        self._hands.tick(quiz)
        expect(quiz).to_be_checked()
        expect(self._main.get_by_text("Saved", exact=True).last).to_be_visible(timeout=PATIENCE)

    def _adds(self, button: str, title: str) -> None:
        self._hands.press(self._main.get_by_role("button", name=button, exact=True).first)
        self._names_it(title)

    def _names_it(self, title: str) -> None:
        dialog = self._tab.get_by_role("dialog")
        self._write(dialog, "Title", title)
        self._push(dialog, "Add")
        expect(self._main.get_by_role("heading", level=2, name=title)).to_be_visible(timeout=PATIENCE)

    def _chooses(self, entry: str) -> None:
        """From the menu that is open."""
        self._hands.choose(self._tab.get_by_role("menuitem", name=entry, exact=True))

    def _goes_to(self, area: str) -> None:
        self._hands.press(self._tab.get_by_role("navigation").get_by_role("link", name=area, exact=True))
        self._heading(area)

    def _goes_to_publishing(self) -> None:
        here = self._main.get_by_role("link", name="To publishing", exact=True)
        if here.count():
            self._hands.press(here)
        expect(self._main.get_by_role("heading", name="Before publishing")).to_be_visible(timeout=PATIENCE)

    @property
    def _main(self) -> Locator:
        return self._tab.get_by_role("main")

    def _push(self, where: Locator, name: str) -> None:
        self._hands.press(where.get_by_role("button", name=name, exact=True).first)

    def _write(self, where: Locator, label: str, text: str) -> None:
        self._hands.write(where.get_by_role("textbox", name=label), text)

    def _heading(self, text: str) -> None:
        expect(self._tab.get_by_role("heading", level=1)).to_contain_text(text, timeout=PATIENCE)

    def _says(self, text: str) -> None:
        expect(self._tab.get_by_text(text).first).to_be_visible(timeout=PATIENCE)
