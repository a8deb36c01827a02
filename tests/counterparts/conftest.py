"""The platform as a server, and programs on Node that nobody here wrote the protocol of."""

import asyncio
import contextlib
import fcntl
import hashlib
import json
import shutil
import socket
import subprocess
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
import pytest_asyncio

from lyceum.runtime import process
from lyceum.runtime.composition import Platform, installed_modules
from lyceum.runtime.settings import PlatformSettings
from lyceum_host.accounts import ensure_account
from lyceum_host.app import create_app

HERE = Path(__file__).parent
SECRET = "a-secret-for-tests-that-is-long-enough"
PASSWORD = "correct horse battery"
OLDEST_NODE = 20


@pytest.fixture(scope="package")
def node() -> str:
    """The Node program, with the packages of package-lock.json installed beside the tests."""
    program, npm = shutil.which("node"), shutil.which("npm")
    if program is None or npm is None:
        pytest.skip("node and npm are not on the PATH: nothing was tested against foreign implementations")
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(version.removeprefix("v").partition(".")[0]) < OLDEST_NODE:
        pytest.skip(f"node is {version}, these tests need {OLDEST_NODE}: nothing was tested against foreign code")
    wanted = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    with (HERE / "package.json").open() as lock:  # several processes of one run may come here at once
        fcntl.flock(lock, fcntl.LOCK_EX)
        installed = HERE / "node_modules" / ".lyceum-installed"
        if not installed.exists() or installed.read_text() != wanted:
            outcome = subprocess.run([npm, "ci"], cwd=HERE, capture_output=True, text=True, timeout=300)
            assert outcome.returncode == 0, outcome.stderr
            installed.write_text(wanted)
    return program


@asynccontextmanager
async def _running(node: str, script: str, *arguments: str) -> AsyncIterator[Process]:
    running = await asyncio.create_subprocess_exec(node, HERE / script, *arguments, stdin=PIPE, stdout=PIPE)
    try:
        yield running
    finally:
        assert running.stdin is not None
        running.stdin.close()
        try:
            await asyncio.wait_for(running.wait(), 10)
        except TimeoutError:
            running.kill()
            await running.wait()


@pytest.fixture(scope="package")
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="package")
def address(port: int) -> str:
    """Where the platform is."""
    return f"http://127.0.0.1:{port}"


@pytest_asyncio.fixture(scope="package")
async def provider(node: str, address: str) -> AsyncIterator[str]:
    """The issuer of an oidc-provider that knows a few people. Lyceum is two clients there: `trusted` for a provider
    whose addresses count and who may bring new people, `stranger` for one of whom nothing is believed."""
    clients = [
        {
            "client_id": f"lyceum {name}",  # the blank tests how the credentials are encoded
            "client_secret": f"{name}: a secret + 100% of its characters",
            "redirect_uris": [f"{address}/api/v1/external-sign-in/{name}/callback"],
        }
        for name in ("trusted", "stranger")
    ]
    people = {
        "nora": {"email": "nora@example.org", "email_verified": True, "name": "Nora New"},
        "otto": {"email": "otto@example.org", "email_verified": True, "name": "Otto Old"},
        "mary": {"email": "mary@example.org", "email_verified": False, "name": "Mary Maybe"},
        "greta": {"email": "greta@example.org", "email_verified": True, "name": "Greta Guest"},
    }
    async with _running(node, "provider.mjs", json.dumps({"clients": clients, "people": people})) as running:
        assert running.stdout is not None
        yield (await asyncio.wait_for(running.stdout.readline(), 30)).decode().strip()


@pytest_asyncio.fixture(scope="package")
async def platform(databases, port: int, address: str, provider: str, tmp_path_factory) -> AsyncIterator[Platform]:
    """All modules behind one address, on a database of their own."""
    known = [
        {
            "name": name,
            "issuer": provider,
            "client_id": f"lyceum {name}",
            "client_secret": f"{name}: a secret + 100% of its characters",
            "trusted_email": name == "trusted",
            "makes_accounts": name == "trusted",
        }
        for name in ("trusted", "stranger")
    ]
    specs = installed_modules()
    settings = PlatformSettings(
        data_dir=tmp_path_factory.mktemp("data"), secret=SECRET, development=True, public_url=address, pool_size=2
    )
    with pytest.MonkeyPatch.context() as patch, databases.database(specs) as url:
        patch.setenv("LYCEUM_AUTH_PROVIDERS", json.dumps(known))
        async with Platform(settings=settings, database_url=url, modules=specs) as platform:
            started = asyncio.Event()
            server = asyncio.create_task(
                process.serve(create_app(platform).asgi, host="127.0.0.1", port=port, started=started)
            )
            await asyncio.wait_for(started.wait(), 30)
            yield platform
            server.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await server


@dataclass
class Browser:
    """Somebody at a browser: cookies, and forms that are filled in and sent."""

    http: httpx.AsyncClient
    user_id: UUID | None = None
    csrf: dict[str, str] = field(default_factory=dict)

    async def sign_in(self, email: str) -> None:
        answer = await self.http.post("/api/v1/session", json={"email": email, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        self.csrf = {"X-CSRF-Token": answer.json()["csrf_token"]}

    async def signed_in_as(self) -> str | None:
        """The address of who is signed in."""
        answer = await self.http.get("/api/v1/session")
        return answer.json()["user"]["email"] if answer.status_code == 200 else None


@pytest.fixture
async def new_browser(platform: Platform, address: str):
    """Makes browsers; with a name, the browser of somebody who has an account and is signed in."""
    async with contextlib.AsyncExitStack() as opened:

        async def make(name: str | None = None, *roles: str) -> Browser:
            http = await opened.enter_async_context(httpx.AsyncClient(base_url=address, timeout=30))
            if name is None:
                return Browser(http)
            email = f"{name}@example.org"
            user_id = await ensure_account(
                platform, email=email, display_name=name.capitalize(), password=PASSWORD, roles=roles
            )
            browser = Browser(http, user_id)
            await browser.sign_in(email)
            return browser

        yield make


class RelyingParty:
    """The program on openid-client."""

    def __init__(self, running: Process) -> None:
        self._running = running

    async def ask(self, step: str, **details: Any) -> dict[str, Any]:
        """The answer to one step; what openid-client refuses is `{"failed": …}`."""
        assert self._running.stdin is not None
        assert self._running.stdout is not None
        self._running.stdin.write(json.dumps({"step": step, **details}).encode() + b"\n")
        return json.loads(await asyncio.wait_for(self._running.stdout.readline(), 30))


@pytest.fixture
async def relying_party(node: str):
    async with _running(node, "client.mjs") as running:
        yield RelyingParty(running)
