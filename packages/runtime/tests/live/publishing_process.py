"""A process that publishes the numbers from FIRST to LAST: `publishing_process.py URL TOPIC FIRST LAST`."""

import asyncio
import sys
from typing import ClassVar

from lyceum.kernel.live import LiveMessage
from lyceum.runtime.fan_out import RedisFanOut
from lyceum.runtime.live.publishing import Publisher
from lyceum.runtime.live.shared_log import SharedLog
from lyceum.runtime.redis import RedisLink


class Counted(LiveMessage):
    type: ClassVar[str] = "counted"

    n: int


async def main(url: str, topic: str, first: int, last: int) -> None:
    link = RedisLink(url)
    publisher = Publisher(SharedLog(link), RedisFanOut(link))
    for n in range(first, last + 1):
        publisher.publish(topic, Counted(n=n))
        if n % 7 == 0:
            await asyncio.sleep(0.002)
    await publisher.close()
    await link.close()


asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
