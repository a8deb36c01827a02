import pytest

from lyceum.runtime.cache import Caches
from lyceum.runtime.embedded.valkey import EmbeddedValkey
from lyceum.runtime.fan_out import RedisFanOut
from lyceum.runtime.redis import RedisLink


class Process:
    """What one process has: a link, a fan-out, and a cache of bytes with the name that the test gives to all."""

    def __init__(self, url, name):
        self.link = RedisLink(url)
        self.fan_out = RedisFanOut(self.link)
        self.caches = Caches(self.link, self.fan_out)
        self.cache = self.caches.of_bytes(name, max_bytes=1_000_000, max_entry_bytes=10_000)
        self.shared = self.caches._shared

    async def ready(self):
        """From now on the process hears what the others say."""
        self.caches.start()
        await self.shared._joining
        assert self.shared.in_touch

    async def close(self):
        await self.caches.close()
        await self.fan_out.close()
        await self.link.close()


@pytest.fixture
async def start_process():
    started = []

    def start(url, name):
        started.append(Process(url, name))
        return started[-1]

    yield start
    for process in started:
        await process.close()


@pytest.fixture
def server(tmp_path):
    """A Valkey server that the test may stop and start again."""
    server = EmbeddedValkey(tmp_path)
    server.start()
    yield server
    server.stop()
