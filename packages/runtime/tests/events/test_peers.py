"""Events between processes: the relay of one, the consumers of the other, HTTP in between."""

from uuid import uuid4

import httpx
import pytest

from lyceum.kernel.errors import Unavailable
from lyceum.runtime.events import InProcessBus
from lyceum.runtime.events.peers import SERVICE, EventIntake, Intake, Peer
from lyceum.runtime.events.relay import Relay
from lyceum.runtime.http.remote import serve_ports
from lyceum.runtime.http.remote.client import RemoteMisconfigured

TOKEN = "shared-by-the-processes"


@pytest.fixture
async def make_peer(library):
    """The library as another process sees it that shows this token."""
    app = serve_ports(SERVICE, {EventIntake: Intake(InProcessBus([library.consumer()]))}, TOKEN)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
        yield lambda token=TOKEN: Peer(base_url="http://library.test", token=token, client=client)


async def test_events_have_their_effect_in_the_other_process(make_peer, library, sold):
    events = [sold(uuid4(), number) for number in (1, 2, 3)]
    await make_peer().receive(events)
    await make_peer().receive(events)
    assert await library.lent() == [1, 2, 3]


async def test_a_process_without_the_token_is_refused(make_peer, library, sold):
    with pytest.raises(RemoteMisconfigured, match="The service token is not the one expected"):
        await make_peer("guessed").receive([sold(uuid4(), 1)])
    assert await library.lent() == []


async def test_events_wait_in_the_outbox_while_the_other_process_is_away(make_peer, shop, library):
    away = httpx.AsyncClient(transport=httpx.MockTransport(_nobody_there))
    peer = Peer(base_url="http://library.test", token=TOKEN, client=away)
    await shop.sell(uuid4(), 1, 2)
    with pytest.raises(Unavailable):
        await Relay(module="shop", database=shop.database, tables=shop.tables, bus=InProcessBus([peer])).drain()
    assert await shop.pending() == 2
    back = InProcessBus([make_peer()])
    assert await Relay(module="shop", database=shop.database, tables=shop.tables, bus=back).drain() == 2
    assert await library.lent() == [1, 2]
    await away.aclose()


def _nobody_there(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("nobody is there", request=request)
