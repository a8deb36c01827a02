"""What learners do in the Web App."""

from acting.hands import Hands
from acting.knowing import Answer, words
from playwright.sync_api import Locator, expect

from tooling.browser.visiting import PATIENCE, Visit

GLANCE = 2000  # milliseconds: what is on the screen for less does not count as seen


class Learner:
    """Somebody who learns, from the first look at the Web App."""

    def __init__(self, visit: Visit, hands: Hands) -> None:
        self._visit = visit
        self._tab = visit.tab
        self._hands = hands

    def arrives(self) -> None:
        self.opens("/")

    def opens(self, address: str) -> None:
        self._visit.open(address)

    def signs_up(self, name: str, email: str, password: str) -> None:
        self._follow("Sign in")
        self._heading("Welcome back")
        self._follow("Create an account")
        self._heading("Create an account")
        self._write("Your name", name)
        self._write("E-mail address", email)
        self._write("Password", password)
        self._push("Create the account")
        self._heading("Look into your mail")

    def opens_the_link(self, address: str) -> None:
        self.opens(address)
        self._push("Confirm my address")
        self._heading("Your account is ready")
        self._follow("Sign in")

    def signs_in(self, email: str, password: str) -> None:
        self._heading("Welcome back")
        self._write("E-mail address", email)
        self._write("Password", password)
        self._push("Sign in")
        expect(self._tab.get_by_role("link", name="My learning").first).to_be_visible(timeout=PATIENCE)

    def finds(self, title: str) -> None:
        """Search the catalogue, and open the course."""
        self._follow("Courses")
        self._hands.write(self._tab.get_by_role("searchbox"), title)
        expect(self._tab.get_by_role("main").get_by_role("heading", level=2)).to_have_count(1, timeout=PATIENCE)
        self._hands.press(self._tab.get_by_role("main").get_by_role("link", name=title))
        self._heading(title)

    def takes_it_up(self) -> None:
        self._push("Enrol")
        self._follow("Start")

    def does_everything(self, answers: dict[str, Answer]) -> int:
        """Read every page, answer every question; how many pages that were."""
        pages = 0
        while True:
            pages += 1
            self._does_the_page(answers)
            following = self._tab.get_by_role("navigation", name="Previous and next page").get_by_role(
                "link", name="Next"
            )
            if following.count() == 0:
                return pages
            here = self._tab.url
            self._hands.press(following)
            self._tab.wait_for_url(lambda url, here=here: url != here)

    def has_finished(self, title: str) -> None:
        """The last page says so, and the list of one's courses."""
        self._follow("Finished: to my learning")
        expect(self._tab.get_by_role("progressbar", name=title)).to_have_attribute(
            "aria-valuenow", "100", timeout=PATIENCE
        )

    def takes_the_quiz(self, answers: dict[str, Answer]) -> None:
        """A quiz that was taken before: from the page that leads to it, through all its questions, to the result and
        back."""
        self._follow("To the quiz")
        self._push("Take it again")
        while True:
            self._answer(self._tab.get_by_role("main").locator("[role=group][aria-labelledby]").first, answers)
            expect(self._tab.get_by_text("All answers are saved")).to_be_visible(timeout=PATIENCE)
            further = self._tab.get_by_role("main").get_by_role("button", name="Next", exact=True)
            if further.count() == 0:
                break
            self._hands.press(further)
        self._push("Hand in")
        self._hands.press(self._tab.get_by_role("alertdialog").get_by_role("button", name="Hand in"))
        expect(self._tab.get_by_role("heading", name="Your result")).to_be_visible(timeout=PATIENCE)
        expect(self._tab.get_by_text("Passed", exact=True)).to_be_visible()
        lesson = self._tab.get_by_role("link", name="Back to the lesson")
        self._hands.press(lesson)
        expect(self._tab.get_by_role("link", name="To the quiz", exact=True)).to_be_visible(timeout=PATIENCE)

    def _does_the_page(self, answers: dict[str, Answer]) -> None:
        self._visit.settle()
        self._tab.wait_for_timeout(GLANCE)
        for question in self._tab.get_by_role("main").locator("form").all():
            self._answer(question, answers)
            self._hands.press(question.get_by_role("button", name="Check"))
            expect(question.get_by_text("Right", exact=True)).to_be_visible(timeout=PATIENCE)
        current = self._tab.get_by_label("Pages of the course").locator("[aria-current=page]")
        expect(current).to_contain_text("Done", timeout=PATIENCE)

    def _answer(self, question: Locator, answers: dict[str, Answer]) -> None:
        asked = words(question.inner_text())
        [answer] = [answer for prompt, answer in answers.items() if asked.startswith(prompt)]
        if answer.kind == "dropdown":
            self._hands.pick(question.get_by_role("button", name="One answer"), answer.words[0])
        elif answer.kind == "single_choice":
            self._hands.tick(question.get_by_role("radio", name=answer.words[0], exact=True))
        elif answer.kind == "multiple_choice":
            for one in answer.words:
                self._hands.tick(question.get_by_role("checkbox", name=one, exact=True))
        else:
            self._hands.write(question.get_by_role("textbox"), answer.words[0])

    def _follow(self, name: str) -> None:
        self._hands.press(self._tab.get_by_role("link", name=name, exact=True).first)

    def _push(self, name: str) -> None:
        self._hands.press(self._tab.get_by_role("main").get_by_role("button", name=name, exact=True))

    def _write(self, label: str, text: str) -> None:
        self._hands.write(self._tab.get_by_role("main").get_by_label(label, exact=True), text)

    def _heading(self, text: str) -> None:
        expect(self._tab.get_by_role("heading", level=1)).to_contain_text(text, timeout=PATIENCE)
