"""Somebody with an account, at the API in a browser's way: by a session's cookie."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import httpx

from lyceum_host.samples import PEOPLE

T = TypeVar("T")

_SECONDS = 60


class Refused(Exception):
    """The platform said no."""


class Account:
    """One of the sample people, signed in."""

    def __init__(self, address: str, role: str) -> None:
        person = next(each for each in PEOPLE if each.email.startswith(f"{role}@"))
        self.email = person.email
        self.password = person.password
        self._http = httpx.Client(base_url=address, timeout=60)
        session = self.send("POST", "/api/v1/session", {"email": person.email, "password": person.password})
        self.id = session["user"]["id"]
        self._http.headers["X-CSRF-Token"] = session["csrf_token"]

    @property
    def cookies(self) -> list[dict[str, str]]:
        """What a browser needs to be this account's; as Playwright wants it."""
        base = str(self._http.base_url)
        return [{"name": each.name, "value": each.value or "", "url": base} for each in self._http.cookies.jar]

    def get(self, path: str, **query: Any) -> Any:
        return _content(self._http.get(path, params=query))

    def knows(self, path: str) -> bool:
        """Whether something is there, and this account may see it."""
        return self._http.get(path).status_code < 400

    def etag(self, path: str) -> str:
        return self._http.get(path).headers["etag"]

    def upload(self, path: str, file: Path, **fields: str) -> Any:
        """Send a file with a form. Raises `Refused`."""
        with file.open("rb") as content:
            return _content(self._http.post(path, files={"file": (file.name, content)}, data=fields))

    def put_file(self, path: str, file: Path, media_type: str) -> None:
        """Send a file as it is. Raises `Refused`."""
        _content(self._http.put(path, content=file.read_bytes(), headers={"Content-Type": media_type}))

    def led_to(self, path: str, **query: str) -> str:
        """Where a browser that asks for this is sent on to."""
        return self._http.get(path, params=query).headers["location"]

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The answer. Raises `Refused`."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return _content(self._http.request(method, path, json=body, headers=names))

    def until(self, look: Callable[[], T | None], what: str) -> T:
        """What `look` finds, as soon as it does. Raises `TimeoutError`."""
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end:
            found = look()
            if found:
                return found
            time.sleep(0.1)
        raise TimeoutError(f"{what} did not come within {_SECONDS} seconds")


def _content(response: httpx.Response) -> Any:
    if response.status_code >= 400:
        raise Refused(f"{response.request.method} {response.request.url}: {response.status_code} {response.text[:800]}")
    return response.json() if response.content else None
