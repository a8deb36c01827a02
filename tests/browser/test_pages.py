"""What holds for every page of both apps, light and dark, in both directions of writing."""

import json
from collections import Counter
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import httpx
import pytest

from tooling.browser.pages import PAGES, routes_of
from tooling.browser.visiting import SIZES, Shifts, Troubles, Visit

AXE = Path(__file__).resolve().parents[2] / "apps" / "node_modules" / "axe-core" / "axe.min.js"
# Everything is checked in light; what the theme can change, the colours, once more in dark.
COLOURS = ["color-contrast", "link-in-text-block"]
_RUN = """async (rules) => {
  const only = rules === null ? {} : { runOnly: { type: 'rule', values: rules } };
  const { violations } = await axe.run(document, { resultTypes: ['violations'], preload: false, ...only });
  const told = (id, { failureSummary, html }) => `${id}: ${failureSummary} in ${html.slice(0, 200)}`;
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => told(id, node)));
}"""
LARGEST_SHIFT = 0.05
# Each page is seen from left to right on a wide screen, and from right to left on a narrow one.
LANGUAGES = {"en": SIZES[1440], "ar": SIZES[390]}
# Further states of a route, such as an empty list, differ from its first page in little: one language is enough.
FIRST = {(page.app, page.route): page for page in reversed(PAGES)}.values()
EVERYTHING = [("en", page) for page in PAGES] + [("ar", page) for page in FIRST]


@dataclass(frozen=True)
class Seen:
    """One page in one language."""

    page: str
    in_light: list[str]
    in_dark: list[str]
    beyond: int
    shifts: Shifts
    troubles: Troubles


@pytest.fixture(scope="package")
def visits(browser, platform, accounts):
    """For each language and each kind of visitor, a browser of their own."""
    script = AXE.read_text()
    opened = {}
    for (language, size), (visitor, account) in product(LANGUAGES.items(), accounts.items()):
        visit = Visit(browser, platform.address, language=language, size=size, account=account)
        visit.bring(script)
        opened[language, visitor] = visit
    yield opened
    for visit in opened.values():
        visit.close()


@pytest.fixture(scope="package", params=EVERYTHING, ids=lambda one: f"{one[1]}-{one[0]}")
def seen(request, visits, stage):
    """The page, looked at once for all tests."""
    language, page = request.param
    visit = visits[language, page.visitor]
    visit.open(page.address(stage))
    shifts, in_light = visit.shifts(), visit.tab.evaluate(_RUN, None)
    visit.theme("dark")
    return Seen(
        page=str(page),
        in_light=in_light,
        in_dark=visit.tab.evaluate(_RUN, COLOURS),
        beyond=visit.tab.evaluate("() => document.documentElement.scrollWidth - innerWidth"),
        shifts=shifts,
        troubles=visit.troubles(page),
    )


def test_a_page_is_accessible_in_light_and_dark(seen):
    assert seen.in_light == []
    assert seen.in_dark == []


def test_a_page_stands_still_while_it_comes(seen):
    assert seen.shifts.worst < LARGEST_SHIFT, "\n".join(seen.shifts.who)


def test_a_page_is_no_wider_than_the_window(seen):
    assert seen.beyond <= 0


def test_a_page_keeps_the_security_policy_and_has_no_errors(seen):
    assert seen.troubles.policy == []
    assert seen.troubles.console == []


@pytest.mark.parametrize("app", ["web", "admin"])
def test_no_route_is_forgotten(app):
    looked_at = {page.route for page in PAGES if page.app == app}
    assert set(routes_of(app)) == looked_at
    assert [path for path, number in routes_of(app).items() if number > 1] == []


def test_no_two_pages_have_one_name():
    assert [name for name, number in Counter(map(str, PAGES)).items() if number > 1] == []


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1/no-such-thing", "/api/v2/courses"])
def test_an_unknown_address_of_the_api_is_a_problem_and_no_page(platform, path):
    answer = httpx.get(platform.address + path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert json.loads(answer.text)["status"] == 404


def test_a_page_inside_an_app_can_be_loaded_anew(browser, platform, stage, accounts):
    visit = Visit(browser, platform.address, language="en", size=SIZES[1440], account=accounts["admin"])
    for where in ("/courses/{slug}", "/admin/people/{person}"):
        visit.open(where.format(**stage))
        title = visit.tab.locator("h1").inner_text()
        visit.tab.reload()
        visit.settle()
        assert visit.tab.locator("h1").inner_text() == title
    visit.close()
