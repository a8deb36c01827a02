import asyncio
import subprocess
import sys
from subprocess import PIPE

import pytest
from redis.asyncio import Redis

from lyceum.kernel.ids import new_id
from lyceum.runtime.rate_limits import LocalRateLimiter, Rate, SharedRateLimiter
from lyceum.runtime.redis import RedisLink


@pytest.fixture(params=["local", "shared"])
async def limiter(request):
    if request.param == "local":
        yield LocalRateLimiter()
        return
    link = RedisLink(request.getfixturevalue("redis_url"))
    yield SharedRateLimiter(link)
    await link.close()


@pytest.fixture
def key():
    return str(new_id())


async def test_the_limit_is_granted_and_not_one_more(limiter, key):
    verdicts = [await limiter.take(key, Rate(5, 60)) for _ in range(7)]
    assert [verdict.allowed for verdict in verdicts] == [True] * 5 + [False] * 2
    assert [verdict.remaining for verdict in verdicts] == [4, 3, 2, 1, 0, 0, 0]
    assert verdicts[0].reset == 0
    assert 55 <= verdicts[-1].reset <= 60


async def test_requests_at_once_share_the_limit(limiter, key):
    verdicts = await asyncio.gather(*(limiter.take(key, Rate(50, 60)) for _ in range(500)))
    assert sum(verdict.allowed for verdict in verdicts) == 50


async def test_keys_do_not_share_anything(limiter, key):
    assert (await limiter.take(key, Rate(1, 60))).allowed
    assert (await limiter.take(f"{key}-other", Rate(1, 60))).allowed
    assert not (await limiter.take(key, Rate(1, 60))).allowed


async def test_the_window_slides_and_refused_requests_do_not_count(limiter, key):
    rate = Rate(2, 1)
    assert (await limiter.take(key, rate)).allowed
    await asyncio.sleep(0.6)
    assert (await limiter.take(key, rate)).allowed
    assert not (await limiter.take(key, rate)).allowed
    await asyncio.sleep(0.6)  # the first is a second ago, the second is not
    assert [(await limiter.take(key, rate)).allowed for _ in range(2)] == [True, False]


BURST = """
import asyncio, sys, time
from lyceum.runtime.rate_limits import Rate, SharedRateLimiter
from lyceum.runtime.redis import RedisLink

async def take(url, key):
    link = RedisLink(url)
    limiter = SharedRateLimiter(link)
    await link.check()
    print("ready", flush=True)
    sys.stdin.readline()
    verdicts = await asyncio.gather(*(limiter.take(key, Rate(1000, 60)) for _ in range(400)))
    await link.close()
    print(sum(verdict.allowed for verdict in verdicts), flush=True)

asyncio.run(take(*sys.argv[1:]))
"""


def test_a_burst_from_eight_processes_gets_the_limit_exactly(redis_url, key):
    command = [sys.executable, "-c", BURST, redis_url, key]
    bursts = [subprocess.Popen(command, stdin=PIPE, stdout=PIPE, text=True) for _ in range(8)]
    try:
        assert [burst.stdout.readline() for burst in bursts] == ["ready\n"] * 8
        for burst in bursts:
            burst.stdin.write("go\n")
            burst.stdin.flush()
        assert sum(int(burst.stdout.readline()) for burst in bursts) == 1000
    finally:
        for burst in bursts:
            burst.kill()
            burst.communicate()


async def test_without_redis_each_process_limits_on_its_own_and_no_request_fails(key):
    link = RedisLink("redis://127.0.0.1:9/0")
    limiter = SharedRateLimiter(link)
    verdicts = [await limiter.take(key, Rate(3, 60)) for _ in range(5)]
    assert [verdict.allowed for verdict in verdicts] == [True, True, True, False, False]
    await link.close()


async def test_a_restarted_server_is_given_the_script_again(redis_url, key):
    link = RedisLink(redis_url)
    limiter = SharedRateLimiter(link)
    assert (await limiter.take(key, Rate(2, 60))).allowed
    server = Redis.from_url(redis_url)
    await server.script_flush()
    await server.aclose()
    assert (await limiter.take(key, Rate(2, 60))).remaining == 0
    await link.close()
