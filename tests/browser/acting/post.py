"""The mails that the platform sends in development: it tells them in its log."""

import re
import time

from tooling.browser.serving import Platform

_SECONDS = 30


def link_to(platform: Platform, person: str) -> str:
    """The address in the last mail to somebody. Raises `TimeoutError`."""
    mail = re.compile(rf"text=(['\"]).*?(https?://[^\s\\]+).*? to={re.escape(person)}\b")
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        found = mail.findall(platform.said())
        if found:
            return str(found[-1][1])
        time.sleep(0.1)
    raise TimeoutError(f"no mail to {person} within {_SECONDS} seconds")
