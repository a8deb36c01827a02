from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from obstore.store import MemoryStore
from starlette.applications import Starlette
from starlette.routing import Mount

from lyceum.runtime.http import At
from lyceum.runtime.storage import BucketStorage, FilesApp, FileUrls

HOUR = timedelta(hours=1)
CONTENT = bytes(range(256)) * 4000


class Site:
    """A site with the app mounted at /files."""

    def __init__(self, clock):
        self.storage = BucketStorage(MemoryStore())
        self.urls = FileUrls(secret=b"s" * 32, clock=clock)
        self.files = files = FilesApp(storage=self.storage, urls=self.urls, clock=clock)
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(Starlette(routes=[Mount("/files", app=files)])), base_url="http://lyceum.test"
        )

    async def put(self, content: bytes = CONTENT, stored_type: str = "image/png", **options) -> str:
        """The address of a new object."""
        await self.storage.put(key="a/b", content=content, content_type=stored_type)
        return await self.urls.url(key="a/b", expires_in=HOUR, **options)


@pytest.fixture
async def site(clock) -> AsyncIterator[Site]:
    site = Site(clock)
    yield site
    await site.client.aclose()


@pytest.mark.parametrize("key", ["a/b", "files/a"])
async def test_without_a_mount_it_answers_at_the_same_addresses(site, key):
    await site.storage.put(key=key, content=b"here", content_type="image/png")
    address = await site.urls.url(key=key, expires_in=HOUR)
    transport = httpx.ASGITransport(At(site.files, "/files"))
    async with httpx.AsyncClient(transport=transport, base_url="http://lyceum.test") as client:
        alone, mounted = await client.get(address), await site.client.get(address)
        elsewhere = await client.get(address.replace("/files/", "/other/", 1))
    assert (alone.content, mounted.content, elsewhere.status_code) == (b"here", b"here", 403)


class TestAnswering:
    async def test_the_object_comes_with_its_length_and_tag(self, site):
        answer = await site.client.get(await site.put())
        head = await site.storage.head(key="a/b")
        assert (answer.status_code, answer.content) == (200, CONTENT)
        assert answer.headers["content-length"] == str(len(CONTENT))
        assert answer.headers["content-type"] == "image/png"
        assert answer.headers["content-disposition"] == "inline"
        assert answer.headers["etag"] == f'"{head.etag}"'
        assert answer.headers["accept-ranges"] == "bytes"
        assert "last-modified" in answer.headers

    async def test_head_is_get_without_the_content(self, site):
        address = await site.put()
        full, empty = await site.client.get(address), await site.client.head(address)
        assert (empty.status_code, empty.content) == (200, b"")
        assert dict(empty.headers) == dict(full.headers)

    async def test_an_empty_object_is_answered(self, site):
        answer = await site.client.get(await site.put(b""))
        assert (answer.status_code, answer.content, answer.headers["content-length"]) == (200, b"", "0")

    async def test_an_object_that_is_gone_is_not_found(self, site):
        address = await site.put()
        await site.storage.delete(key="a/b")
        answer = await site.client.get(address)
        assert (answer.status_code, answer.json()["code"]) == (404, "storage.object-not-found")

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
    async def test_other_methods_are_not_allowed(self, site, method):
        answer = await site.client.request(method, await site.put())
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


class TestTheLink:
    async def test_it_works_to_its_end_and_not_after(self, site, clock):
        address = await site.put()
        clock.advance(HOUR)
        clock.advance(timedelta(seconds=-1))
        assert (await site.client.get(address)).status_code == 200
        clock.advance(timedelta(seconds=1))
        answer = await site.client.get(address)
        assert (answer.status_code, answer.json()["code"]) == (403, "storage.link-expired")
        assert answer.headers["cache-control"] == "no-store"

    @pytest.mark.parametrize(
        ("part", "instead"),
        [
            ("/a/b?", "/a/c?"),
            ("expires=", "expires=9"),
            ("expires=", "expires=x"),
            ("expires=", "expires=99999999999999999999"),
            ("expires=", "x="),
            ("signature=", "signature=A"),
            ("signature=", "x="),
            ("?", "?name=evil.exe&"),
            ("?", "?type=text/html&"),
            ("/a/b?", "/a%2F..%2Fb?"),
            ("/a/b?", "/..%2F..%2Fetc%2Fpasswd?"),
            ("/a/b?", "//a/b?x=1&"),
            ("/a/b?", "/?"),
        ],
    )
    async def test_a_link_that_was_touched_opens_nothing(self, site, part, instead):
        address = await site.put()
        assert part in address
        answer = await site.client.get(httpx.URL("http://lyceum.test" + address.replace(part, instead, 1)))
        assert (answer.status_code, answer.json()["code"]) == (403, "storage.link-invalid")

    async def test_without_a_right_link_nobody_learns_what_exists(self, site):
        await site.put()
        there = await site.client.get("/files/a/b?expires=4102444800&signature=x")
        missing = await site.client.get("/files/a/none?expires=4102444800&signature=x")
        assert there.json() == missing.json()

    async def test_it_is_cached_no_longer_than_it_works(self, site, clock):
        address = await site.put()
        assert (await site.client.get(address)).headers["cache-control"] == "private, max-age=3600"
        clock.advance(timedelta(minutes=59))
        assert (await site.client.get(address)).headers["cache-control"] == "private, max-age=60"


