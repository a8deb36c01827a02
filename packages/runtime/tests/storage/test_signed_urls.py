import string
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyceum.runtime.storage import FileUrls, InvalidKey, SignedUrls, StorageSettings, open_storage
from lyceum.runtime.storage.signed_urls import file_name

SECRET = b"a secret for tests that is long enough"
HOUR = timedelta(hours=1)


@pytest.fixture
def urls(clock):
    return FileUrls(secret=SECRET, clock=clock)


async def parts(urls: FileUrls, **options) -> dict:
    """What `verify` takes, out of an address."""
    address = urlsplit(await urls.url(**{"key": "a/b.png", "expires_in": HOUR} | options))
    query = {name: values[0] for name, values in parse_qs(address.query).items()}
    return {
        "key": address.path.removeprefix("/files/"),
        "expires": int(query["expires"]),
        "name": query.get("name"),
        "content_type": query.get("type"),
        "signature": query["signature"],
    }


class TestFileUrls:
    def test_they_are_signed_urls(self, urls):
        assert isinstance(urls, SignedUrls)

    async def test_an_address_verifies(self, urls):
        assert urls.verify(**await parts(urls))
        assert urls.verify(**await parts(urls, download_as="Übung & Co.pdf", content_type="application/pdf"))

    async def test_processes_with_the_same_secret_know_each_others_addresses(self, urls, clock):
        assert FileUrls(secret=SECRET, clock=clock, base="/elsewhere").verify(**await parts(urls))

    async def test_another_secret_makes_other_addresses(self, urls, clock):
        assert not FileUrls(secret=SECRET + b"!", clock=clock).verify(**await parts(urls))

    @pytest.mark.parametrize(
        "changed",
        [
            {"key": "a/c.png"},
            {"expires": 4102444800},
            {"name": "other.png"},
            {"name": None},
            {"content_type": "text/html"},
            {"content_type": None},
            {"name": "image/png", "content_type": "b.png"},
            {"name": "b.pngimage/png", "content_type": None},
            {"signature": ""},
            {"signature": "é"},
        ],
    )
    async def test_a_change_of_any_part_is_noticed(self, urls, changed):
        given = await parts(urls, download_as="b.png", content_type="image/png")
        assert urls.verify(**given)
        assert not urls.verify(**given | changed)

    async def test_it_works_for_as_long_as_asked_and_at_most_five_minutes_longer(self, urls, clock):
        for seconds in (1, 299, 300, 301, 3600):
            expires = (await parts(urls, expires_in=timedelta(seconds=seconds)))["expires"]
            assert seconds <= expires - clock.now().timestamp() < seconds + 300

    async def test_it_stays_the_same_for_a_while(self, urls, clock):
        clock.advance(timedelta(seconds=1))
        first = await urls.url(key="a", expires_in=HOUR)
        clock.advance(timedelta(seconds=298))
        assert await urls.url(key="a", expires_in=HOUR) == first
        clock.advance(timedelta(seconds=2))
        assert await urls.url(key="a", expires_in=HOUR) != first

    async def test_a_dangerous_key_or_type_gets_no_address(self, urls):
        with pytest.raises(InvalidKey):
            await urls.url(key="../a", expires_in=HOUR)
        with pytest.raises(ValueError, match="media type"):
            await urls.url(key="a", expires_in=HOUR, content_type="text/html\r\nset-cookie: a=b")


class TestFileNames:
    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("notes.pdf", "notes.pdf"),
            ("Übung 1.pdf", "Übung 1.pdf"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("a\r\nset-cookie: b", "a__set-cookie_ b"),
            ('say "hi".txt', "say _hi_.txt"),
            ("gpj.\u202eexe", "gpj._exe"),
            ("  ", "file"),
            ("...", "file"),
        ],
    )
    def test_what_means_something_elsewhere_is_replaced(self, given, kept):
        assert file_name(given) == kept

    def test_a_long_name_keeps_its_extension(self):
        assert file_name("x" * 300 + ".pdf") == "x" * 196 + ".pdf"
        assert file_name("x" * 300) == "x" * 200

    @given(st.text(alphabet=string.printable + "äß\u202e\u0000\u2028", max_size=300))
    def test_no_name_can_break_a_header_or_a_path(self, name):
        kept = file_name(name)
        assert 1 <= len(kept) <= 200
        assert not set(kept) & set('/\\"\r\n\0<>:|?*')
        assert not kept.startswith(".")


class TestS3:
    @pytest.fixture
    def storage(self, s3_url, tmp_path, clock):
        return open_storage(StorageSettings(url=s3_url), data_dir=tmp_path, secret=SECRET, clock=clock)

    async def test_an_address_leads_straight_to_s3(self, storage, s3_server):
        await storage.objects.put(key="a/b.txt", content=b"hello", content_type="text/plain")
        address = await storage.urls.url(key="a/b.txt", expires_in=HOUR)
        assert address.startswith(f"{s3_server.base_url}/lyceum-test/some/prefix/a/b.txt?")
        assert "X-Amz-Expires=3600" in address
        async with httpx.AsyncClient() as client:
            answer = await client.get(address)
        assert (answer.text, answer.headers["content-type"]) == ("hello", "text/plain")

    @pytest.mark.parametrize("wish", [{"download_as": "c.txt"}, {"content_type": "text/csv"}])
    async def test_a_name_or_a_type_leads_through_our_own_app(self, storage, wish):
        await storage.objects.put(key="a/b.txt", content=b"hello", content_type="text/plain")
        address = await storage.urls.url(key="a/b.txt", expires_in=HOUR, **wish)
        transport = httpx.ASGITransport(storage.files, root_path="/files")
        async with httpx.AsyncClient(transport=transport, base_url="http://lyceum.test") as client:
            answer = await client.get(address)
        assert (answer.status_code, answer.text) == (200, "hello")

    async def test_a_dangerous_key_gets_no_address(self, storage):
        with pytest.raises(InvalidKey):
            await storage.urls.url(key="a/../../b", expires_in=HOUR)


class TestSettings:
    def test_nothing_set_means_a_folder_in_the_data_directory(self, tmp_path, clock, monkeypatch):
        monkeypatch.delenv("LYCEUM_STORAGE_URL", raising=False)
        open_storage(StorageSettings(), data_dir=tmp_path, secret=SECRET, clock=clock)
        assert (tmp_path / "objects").is_dir()

    def test_the_environment_says_where(self, monkeypatch):
        monkeypatch.setenv("LYCEUM_STORAGE_URL", "s3://bucket/prefix")
        assert StorageSettings().url == "s3://bucket/prefix"

    def test_an_unknown_kind_of_storage_is_refused(self):
        with pytest.raises(ValueError, match="only s3:// is known here"):
            StorageSettings(url="ftp://bucket")
