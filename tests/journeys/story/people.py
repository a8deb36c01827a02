"""People, each with an application of their own that speaks to the platform over HTTP."""

import base64
import hashlib
import secrets
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

CLIENT = "lyceum-web"
CALLBACK = "/auth/callback"


class Refused(AssertionError):
    """The platform said no, or worse."""

    def __init__(self, response: httpx.Response) -> None:
        request = response.request
        super().__init__(f"{request.method} {request.url}: {response.status_code} {response.text[:1000]}")
        self.status = response.status_code
        self.code = response.json().get("code") if "json" in response.headers.get("content-type", "") else None


class Person:
    """Somebody with an account. Their calls carry the access token that signing in brought."""

    def __init__(self, address: str, email: str, password: str) -> None:
        self.address = address
        self.email = email
        self.password = password
        self._api = httpx.Client(base_url=address, timeout=60)
        self.id = ""

    def sign_in(self) -> None:
        """As a browser and its application do: authorization code with PKCE, through the login page."""
        with httpx.Client(timeout=60) as browser:
            tokens = _tokens(browser, self.address, self.email, self.password)
        self._api.headers["authorization"] = f"Bearer {tokens['access_token']}"
        self.id = self.get("/api/v1/me")["id"]

    def get(self, path: str, **query: Any) -> Any:
        return self.ask("GET", path, params=query).json()

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return _content(self.ask("POST", path, json=body, headers=_names(headers)))

    def put(self, path: str, body: Any = None, **headers: str) -> Any:
        return _content(self.ask("PUT", path, json=body, headers=_names(headers)))

    def patch(self, path: str, body: Any = None, **headers: str) -> Any:
        return _content(self.ask("PATCH", path, json=body, headers=_names(headers)))

    def ask(self, method: str, path: str, **arguments: Any) -> httpx.Response:
        """The answer. Raises `Refused` where it is an error."""
        response = self._api.request(method, path, **arguments)
        if response.status_code >= 400:
            raise Refused(response)
        return response

    def every(self, path: str, **query: Any) -> list[Any]:
        """All items of a list, page after page."""
        items: list[Any] = []
        page = self.get(path, **query)
        while True:
            items += page["items"]
            if page["next_cursor"] is None:
                return items
            page = self.get(path, **query, cursor=page["next_cursor"])


class Administrator(Person):
    """Somebody who may hand out roles."""

    def give_role(self, person: Person, role: str) -> None:
        self.post("/api/v1/role-assignments", {"user_id": person.id, "role": role, "scope": "platform"})


def _tokens(browser: httpx.Client, address: str, email: str, password: str) -> Any:
    metadata = _seen(browser.get(f"{address}/.well-known/openid-configuration")).json()
    assert metadata["issuer"] == address
    verifier, state, nonce = (secrets.token_urlsafe(48) for _ in range(3))
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    request = {
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": address + CALLBACK,
        "scope": "openid profile email lyceum.api",
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    login_page = _location(browser.get(metadata["authorization_endpoint"], params=request))
    assert login_page.path == "/sign-in", login_page.geturl()
    _seen(browser.post(f"{address}/api/v1/session", json={"email": email, "password": password}))
    back = parse_qs(login_page.query)["return_to"][0]
    callback = _location(browser.get(address + back))
    assert callback.path == CALLBACK, callback.geturl()
    answer = {name: values[0] for name, values in parse_qs(callback.query).items()}
    assert answer["state"] == state
    return _seen(
        browser.post(
            metadata["token_endpoint"],
            data={
                "grant_type": "authorization_code",
                "code": answer["code"],
                "redirect_uri": address + CALLBACK,
                "client_id": CLIENT,
                "code_verifier": verifier,
            },
        )
    ).json()


def _location(response: httpx.Response) -> Any:
    assert response.status_code == 303, f"{response.status_code} {response.text[:1000]}"
    return urlsplit(response.headers["location"])


def _seen(response: httpx.Response) -> httpx.Response:
    if response.status_code >= 400:
        raise Refused(response)
    return response


def _content(response: httpx.Response) -> Any:
    return response.json() if response.content else None


def _names(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
