"""The files of a course."""

import httpx
import pytest


@pytest.fixture
async def course(harness, author, make):
    async with harness.client(author) as client:
        yield await make(client)


@pytest.fixture
def put(course):
    async def upload(path, content=b"data", media_type="image/PNG; x=y"):
        return await course.client.put(
            f"{course.path}/assets/{path}", content=content, headers={"Content-Type": media_type}
        )

    return upload


async def test_a_file_is_kept_replaced_listed_and_removed(course, put):
    kept = await put("static/Ü 1.png")
    assert kept.status_code == 200, kept.text
    assert (kept.json()["path"], kept.json()["media_type"], kept.json()["size"]) == ("static/Ü 1.png", "image/png", 4)
    await put("static/Ü 1.png", b"longer")
    [listed] = (await course.client.get(f"{course.path}/assets")).json()
    assert listed["size"] == 6
    assert (await course.client.delete(f"{course.path}/assets/static/Ü 1.png")).status_code == 204
    assert (await course.client.get(f"{course.path}/assets")).json() == []
    for method in ("GET", "DELETE"):
        gone = await course.client.request(method, f"{course.path}/assets/static/Ü 1.png")
        assert (gone.status_code, gone.json()["code"]) == (404, "course.asset-not-found")
        odd = await course.client.request(method, f"{course.path}/assets/a%00b")
        assert (odd.status_code, odd.json()["code"]) == (404, "course.asset-not-found")


@pytest.mark.parametrize("media_type", ["", "image", "text/plain\x01", "tëxt/plain", "a/" + "x" * 200])
async def test_what_is_no_media_type_is_refused(put, media_type, harness):
    answer = await put("a", media_type=media_type.encode())
    assert (answer.status_code, answer.json()["code"]) == (422, "validation-failed")
    assert [stored async for stored in harness.platform.storage.objects.list()] == []


async def test_a_file_that_is_too_large_is_refused_and_not_kept(put, harness, monkeypatch):
    monkeypatch.setattr(harness.container.filing(), "_max_bytes", 10)
    answer = await put("a", b"x" * 11)
    assert (answer.status_code, answer.json()["limit"]) == (413, 10)
    assert [stored async for stored in harness.platform.storage.objects.list()] == []
    assert (await put("a", b"x" * 10)).status_code == 200


async def test_files_are_for_learners_and_the_image_is_for_all(course, put, harness, learner):
    await put("text.pdf")
    await put("front.png")
    await course.client.patch(course.path, json={"image": "front.png"}, headers={"If-Match": "*"})
    files = f"{course.path}/assets"
    async with harness.client() as visitor, harness.client(learner) as client:
        assert (await visitor.get(f"{files}/front.png")).status_code == 404
        await course.published()
        image = await visitor.get(f"{files}/front.png")
        assert (image.status_code, image.headers["cache-control"]) == (302, "private, max-age=300")
        assert image.headers["location"].startswith("/files/course/assets/")
        assert (await visitor.get(f"{files}/text.pdf")).status_code == 401
        refused = await client.get(f"{files}/text.pdf")
        assert (refused.status_code, refused.json()["code"]) == (403, "course.not-enrolled")
        await client.post(f"{course.path}/enrolment")
        assert (await client.get(f"{files}/text.pdf")).status_code == 302
        [entry] = (await visitor.get("/api/v1/catalogue")).json()["items"]
        assert entry["image"] == f"{files}/front.png"
        await client.delete(f"{course.path}/enrolment")
        assert (await client.get(f"{files}/text.pdf")).status_code == 403


async def test_the_address_gives_the_bytes(course, put, harness):
    await put("a.svg", b"<svg/>", "image/svg+xml")
    location = (await course.client.get(f"{course.path}/assets/a.svg")).headers["location"]
    transport = httpx.ASGITransport(harness.platform.storage.files, root_path="/files")
    async with httpx.AsyncClient(transport=transport, base_url="http://lyceum.test") as client:
        answer = await client.get(location)
    assert (answer.status_code, answer.content) == (200, b"<svg/>")
    assert (
        "sandbox" in answer.headers["content-security-policy"] or "attachment" in answer.headers["content-disposition"]
    )
