"""Public pages at the edge: kept when wanted again, given to everybody, gone when what they show changes."""

import asyncio

import pytest
from fastapi import APIRouter, Request
from starlette.responses import Response, StreamingResponse

from lyceum.kernel.errors import NotFound
from lyceum.runtime.cache import Caches
from lyceum.runtime.cache import memory as memory_module
from lyceum.runtime.cache import tiered as cache_module
from lyceum.runtime.cache.metrics import LOOKUPS
from lyceum.runtime.fan_out import LocalFanOut
from lyceum.runtime.http import CurrentPrincipal, PrefixDispatch, cache_publicly, module_app, public_cache
from lyceum.runtime.http import public_pages as pages_module
from lyceum.runtime.rate_limits import LocalRateLimiter, RateLimitSettings, RequestLimits

CATALOGUE = "/api/v1/courses"


class Catalogue:
    """A module whose answers say how often it was asked."""

    def __init__(self):
        self.asked = 0
        self.hold = asyncio.Event()
        self.hold.set()
        self.answer = lambda: Response(f"catalogue {self.asked}", media_type="text/plain")
        self.max_age = 60
        router = APIRouter()

        @router.get(CATALOGUE)
        async def list_courses(request: Request) -> Response:
            self.asked += 1
            await self.hold.wait()
            cache_publicly(request, max_age=self.max_age, tags=["catalogue", "course-1"])
            return self.answer()

        @router.get("/api/v1/courses/mine")
        async def list_own_courses(principal: CurrentPrincipal) -> int:
            self.asked += 1
            return self.asked

        @router.post(CATALOGUE)
        async def create_course(request: Request) -> int:
            self.asked += 1
            cache_publicly(request, max_age=60)
            return self.asked

        self.app = PrefixDispatch({"course": module_app("course", [router], {})})


@pytest.fixture
def catalogue():
    return Catalogue()


@pytest.fixture
def cache():
    return public_cache(Caches(None, LocalFanOut()))


@pytest.fixture
async def service(behind, catalogue, cache):
    """The edge, with the page asked for once before; the next time, it is kept."""
    service = behind(catalogue.app, public_cache=cache)
    assert (await service.client.get(CATALOGUE)).text == "catalogue 1"
    catalogue.asked = 0
    return service


@pytest.fixture
def kept():
    """How many pages were put away since the test began."""
    made = LOOKUPS.labels("pages", "made")._value
    before = made.get()
    return lambda: made.get() - before


