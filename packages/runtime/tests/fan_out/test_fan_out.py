"""The same promises in one process and between processes. Two fan-outs on one server stand for two processes."""

import asyncio

import pytest

from lyceum.kernel.ids import new_id
from lyceum.runtime.embedded.valkey import EmbeddedValkey
from lyceum.runtime.fan_out import FanOut, LocalFanOut, RedisFanOut
from lyceum.runtime.redis import RedisLink


@pytest.fixture
async def processes(request):
    """Makes fan-outs that belong together, for the server at a URL."""
    made = []

    def make(url):
        link = RedisLink(url)
        made.append((link, RedisFanOut(link)))
        return made[-1][1]

    yield make
    for link, fan_out in made:
        await fan_out.close()
        await link.close()


@pytest.fixture(params=["local", "redis"])
def pair(request, processes):
    """Who sends and who listens; the same one, where there is one process."""
    if request.param == "local":
        fan_out = LocalFanOut()
        return fan_out, fan_out
    url = request.getfixturevalue("redis_url")
    return processes(url), processes(url)


@pytest.fixture
def channel():
    return f"test:{new_id()}"


class Listener:
    def __init__(self):
        self.messages = []
        self.gaps = 0

    def receive(self, message):
        self.messages.append(message)

    def gap(self):
        self.gaps += 1

    async def join(self, fan_out, channel):
        return await fan_out.subscribe(channel, self.receive, on_gap=self.gap)


class TestBothKinds:
    async def test_it_is_a_fan_out(self, pair):
        assert isinstance(pair[0], FanOut)

    async def test_what_is_sent_after_subscribing_arrives_in_order(self, pair, channel):
        sender, receiver = pair
        listener = Listener()
        await listener.join(receiver, channel)
        for number in range(100):
            await sender.publish(channel, b"%d" % number)
        await until(lambda: len(listener.messages) == 100)
        assert listener.messages == [b"%d" % number for number in range(100)]
        assert listener.gaps == 0

    async def test_every_subscriber_gets_it_the_sender_too(self, pair, channel):
        sender, receiver = pair
        listeners = [Listener() for _ in range(3)]
        for listener, fan_out in zip(listeners, (sender, receiver, receiver), strict=True):
            await listener.join(fan_out, channel)
        await sender.publish(channel, b"\x00\xff")
        await until(lambda: all(listener.messages for listener in listeners))
        assert [listener.messages for listener in listeners] == [[b"\x00\xff"]] * 3

    async def test_other_channels_are_not_heard(self, pair, channel):
        sender, receiver = pair
        listener, other = Listener(), Listener()
        await listener.join(receiver, channel)
        await other.join(receiver, f"{channel}:other")
        await sender.publish(f"{channel}:other", b"x")
        await sender.publish(channel, b"y")
        await until(lambda: listener.messages and other.messages)
        assert (listener.messages, other.messages) == ([b"y"], [b"x"])

    async def test_who_has_left_hears_nothing_and_may_come_back(self, pair, channel):
        sender, receiver = pair
        left, stays = Listener(), Listener()
        subscription = await left.join(receiver, channel)
        await stays.join(sender, channel)
        subscription.close()
        subscription.close()
        await sender.publish(channel, b"1")
        await until(lambda: stays.messages == [b"1"])
        await left.join(receiver, channel)
        await sender.publish(channel, b"2")
        await until(lambda: left.messages == [b"2"])

    async def test_coming_and_going_quickly_misses_nothing(self, pair, channel):
        sender, receiver = pair
        for number in range(30):
            listener = Listener()
            subscription = await listener.join(receiver, channel)
            await sender.publish(channel, b"%d" % number)
            await until(lambda listener=listener: listener.messages)
            subscription.close()
            assert (listener.messages, listener.gaps) == ([b"%d" % number], 0)

    async def test_one_that_fails_does_not_stop_the_others(self, pair, channel):
        sender, receiver = pair

        def fail(message):
            raise RuntimeError("not for me")

        await receiver.subscribe(channel, fail, on_gap=lambda: None)
        listener = Listener()
        await listener.join(receiver, channel)
        await sender.publish(channel, b"1")
        await sender.publish(channel, b"2")
        await until(lambda: listener.messages == [b"1", b"2"])

    async def test_one_may_leave_while_it_is_told(self, pair, channel):
        sender, receiver = pair
        listener = Listener()
        subscriptions = []

        def once(message):
            listener.receive(message)
            subscriptions[0].close()

        subscriptions.append(await receiver.subscribe(channel, once, on_gap=listener.gap))
        last = Listener()
        await last.join(receiver, channel)
        for message in (b"1", b"2"):
            await sender.publish(channel, message)
        await until(lambda: last.messages == [b"1", b"2"])
        assert listener.messages == [b"1"]


