"""A real browser, and the whole platform behind it, once for all tests of this folder."""

import sys
from pathlib import Path

import pytest

from lyceum.runtime.composition import installed_modules

# The journeys' own modules, and the tools that start the browser and the platform.
sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[2])]


@pytest.fixture(scope="package")
def chromium():
    """The browser's program. Skips, saying what was tried, where there is none."""
    from tooling import frontends
    from tooling.browser.chromium import NoChromium, find

    if (reason := frontends.obstacle()) is not None:
        pytest.skip(f"{reason}: the front ends were NOT looked at in a browser")
    try:
        return find()
    except NoChromium as error:
        pytest.skip(f"{error}: the front ends were NOT looked at in a browser")


@pytest.fixture(scope="package")
def platform(chromium, databases, tmp_path_factory):
    """What `lyceum up` starts, with the front ends as their source is now."""
    from tooling.browser.serving import build, platform

    build()
    with (
        databases.database(installed_modules()) as url,
        platform(tmp_path_factory.mktemp("browser"), url) as running,
    ):
        yield running


@pytest.fixture(scope="package")
def stage(platform):
    """What the addresses of pages name, after all that makes the pages worth looking at."""
    from tooling.browser.stage import set_stage

    return set_stage(platform)


@pytest.fixture(scope="package")
def accounts(platform):
    from tooling.browser.visiting import accounts

    return accounts(platform.address)


@pytest.fixture(scope="package")
def browser(chromium):
    """Ends with this folder: while Playwright runs, its loop is the one of this thread, and no other can."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = chromium.start(playwright)
        yield running
        running.close()
