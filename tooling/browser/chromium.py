"""A Chromium to drive: the system's, or the one that npm's @sparticuz/chromium brings along, libraries and all."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

from tooling import frontends
from tooling.bootstrap import TOOLS

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
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
    """The one that `LYCEUM_CHROMIUM` names, else the system's, else the package's. Raises `NoChromium`."""
    chosen = os.environ.get(CHOICE)
    if chosen is not None and chosen != "npm":
        return Chromium(chosen)
    program = next(filter(None, map(shutil.which, NAMES)), None) if chosen is None else None
    return Chromium(program) if program is not None else _from_npm()


def _from_npm() -> Chromium:
    reason = frontends.obstacle()
    manifest = frontends.APPS / "node_modules" / "@sparticuz" / "chromium" / "package.json"
    if reason is None and not manifest.exists():
        reason = "the packages of the front ends are not installed"
    if reason is not None:
        raise NoChromium(f"{' and '.join(NAMES[::2])} are not on the PATH, and {reason}")
    folder = TOOLS.with_name("chromium") / json.loads(manifest.read_text())["version"]
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
    found = Chromium(unpacked["path"], {**unpacked["variables"]})
    if (reason := _fault(found)) is not None:
        raise NoChromium(f"{' and '.join(NAMES[::2])} are not on the PATH, and npm's does not run here: {reason}")
    return found


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