class TestWithoutTheServer:
    @pytest.fixture
    def server(self, tmp_path):
        server = EmbeddedValkey(tmp_path)
        server.start()
        yield server
        server.stop()

    async def test_after_a_restart_everybody_is_told_of_a_gap_and_hears_again(self, server, processes, channel):
        sender, receiver = processes(server.address), processes(server.address)
        listeners = [Listener(), Listener()]
        for listener, fan_out in zip(listeners, (sender, receiver), strict=True):
            await listener.join(fan_out, channel)
        await asyncio.to_thread(server.stop)
        await sender.publish(channel, b"alone")
        assert (listeners[0].messages, listeners[1].messages) == ([b"alone"], [])
        await asyncio.to_thread(server.start)
        await until(lambda: all(listener.gaps for listener in listeners))
        await until_heard(sender, channel, listeners)

    async def test_who_subscribes_meanwhile_is_told_of_a_gap_too(self, server, processes, channel):
        sender, receiver = processes(server.address), processes(server.address)
        await asyncio.to_thread(server.stop)
        listener = Listener()
        await listener.join(receiver, channel)
        assert (listener.messages, listener.gaps) == ([], 0)
        await asyncio.to_thread(server.start)
        await until(lambda: listener.gaps == 1)
        await until_heard(sender, channel, [listener])

    async def test_a_message_that_only_its_sender_lost_is_a_gap_for_all(self, server, processes, channel):
        sender, receiver = processes(server.address), processes(server.address)
        listener = Listener()
        await listener.join(receiver, channel)
        address, sender._link.client = sender._link.client, RedisLink("redis://127.0.0.1:9/0").client
        await sender.publish(channel, b"lost")
        sender._link.client = address
        await until(lambda: listener.gaps == 1)
        assert listener.messages == []

    async def test_a_server_that_falls_silent_is_given_up(self, server, processes, channel, monkeypatch):
        monkeypatch.setattr("lyceum.runtime.fan_out.shared._SILENCE", 0.1)
        receiver = processes(server.address)
        listener = Listener()
        await listener.join(receiver, channel)
        admin = RedisLink(server.address)
        await admin.client.execute_command("CLIENT", "PAUSE", "700", "ALL")
        await until(lambda: listener.gaps == 1)
        await until_heard(receiver, channel, [listener])
        await admin.close()

    async def test_channels_that_everybody_left_are_left_on_the_server(self, server, processes, channel):
        receiver = processes(server.address)
        subscriptions = [await Listener().join(receiver, f"{channel}:{number}") for number in range(3)]
        stays = Listener()
        await stays.join(receiver, channel)
        for subscription in subscriptions:
            subscription.close()
        await receiver.publish(channel, b"x")  # the connection looks around after each message
        await until(lambda: stays.messages)
        asking = RedisLink(server.address)
        async with asyncio.timeout(5):
            while len(await asking.client.pubsub_channels()) > 2:  # noqa: ASYNC110 - the server is what is asked
                await asyncio.sleep(0.01)
        await asking.close()


async def until_heard(sender, channel, listeners):
    """Messages come through again; those sent while the sender still rests reach it alone."""
    async with asyncio.timeout(10):
        while not all(b"again" in listener.messages for listener in listeners):
            await sender.publish(channel, b"again")
            await asyncio.sleep(0.05)


async def until(condition):
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(0.002)