class TestServing:
    async def test_a_marked_page_is_made_once(self, service, catalogue):
        answers = [await service.client.get(CATALOGUE) for _ in range(3)]
        assert {answer.text for answer in answers} == {"catalogue 1"}
        assert catalogue.asked == 1

    async def test_the_first_and_the_later_answers_have_the_same_headers(self, service):
        first, second = [(await service.client.get(CATALOGUE)).headers for _ in range(2)]
        varying = {"x-request-id"}
        assert {k: v for k, v in first.items() if k not in varying} == {
            k: v for k, v in second.items() if k not in varying
        }
        assert first["cache-control"] == "public, max-age=60"
        assert first["content-type"] == "text/plain; charset=utf-8"
        assert first["x-request-id"] != second["x-request-id"]

    async def test_each_query_has_a_page_of_its_own(self, service):
        pages = [(await service.client.get(CATALOGUE, params={"page": page})).text[-1] for page in (1, 2, 1, 2, 1, 2)]
        assert pages == ["1", "2", "3", "4", "3", "4"]

    async def test_a_page_that_is_asked_for_once_is_not_kept(self, service, kept):
        for page in range(3):
            await service.client.get(CATALOGUE, params={"page": page})
        assert kept() == 0
        await service.client.get(CATALOGUE, params={"page": 2})
        assert kept() == 1

    async def test_of_very_many_pages_those_not_asked_for_longest_are_forgotten(self, service, kept, monkeypatch):
        monkeypatch.setattr(pages_module, "_ASKED_PAGES", 3)
        for page in (1, 2, 3, 1, 4, 5, 2):
            await service.client.get(CATALOGUE, params={"page": page})
        assert kept() == 1

    async def test_the_first_answer_has_the_headers_of_a_kept_one_but_its_tag(self, behind, catalogue, cache):
        client = behind(catalogue.app, public_cache=cache).client
        catalogue.answer = lambda: Response("same")
        first, second, third = [(await client.get(CATALOGUE)).headers for _ in range(3)]
        assert {name for name, value in first.items() if second[name] != value} == {"x-request-id"}
        assert {name for name, value in first.items() if third[name] != value} == {"x-request-id"}
        assert set(third) - set(first) == {"etag"}

    async def test_no_page_tells_how_much_its_first_reader_has_left(self, behind, catalogue, cache):
        limits = RequestLimits(RateLimitSettings(), LocalRateLimiter(), [])
        client = behind(catalogue.app, public_cache=cache, limits=limits).client
        for _ in range(3):
            assert "ratelimit-limit" not in (await client.get(CATALOGUE)).headers
        assert "ratelimit-limit" in (await client.get("/api/v1/courses/mine")).headers

    async def test_who_has_signed_in_gets_the_same_page(self, service, catalogue):
        await service.client.get(CATALOGUE)
        await service.client.get(CATALOGUE, headers={"cookie": "lyceum_session=session-of-ada"})
        assert catalogue.asked == 1

    async def test_pages_without_the_mark_are_not_kept(self, service):
        answers = [(await service.client.get("/api/v1/courses/mine")).json() for _ in range(2)]
        assert answers == [1, 2]

    async def test_writes_are_not_kept_even_with_the_mark(self, service):
        answers = [(await service.client.post(CATALOGUE)).json() for _ in range(2)]
        assert answers == [1, 2]

    async def test_errors_are_not_kept(self, service, catalogue):
        def missing():
            raise NotFound

        catalogue.answer = missing
        statuses = [(await service.client.get(CATALOGUE)).status_code for _ in range(2)]
        assert (statuses, catalogue.asked) == ([404, 404], 2)

    async def test_a_page_that_sets_a_cookie_is_not_kept(self, service, catalogue):
        catalogue.answer = lambda: Response("yours", headers={"set-cookie": "a=b"})
        answers = [await service.client.get(CATALOGUE) for _ in range(2)]
        assert catalogue.asked == 2
        assert [answer.headers["set-cookie"] for answer in answers] == ["a=b", "a=b"]
        assert {answer.headers["cache-control"] for answer in answers} == {"private, no-cache"}

    async def test_a_page_in_parts_is_kept_whole(self, service, catalogue):
        async def parts():
            yield b"one "
            yield b"two"

        catalogue.answer = lambda: StreamingResponse(parts(), media_type="text/plain")
        answers = [await service.client.get(CATALOGUE) for _ in range(2)]
        assert [answer.text for answer in answers] == ["one two", "one two"]
        assert catalogue.asked == 1

    async def test_a_page_too_large_to_hold_is_passed_on_and_not_kept(self, service, catalogue):
        async def parts():
            for _ in range(3):
                yield b"x" * 700_000

        catalogue.answer = lambda: StreamingResponse(parts())
        answers = [await service.client.get(CATALOGUE) for _ in range(2)]
        assert [len(answer.content) for answer in answers] == [2_100_000, 2_100_000]
        assert catalogue.asked == 2

    async def test_a_client_that_leaves_while_it_gets_a_page_is_no_fault(self, service, drive, log_output):
        await service.client.get(CATALOGUE)

        async def send(message):
            raise OSError("gone")

        await drive(service.edge, CATALOGUE, send=send)
        assert log_output.entries == []
        assert service.count("GET", CATALOGUE, 499) == 1

    async def test_kept_pages_are_counted_under_their_route(self, service):
        for _ in range(3):
            await service.client.get(CATALOGUE)
        assert service.count("GET", CATALOGUE, 200) == 4
        assert {line["lyceum.route"] for line in service.log_lines()} == {CATALOGUE}