class TestHarmlessness:
    @pytest.mark.parametrize(
        "content_type",
        [
            "text/html",
            "TEXT/HTML; charset=utf-8",
            "application/xhtml+xml",
            "text/xml",
            "application/javascript",
            "text/javascript",
            "text/css",
            "application/x-shockwave-flash",
            "application/wasm",
            "multipart/mixed",
            "text/html+x",
        ],
    )
    async def test_what_could_act_as_part_of_a_page_is_only_ever_saved(self, site, content_type):
        for options in ({}, {"content_type": content_type}):
            answer = await site.client.get(await site.put(b"<script>", content_type, **options))
            assert answer.headers["content-type"] == "application/octet-stream"
            assert answer.headers["content-disposition"] == "attachment"

    @pytest.mark.parametrize(
        ("content_type", "told"),
        [
            ("image/png", "image/png"),
            ("video/mp4", "video/mp4"),
            ("audio/mpeg", "audio/mpeg"),
            ("application/pdf", "application/pdf"),
            ("text/vtt; charset=utf-8", "text/vtt; charset=utf-8"),
            ("text/plain", "text/plain; charset=utf-8"),
            ("text/plain; charset=latin-1", "text/plain; charset=latin-1"),
        ],
    )
    async def test_harmless_types_are_shown(self, site, content_type, told):
        answer = await site.client.get(await site.put(b"x", content_type))
        assert (answer.headers["content-type"], answer.headers["content-disposition"]) == (told, "inline")

    async def test_an_svg_can_be_an_image_but_not_a_page(self, site):
        answer = await site.client.get(await site.put(b"<svg/>", "image/svg+xml"))
        assert answer.headers["content-type"] == "image/svg+xml"
        assert answer.headers["content-disposition"] == "attachment"
        assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"

    async def test_every_answer_forbids_sniffing_and_scripts(self, site):
        answer = await site.client.get(await site.put())
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert answer.headers["referrer-policy"] == "no-referrer"

    async def test_a_name_makes_it_a_download_under_that_name(self, site):
        answer = await site.client.get(await site.put(download_as='Übung "1".png'))
        assert answer.headers["content-disposition"] == (
            "attachment; filename=\"_bung _1_.png\"; filename*=UTF-8''%C3%9Cbung%20_1_.png"
        )

    async def test_the_type_in_the_link_stands_in_for_the_stored_one(self, site):
        answer = await site.client.get(await site.put(b"a,b", "text/csv", content_type="text/plain"))
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"


class TestRanges:
    @pytest.mark.parametrize(
        ("asked", "start", "end"),
        [
            ("bytes=0-0", 0, 1),
            ("bytes=0-99", 0, 100),
            ("bytes=1000-", 1000, len(CONTENT)),
            ("bytes=-1", len(CONTENT) - 1, len(CONTENT)),
            ("bytes=-99999999", 0, len(CONTENT)),
            ("bytes=5-99999999", 5, len(CONTENT)),
        ],
    )
    async def test_a_part_is_answered_as_a_part(self, site, asked, start, end):
        answer = await site.client.get(await site.put(), headers={"range": asked})
        assert (answer.status_code, answer.content) == (206, CONTENT[start:end])
        assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(CONTENT)}"
        assert answer.headers["content-length"] == str(end - start)

    @pytest.mark.parametrize("asked", ["bytes=1024000-", "bytes=1024000-1024001", "bytes=-0"])
    async def test_a_part_that_is_not_there_is_refused_with_the_length(self, site, asked):
        answer = await site.client.get(await site.put(), headers={"range": asked})
        assert (answer.status_code, answer.headers["content-range"]) == (416, "bytes */1024000")

    @pytest.mark.parametrize(
        "asked", ["bytes=0-1,5-6", "lines=0-1", "bytes=5-2", "bytes=-", "bytes=a-b", "bytes", "bytes=" + "9" * 30 + "-"]
    )
    async def test_what_is_not_understood_gets_the_whole(self, site, asked):
        answer = await site.client.get(await site.put(), headers={"range": asked})
        assert (answer.status_code, answer.content) == (200, CONTENT)

    async def test_an_empty_object_has_no_parts(self, site):
        answer = await site.client.get(await site.put(b""), headers={"range": "bytes=0-5"})
        assert (answer.status_code, answer.headers["content-range"]) == (416, "bytes */0")

    async def test_a_part_of_an_object_that_changed_is_the_whole_new_one(self, site):
        address = await site.put()
        tag = (await site.client.get(address)).headers["etag"]
        same = await site.client.get(address, headers={"range": "bytes=0-9", "if-range": tag})
        assert (same.status_code, len(same.content)) == (206, 10)
        await site.put(CONTENT + b"!")
        changed = await site.client.get(address, headers={"range": "bytes=0-9", "if-range": tag})
        assert (changed.status_code, len(changed.content)) == (200, len(CONTENT) + 1)


class TestConditions:
    @pytest.mark.parametrize("condition", ["{tag}", "W/{tag}", '"other", {tag}', "*"])
    async def test_what_the_browser_has_is_not_sent_again(self, site, condition):
        address = await site.put()
        tag = (await site.client.get(address)).headers["etag"]
        answer = await site.client.get(address, headers={"if-none-match": condition.format(tag=tag)})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
        assert answer.headers["cache-control"] == "private, max-age=3600"

    async def test_what_changed_is_sent(self, site):
        address = await site.put()
        answer = await site.client.get(address, headers={"if-none-match": '"other"'})
        assert answer.status_code == 200
