"""Pictures of every page, narrow to wide, in light and dark, and one page with all of them: `tooling/screenshots`."""

import argparse
import html
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from lyceum.runtime.composition import installed_modules
from lyceum.testing.postgres import TestDatabases
from tooling.bootstrap import TOP
from tooling.browser import chromium, serving
from tooling.browser.pages import PAGES, Page
from tooling.browser.stage import set_stage
from tooling.browser.visiting import SIZES, Theme, Visit, accounts

THEMES: tuple[Theme, ...] = ("light", "dark")
_FOLDER = TOP / ".lyceum" / "screenshots"


def main(arguments: Sequence[str]) -> int:
    """Returns the exit code: 1 where there is no browser, or nothing to look at."""
    parser = argparse.ArgumentParser(prog="tooling/screenshots", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=_FOLDER, help=f"where they go; {_FOLDER} unless given")
    parser.add_argument("--language", default="en", help="a language of the front ends, such as ar")
    parser.add_argument("--only", default="", metavar="PART", help="only pages with this in their names: web-quiz")
    chosen = parser.parse_args(arguments)
    pages = [page for page in PAGES if chosen.only in str(page)]
    try:
        program = chromium.find()
        serving.build()
        with tempfile.TemporaryDirectory(prefix="lyceum-screenshots-") as data:
            _say("starting a platform of its own")
            with _platform(Path(data)) as platform, sync_playwright() as playwright:
                names = set_stage(platform)
                browser = program.start(playwright)
                take(browser, platform.address, names, pages, chosen.folder, chosen.language)
                browser.close()
    except (chromium.NoChromium, serving.NotServed) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sheet = write_sheet(chosen.folder, pages)
    _say(f"{len(pages) * len(SIZES) * len(THEMES)} pictures: {sheet}")
    return 0


@contextmanager
def _platform(folder: Path) -> Iterator[serving.Platform]:
    databases = TestDatabases(folder)
    databases.start()
    try:
        with databases.database(installed_modules()) as url, serving.platform(folder, url) as platform:
            yield platform
    finally:
        databases.stop()


def take(
    browser: Browser, address: str, names: dict[str, str], pages: Sequence[Page], folder: Path, language: str
) -> None:
    """A picture of each page in each size and theme. A page is loaded once for each size."""
    folder.mkdir(parents=True, exist_ok=True)
    who = accounts(address)
    for width, size in SIZES.items():
        visits = {
            visitor: Visit(browser, address, language=language, size=size, account=account)
            for visitor, account in who.items()
        }
        for page in pages:
            visit = visits[page.visitor]
            visit.open(page.address(names))
            for theme in THEMES:
                visit.theme(theme)
                visit.tab.screenshot(path=folder / _file(page, width, theme), full_page=True)
        for visit in visits.values():
            visit.close()
        _say(f"{len(pages)} pages at {width} px")


def write_sheet(folder: Path, pages: Sequence[Page]) -> Path:
    """A page with all pictures beside each other."""
    rows = []
    for page in pages:
        cells = "".join(
            f'<a href="{_file(page, width, theme)}"><img src="{_file(page, width, theme)}" width="{width // 4}" '
            f'loading="lazy" alt="{html.escape(f"{page}, {width} px, {theme}")}"></a>'
            for theme in THEMES
            for width in SIZES
        )
        rows.append(f"<h2>{page} <small>{html.escape(page.where)}</small></h2><p>{cells}</p>")
    sheet = folder / "index.html"
    sheet.write_text(_SHEET.format(rows="\n".join(rows)))
    return sheet


def _file(page: Page, width: int, theme: Theme) -> str:
    return f"{page}-{width}-{theme}.png"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


_SHEET = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Lyceum, page by page</title>
<style>
  body {{ font: 16px system-ui; margin: 2rem; background: #ddd; }}
  p {{ display: flex; gap: 1rem; align-items: start; overflow-x: auto; }}
  img {{ border: 1px solid #888; }}
  small {{ font-weight: normal; color: #555; }}
</style>
{rows}
</html>
"""

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