class TestEntityTags:
    async def test_who_has_the_page_is_told_so(self, service):
        etag = (await service.client.get(CATALOGUE)).headers["etag"]
        response = await service.client.get(CATALOGUE, headers={"if-none-match": etag})
        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["etag"] == etag
        assert response.headers["cache-control"] == "public, max-age=60"
        assert "content-type" not in response.headers

    async def test_the_one_who_lets_it_be_made_may_have_it_too(self, service, cache):
        etag = (await service.client.get(CATALOGUE)).headers["etag"]
        await cache.invalidate("catalogue")
        changed = await service.client.get(CATALOGUE, headers={"if-none-match": etag})
        assert changed.status_code == 200
        await cache.invalidate("catalogue")

    @pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*", '"other" , W/{} ,"third"'])
    async def test_every_way_to_ask_is_understood(self, service, form):
        etag = (await service.client.get(CATALOGUE)).headers["etag"]
        response = await service.client.get(CATALOGUE, headers={"if-none-match": form.format(etag)})
        assert response.status_code == 304

    @pytest.mark.parametrize("other", ['"other"', "other", '""', ""])
    async def test_another_tag_gets_the_page(self, service, other):
        await service.client.get(CATALOGUE)
        assert (await service.client.get(CATALOGUE, headers={"if-none-match": other})).status_code == 200

    async def test_a_tag_of_the_route_itself_stays(self, service, catalogue):
        catalogue.answer = lambda: Response("x", headers={"etag": '"7"', "cache-control": "public, max-age=5"})
        response = await service.client.get(CATALOGUE)
        assert (response.headers["etag"], response.headers["cache-control"]) == ('"7"', "public, max-age=5")


class TestInvalidation:
    async def test_an_invalidated_tag_lets_the_page_be_made_anew(self, service, cache):
        await service.client.get(CATALOGUE)
        await cache.invalidate("unrelated")
        assert (await service.client.get(CATALOGUE)).text == "catalogue 1"
        await cache.invalidate("other", "course-1")
        assert (await service.client.get(CATALOGUE)).text == "catalogue 2"

    async def test_a_page_made_from_what_changed_meanwhile_is_not_kept(self, service, catalogue, cache):
        catalogue.hold.clear()
        making = asyncio.create_task(service.client.get(CATALOGUE))
        await until(lambda: catalogue.asked == 1)
        await cache.invalidate("catalogue")
        catalogue.hold.set()
        assert (await making).text == "catalogue 1"
        assert (await service.client.get(CATALOGUE)).text == "catalogue 2"

    async def test_a_page_lives_as_long_as_its_mark_says(self, service, catalogue, monkeypatch):
        now = 1000.0
        monkeypatch.setattr(memory_module, "monotonic", lambda: now)
        monkeypatch.setattr(pages_module, "monotonic", lambda: now)
        await service.client.get(CATALOGUE)
        now += 59
        response = await service.client.get(CATALOGUE)
        assert (response.text, response.headers["age"]) == ("catalogue 1", "59")
        now += 1
        assert (await service.client.get(CATALOGUE)).text == "catalogue 2"


class TestOneFlight:
    async def test_many_at_once_let_a_known_page_be_made_once(self, service, catalogue, cache):
        await service.client.get(CATALOGUE)
        await cache.invalidate("catalogue")
        catalogue.hold.clear()
        making = [asyncio.create_task(service.client.get(CATALOGUE)) for _ in range(10)]
        await until(lambda: catalogue.asked == 2)
        await asyncio.sleep(0.01)
        catalogue.hold.set()
        async with asyncio.timeout(2):
            assert {answer.text for answer in await asyncio.gather(*making)} == {"catalogue 2"}

    async def test_when_the_first_fails_the_others_try_themselves(self, service, catalogue, cache):
        await service.client.get(CATALOGUE)
        await cache.invalidate("catalogue")

        def failing():
            if catalogue.asked == 2:
                raise RuntimeError("only once")
            return Response("fine")

        catalogue.answer = failing
        catalogue.hold.clear()
        making = [asyncio.create_task(service.client.get(CATALOGUE)) for _ in range(3)]
        await until(lambda: catalogue.asked == 2)
        catalogue.hold.set()
        async with asyncio.timeout(2):
            assert sorted(answer.status_code for answer in await asyncio.gather(*making)) == [200, 200, 500]

    async def test_nobody_waits_for_ever(self, service, catalogue, cache, monkeypatch):
        await service.client.get(CATALOGUE)
        await cache.invalidate("catalogue")
        monkeypatch.setattr(cache_module, "PATIENCE", 0.01)
        catalogue.hold.clear()
        making = [asyncio.create_task(service.client.get(CATALOGUE)) for _ in range(2)]
        await until(lambda: catalogue.asked == 3)
        catalogue.hold.set()
        assert [answer.status_code for answer in await asyncio.gather(*making)] == [200, 200]


async def until(condition):
    async with asyncio.timeout(2):
        while not condition():  # noqa: ASYNC110 - what is waited for happens inside the application under test
            await asyncio.sleep(0.001)
