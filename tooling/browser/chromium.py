"""A Chromium to drive, and rather one that has no windows at all: of the system, or of npm's @sparticuz/chromium."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

from tooling import frontends
from tooling.bootstrap import TOOLS

# A browser of people draws its windows where nobody sees them, too: that takes as long again as most pages.
SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHOICE = "LYCEUM_CHROMIUM"
"""The variable that names a program to take instead; `npm` takes the package's."""

# The package unpacks into the temporary folder, and its libraries only where it believes to be on Amazon's Linux.
_UNPACK = """
import chromium from '@sparticuz/chromium';
const path = await chromium.executablePath();
const { LD_LIBRARY_PATH, FONTCONFIG_PATH } = process.env;
console.log(JSON.stringify({ path, variables: { LD_LIBRARY_PATH, FONTCONFIG_PATH } }));
"""
_PRETENCE = {"AWS_EXECUTION_ENV": "AWS_Lambda_nodejs20.x"}
# A test machine may have no way to the outside: what browsers ask of their maker at every start is left out.
_ARGUMENTS = ("--disable-quic", "--disable-sync", "--disable-domain-reliability", "--no-pings")


class NoChromium(Exception):
    """There is none on this machine; the text says what was tried."""


@dataclass(frozen=True)
class Chromium:
    """A program, and the variables that it needs beside those of this process."""

    program: str
    variables: Mapping[str, str] = field(default_factory=dict)

    def start(self, playwright: Playwright) -> Browser:
        """A running browser without a window."""
        return playwright.chromium.launch(
            executable_path=self.program, args=list(_ARGUMENTS), env={**os.environ, **self.variables}
        )


def find() -> Chromium:
    """What `LYCEUM_CHROMIUM` names; else a shell of the system, the package's, or a browser of the system, in this
    order. Raises `NoChromium`.
    """
    chosen = os.environ.get(CHOICE)
    if chosen == "npm":
        return _from_npm()
    if program := chosen or _first(SHELLS):
        return Chromium(program)
    try:
        return _from_npm()
    except NoChromium as error:
        if program := _first(BROWSERS):
            return Chromium(program)
        raise NoChromium(f"{error}, and {' or '.join(BROWSERS[::2])} are not on the PATH") from None


def _first(names: Sequence[str]) -> str | None:
    return next(filter(None, map(shutil.which, names)), None)


def _from_npm() -> Chromium:
    reason = frontends.obstacle()
    manifest = frontends.APPS / "node_modules" / "@sparticuz" / "chromium" / "package.json"
    if reason is None and not manifest.exists():
        reason = "the packages of the front ends are not installed"
    if reason is not None:
        raise NoChromium(f"npm's Chromium is not to be had: {reason}")
    folder = TOOLS.with_name("chromium") / json.loads(manifest.read_text())["version"]
    tried = folder / "tried.json"
    if tried.exists():
        known = Chromium(**json.loads(tried.read_text()))
        if Path(known.program).is_file():  # the whole repository may have been moved
            return known
    found = _unpacked(folder)
    tried.write_text(json.dumps({"program": found.program, "variables": found.variables}))
    return found


def _unpacked(folder: Path) -> Chromium:
    """What the package brings, once it has shown a page here: with the libraries and fonts of this machine, or where
    some are missing with its own, of which it has fonts for few languages. Raises `NoChromium`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", _UNPACK],
        cwd=frontends.APPS,
        env={**os.environ, **_PRETENCE, "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise NoChromium(f"@sparticuz/chromium could not be unpacked: {done.stderr.strip()[-500:]}")
    unpacked = json.loads(done.stdout)
    plain, complete = Chromium(unpacked["path"]), Chromium(unpacked["path"], unpacked["variables"])
    if _fault(plain) is None:
        return plain
    if (reason := _fault(complete)) is not None:
        raise NoChromium(f"npm's Chromium does not run here: {reason}")
    return complete


def _fault(chromium: Chromium) -> str | None:
    """Why a Chromium that was made for other machines shows no page on this one; null where it does."""
    with sync_playwright() as playwright:
        try:
            browser = chromium.start(playwright)
            page = browser.new_page()
            page.set_content("<p>there</p>")
            shown = page.inner_text("p")
            browser.close()
        except Error as error:
            return error.message[:300]
    return None if shown == "there" else f"it showed {shown!r}"
