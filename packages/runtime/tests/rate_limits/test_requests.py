import pytest
from pydantic import ValidationError

from lyceum.kernel.errors import TooManyRequests
from lyceum.kernel.ids import new_id
from lyceum.kernel.principal import ANONYMOUS, Principal
from lyceum.runtime.rate_limits import LocalRateLimiter, Rate, RateLimitSettings, RequestLimits


def request(method="GET", path="/api/v1/catalogue", client="192.0.2.1"):
    return {"type": "http", "method": method, "path": path, "client": (client, 4711)}


@pytest.fixture
def limits():
    settings = RateLimitSettings(read=Rate(4, 60), write=Rate(3, 60), credentials=Rate(1, 60), anonymous=Rate(2, 60))
    return RequestLimits(settings, LocalRateLimiter(), ["/api/v1/session"])


@pytest.fixture
def person():
    return Principal(user_id=new_id())


async def granted(limits, scope, principal):
    number = 0
    try:
        while number < 10:
            await limits.take(scope, principal)
            number += 1
    except TooManyRequests:
        pass
    return number


async def test_reading_and_writing_have_limits_of_their_own(limits, person):
    assert await granted(limits, request(), person) == 4
    assert await granted(limits, request("POST"), person) == 3


async def test_opening_a_websocket_counts_as_reading(limits, person):
    handshake = {"type": "websocket", "path": "/ws/v1", "client": ("192.0.2.1", 4711)}
    assert await granted(limits, handshake, person) == 4
    assert await granted(limits, request(), person) == 0
    assert await granted(limits, handshake, ANONYMOUS) == 2


async def test_each_person_has_a_window_of_their_own(limits, person):
    assert await granted(limits, request(), person) == 4
    assert await granted(limits, request(), Principal(user_id=new_id())) == 4


async def test_passwords_are_tried_by_network_whoever_is_signed_in(limits, person):
    attempt = request("POST", "/api/v1/session")
    assert await granted(limits, attempt, person) == 1
    assert await granted(limits, attempt, ANONYMOUS) == 0
    assert await granted(limits, request("POST", "/api/v1/session", "192.0.2.2"), ANONYMOUS) == 1


async def test_looking_at_ones_session_is_reading(limits, person):
    assert await granted(limits, request("GET", "/api/v1/session"), person) == 4


async def test_a_path_that_only_begins_alike_is_no_credential_path(limits, person):
    assert await granted(limits, request("DELETE", "/api/v1/sessions/1"), person) == 3


async def test_a_subscriber_of_ipv6_has_one_window(limits):
    assert await granted(limits, request(client="2001:db8:1:2::1"), ANONYMOUS) == 2
    assert await granted(limits, request(client="2001:db8:1:2:ffff::9"), ANONYMOUS) == 0
    assert await granted(limits, request(client="2001:db8:1:3::1"), ANONYMOUS) == 2


async def test_health_metrics_front_ends_and_calls_between_processes_are_not_counted(limits):
    for path in (
        "/",
        "/assets/index-1a2b.js",
        "/admin/people",
        "/healthz",
        "/readyz",
        "/metrics",
        "/internal/v1/ports/course/CourseAccess/may_author",
    ):
        assert await granted(limits, request("POST", path), ANONYMOUS) == 10


async def test_the_caller_learns_what_is_left_and_when_to_come_again(limits, person):
    headers = dict(await limits.take(request(), person))
    assert headers == {b"ratelimit-limit": b"4", b"ratelimit-remaining": b"3", b"ratelimit-reset": b"0"}
    assert await granted(limits, request(), person) == 3
    with pytest.raises(TooManyRequests) as refusal:
        await limits.take(request(), person)
    assert refusal.value.extensions["limit"] == 4
    assert 55 <= refusal.value.extensions["retry_after"] <= 60


def test_rates_are_read_from_the_environment(monkeypatch):
    monkeypatch.setenv("LYCEUM_RATE_LIMIT_READ", "7/hour")
    assert RateLimitSettings().read == Rate(7, 3600)


@pytest.mark.parametrize("text", ["7", "0/minute", "-1/minute", "7/day", "many/minute"])
def test_a_rate_that_cannot_be_is_refused(monkeypatch, text):
    monkeypatch.setenv("LYCEUM_RATE_LIMIT_READ", text)
    with pytest.raises(ValidationError, match="a rate is written like"):
        RateLimitSettings()
