"""Front ends as browsers, caches and intruders ask for them."""

import gzip
from urllib.parse import quote

import httpx
import pytest

from lyceum.runtime.http import FrontEnd, PrefixDispatch, StaticSite

POLICY = "default-src 'none'; script-src 'self'"
SCRIPT = b"console.log('web');" * 100


def build(folder, title):
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(f"<!doctype html><title>{title}</title>")
    (folder / "assets" / "index-ab12.js").write_bytes(SCRIPT)
    (folder / "assets" / "index-ab12.js.gz").write_bytes(gzip.compress(SCRIPT))
    (folder / "assets" / "index-ab12.js.br").write_bytes(b"as if by brotli")
    (folder / "favicon.svg").write_text("<svg/>")
    (folder / ".vite").mkdir()
    (folder / ".vite" / "manifest.json").write_text("{}")
    return folder


@pytest.fixture
def site(tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    web, admin = build(tmp_path / "web", "Web"), build(tmp_path / "admin", "Admin")
    (web / "link.txt").symlink_to(tmp_path / "secret.txt")
    return StaticSite([FrontEnd("/", web), FrontEnd("/admin/", admin)], policy=POLICY)


@pytest.fixture
async def client(site):
    transport = httpx.ASGITransport(PrefixDispatch({}, default=site))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://test", headers={"accept-encoding": ""}
    ) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/", "Web"),
        ("/courses/7/pages/8", "Web"),
        ("/admin/", "Admin"),
        ("/admin/people?q=a", "Admin"),
        ("/administer", "Web"),
    ],
)
async def test_an_address_of_an_app_gets_its_page(client, path, title):
    response = await client.get(path)
    assert response.status_code == 200
    assert title in response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["cache-control"] == "no-cache"
    assert response.headers["content-security-policy"] == POLICY


async def test_an_app_without_its_slash_is_sent_to_it_with_its_query(client):
    response = await client.get("/admin?theme=dark")
    assert (response.status_code, response.headers["location"]) == (308, "/admin/?theme=dark")


async def test_hashed_files_are_kept_for_good(client):
    response = await client.get("/admin/assets/index-ab12.js")
    assert response.content == SCRIPT
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "content-security-policy" not in response.headers


async def test_other_files_are_asked_about_again(client):
    response = await client.get("/favicon.svg")
    assert (response.headers["cache-control"], response.headers["content-type"]) == (
        "no-cache",
        "image/svg+xml; charset=utf-8",
    )


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip;q=1.0", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.0", None),
        ("zstd", None),
        ("", None),
    ],
)
async def test_files_come_as_the_client_takes_them(client, accepted, encoding):
    request = client.build_request("HEAD", "/assets/index-ab12.js", headers={"accept-encoding": accepted})
    response = await client.send(request)
    assert response.headers.get("content-encoding") == encoding
    assert response.headers["vary"] == "accept-encoding"


async def test_a_compressed_file_is_the_same_file(client):
    response = await client.get("/assets/index-ab12.js", headers={"accept-encoding": "gzip"})
    assert response.content == SCRIPT
    assert int(response.headers["content-length"]) < len(SCRIPT)


async def test_head_says_what_get_would_send(client):
    got, head = await client.get("/"), await client.head("/")
    assert head.content == b""
    assert dict(head.headers) == dict(got.headers)


@pytest.mark.parametrize("tag", ["{}", "W/{}", '"other", {}', "*"])
async def test_what_the_client_has_is_not_sent_again(client, tag):
    first = await client.get("/")
    response = await client.get("/", headers={"if-none-match": tag.format(first.headers["etag"])})
    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["etag"] == first.headers["etag"]
    assert response.headers["cache-control"] == "no-cache"


async def test_another_content_is_sent_again(client):
    response = await client.get("/", headers={"if-none-match": '"other"'})
    assert response.status_code == 200


@pytest.mark.parametrize(
    "path", ["/assets/index-old.js", "/admin/assets/x.css", "/robots.txt", "/.vite/manifest.json", "/link.txt"]
)
async def test_a_file_that_is_not_there_is_a_404(client, path):
    response = await client.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


async def test_an_address_that_looks_like_a_file_is_a_page_for_a_browser_that_goes_there(client):
    response = await client.get("/courses/node.js", headers={"accept": "text/html,*/*;q=0.8"})
    assert "Web" in response.text


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/assets/../../secret.txt", "//etc/passwd", "/admin/../../secret.txt", "/..\\secret.txt"]
)
async def test_no_path_leads_out_of_the_build(site, path):
    for written in (path, quote(path)):
        sent = []

        async def send(message, sent=sent):
            sent.append(message)

        scope = {"type": "http", "method": "GET", "path": written, "query_string": b"", "headers": []}
        await site(scope, None, send)
        assert b"secret" not in b"".join(message.get("body", b"") for message in sent)
        assert b"root:" not in b"".join(message.get("body", b"") for message in sent)


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api", "/oauth/nothing", "/ws/nothing", "/.well-known/nothing"])
async def test_unknown_paths_of_machines_stay_problem_documents(client, path):
    response = await client.get(path, headers={"accept": "text/html"})
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")


async def test_nothing_can_be_written(client):
    response = await client.post("/")
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD")


def test_a_folder_without_a_page_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"index\.html"):
        StaticSite([FrontEnd("/", tmp_path)], policy=POLICY)
