# ruff: noqa: S608 - the names in the statements come from the database's own catalogue
"""The platform in this process, answering calls, and put back to how it was seeded whenever a test asks for it."""

import asyncio
import io
import json
import threading
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx
import psycopg

from lyceum.runtime.application import application
from lyceum.runtime.composition import Platform, installed_modules
from lyceum.runtime.settings import PlatformSettings
from lyceum.runtime.telemetry import AccessLog
from lyceum.testing.harness import SECRET
from lyceum.testing.mail import MemoryMailer
from lyceum_host.app import beside, openapi_document
from seeded.people import Person, Role

T = TypeVar("T")

ADDRESS = "http://lyceum.test"
_TABLES = """
    SELECT table_schema, table_name, string_agg(quote_ident(column_name), ', ')
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_type = 'BASE TABLE' AND is_generated = 'NEVER'
      AND table_schema NOT IN ('pg_catalog', 'information_schema')
    GROUP BY table_schema, table_name
"""


@dataclass(kw_only=True)
class SeededPlatform:
    """`things` are the ids behind the path parameters and what else requests need; `people` are signed in.

    Calls come from any thread; the platform has a thread and an event loop of its own.
    """

    platform: Platform
    document: dict[str, Any]
    transport: httpx.ASGITransport
    loop: asyncio.AbstractEventLoop
    mailer: MemoryMailer
    database: psycopg.Connection[Any]
    credentials: Any
    public_cache: Any
    things: dict[str, str] = field(default_factory=dict)
    people: dict[Role, Person] = field(default_factory=dict)
    _comparing: list[str] = field(default_factory=list)
    _restoring: dict[str, str] = field(default_factory=dict)
    _changed: bool = False

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """What the coroutine returns, run where the platform runs."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout=120)

    def send(
        self,
        role: Role,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: Any = None,
        **encoded: Any,
    ) -> httpx.Response:
        """The answer to one request of somebody. `body` goes as JSON; `encoded` is other kinds, as httpx takes them."""
        sent = self.people[role].credentials(method) | dict(headers or {})
        if body is not None:
            encoded["json"] = body
        return self.answer(httpx.Request(method, ADDRESS + path, headers=sent, **encoded))

    def answer(self, request: httpx.Request) -> httpx.Response:
        """The answer to a request as it is, without cookies of others."""
        response = self.run(self._answer(request))
        self._changed = self._changed or (request.method != "GET" and response.status_code < 400)
        return response

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        response = await self.transport.handle_async_request(request)
        await response.aread()
        response.request = request
        return response

    def keep(self) -> None:
        """From now on, `restore` comes back to what there is now."""
        self.database.execute("CREATE SCHEMA kept")
        for schema, table, columns in self.database.execute(_TABLES).fetchall():
            now, kept = f'"{schema}"."{table}"', f'kept."{schema}.{table}"'
            self.database.execute(f"CREATE TABLE {kept} AS TABLE {now}")
            self._restoring[now] = (
                f"DELETE FROM {now};INSERT INTO {now} ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM {kept};"
            )
            self._comparing.append(
                f"SELECT '{now}' WHERE (SELECT count(*) FROM {now}) <> (SELECT count(*) FROM {kept})"
                f" OR EXISTS (SELECT now::text FROM {now} AS now EXCEPT ALL SELECT kept::text FROM {kept} AS kept)"
            )
        # As a replica, PostgreSQL leaves out foreign keys and the guard of the audit log.
        self.database.execute("SET session_replication_role = replica")
        self._changed = False

    def restore(self) -> None:
        """Put the database back to when it was kept, where a request has changed something since."""
        if self._changed:
            changed = self.database.execute(" UNION ALL ".join(self._comparing)).fetchall()
            self.database.execute("".join(self._restoring[table] for [table] in changed))
            self.run(self._forget())
        self._changed = False

    def rows(self, query: str, *parameters: Any) -> list[Any]:
        """What the database has: for secrets that people get by mail."""
        return self.database.execute(query, parameters).fetchall()

    async def _forget(self) -> None:
        self.credentials.forget_all()
        await self.public_cache.invalidate("catalogue")


@contextmanager
def seeded_platform(databases: Any, data_dir: Path) -> Iterator[SeededPlatform]:
    """Starts the platform on a database of its own, and seeds it."""
    from seeded.world import seed

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="seeded platform", daemon=True)
    thread.start()
    specs = installed_modules()
    try:
        with databases.database(specs) as url:
            seeded = asyncio.run_coroutine_threadsafe(_start(url, data_dir), loop).result(timeout=60)
            try:
                seed(seeded)
                seeded.keep()
                yield seeded
            finally:
                seeded.database.close()
                seeded.run(seeded.platform.__aexit__(None, None, None))
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _start(url: str, data_dir: Path) -> SeededPlatform:
    settings = PlatformSettings.model_validate(
        {"data_dir": data_dir, "secret": SECRET, "guard_ports": True, "development": True, "pool_size": 2}
    )
    mailer = MemoryMailer()
    specs = installed_modules()
    platform = Platform(settings=settings, database_url=url, modules=specs, mailer=mailer)
    await platform.__aenter__()
    document = openapi_document(specs)
    app = application(platform, access_log=AccessLog(io.BytesIO()), openapi=document, beside=beside(platform))
    return SeededPlatform(
        platform=platform,
        document=json.loads(document),
        transport=httpx.ASGITransport(app.asgi),
        loop=asyncio.get_running_loop(),
        mailer=mailer,
        database=await asyncio.to_thread(psycopg.connect, url, autocommit=True),
        credentials=app.asgi.credentials,
        public_cache=platform.public_cache,
    )
