"""A host and a worker as two platforms on one database and one Redis: what one publishes, the other shows."""

import asyncio
import io

import httpx
import pytest
from prometheus_client import CollectorRegistry

from lyceum.course.module import module
from lyceum.course.ports import ProblemIntake
from lyceum.identity.ports import UserDirectory
from lyceum.kernel.authentication import Authenticated
from lyceum.runtime.http import Edge, PrefixDispatch
from lyceum.runtime.telemetry import AccessLog, HttpMetrics
from lyceum.runtime.wiring import guarded
from lyceum.testing.harness import module_harness
from lyceum.testing.statements import counted_statements


class Nobody:
    """Nobody is signed in."""

    async def authenticate(self, *, session: str | None, bearer: str | None) -> Authenticated | None:
        return None


@pytest.fixture
async def start(database_url, redis_url, tmp_path, users, intake, monkeypatch):
    """Starts one more process of the platform."""
    monkeypatch.setenv("LYCEUM_REDIS_URL", redis_url)
    ports = {UserDirectory: guarded(UserDirectory, users), ProblemIntake: guarded(ProblemIntake, intake)}
    contexts = []

    async def start():
        contexts.append(module_harness(module, database_url, data_dir=tmp_path, ports=ports))
        return await contexts[-1].__aenter__()

    yield start
    for context in contexts:
        await context.__aexit__(None, None, None)


@pytest.fixture
async def host(start):
    host = await start()
    async with asyncio.timeout(10):
        while not host.platform.caches._shared.in_touch:  # noqa: ASYNC110 - what was kept before is dropped then
            await asyncio.sleep(0.01)
    return host


@pytest.fixture
async def worker(start):
    return await start()


@pytest.fixture
async def visitor(host):
    """Calls the host as browsers do, through its edge."""
    edge = Edge(
        PrefixDispatch({"course": host.app}),
        authentication=Nobody(),
        metrics=HttpMetrics(CollectorRegistry()),
        access_log=AccessLog(io.BytesIO()),
        public_cache=host.public_cache,
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(edge), base_url="http://lyceum.test") as client:
        await titles(client)  # from the second time on, the page is kept
        yield client


async def titles(visitor):
    return {entry["title"] for entry in (await visitor.get("/api/v1/catalogue")).json()["items"]}


async def test_what_a_worker_publishes_and_archives_shows_in_the_catalogue_of_the_host(
    host, worker, visitor, author, make
):
    assert await titles(visitor) == set()
    async with worker.client(author) as client:
        course = await make(client)
        # As the job of an import does it: there is no request that could say so.
        await worker.container.publishing().publish(author, course.id, note="", expected=None)
        assert await titles(visitor) == set()
        await worker.platform.settle()
        await becomes(visitor, {"Logic"})
        await worker.container.authoring().archive(author, course.id)
        await worker.platform.settle()
        await becomes(visitor, set())


async def test_who_publishes_sees_it_with_the_next_request(host, visitor, author, make):
    assert await titles(visitor) == set()
    async with host.client(author) as client:
        course = await make(client)
        assert (await course.publish()).status_code == 201
        assert await titles(visitor) == {"Logic"}
        await client.patch(course.path, json={"title": "Rhetoric"}, headers={"If-Match": "*"})
        assert await titles(visitor) == {"Rhetoric"}


async def test_a_structure_that_one_process_has_read_the_other_need_not(host, worker, author, learner, make):
    async with host.client(author) as client, worker.client(learner) as reader:
        course = await (await make(client)).published()
        seen = await client.get(f"{course.path}/outline")
        with counted_statements(worker.module.database.engine) as sent:
            answer = await reader.get(f"{course.path}/outline")
            await asyncio.sleep(0)
        assert answer.content == seen.content
        assert len(sent) == 1


async def test_every_process_looks_again_who_may_see_a_structure(host, worker, author, learner, make):
    async with host.client(author) as client, worker.client(learner) as reader:
        course = await make(client)
        assert (await reader.get(f"{course.path}/outline")).status_code == 404
        await course.published()
        assert (await reader.get(f"{course.path}/outline")).status_code == 200
        assert (await client.post(f"{course.path}/archival")).status_code == 200
        assert (await reader.get(f"{course.path}/outline")).status_code == 404
        assert (await client.get(f"{course.path}/outline")).status_code == 200


async def test_an_event_lets_a_structure_be_read_again(host, author, make):
    async with host.client(author) as client:
        course = await (await make(client)).published()
        await client.get(f"{course.path}/outline")
        await host.platform.settle()
        with counted_statements(host.module.database.engine) as sent:
            await client.get(f"{course.path}/outline")
            await asyncio.sleep(0)
        assert len(sent) == 2


async def becomes(visitor, expected):
    async with asyncio.timeout(5):
        while await titles(visitor) != expected:  # noqa: ASYNC110 - another process brings it about
            await asyncio.sleep(0.01)
