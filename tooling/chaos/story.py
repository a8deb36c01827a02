"""Events are written, relayed and handled while whatever takes part in it is killed."""

import asyncio
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from aiokafka import AIOKafkaConsumer

from lyceum.runtime.composition import Platform
from lyceum.runtime.embedded.postgres import EmbeddedPostgres
from lyceum.runtime.embedded.valkey import EmbeddedValkey
from lyceum.runtime.kafka.settings import KafkaSettings
from lyceum.runtime.settings import PlatformSettings
from lyceum.testing.kafka import KafkaBroker
from lyceum.testing.shop import create_tables, modules
from tooling.chaos import verdict
from tooling.chaos.verdict import Findings
from tooling.chaos.victims import ServerVictim, Victim, WorkerVictim
from tooling.chaos.writing import Allowance, Writer

SECRET = "opens nothing".ljust(32)
_TOPICS = ("lyceum.shop.events", "lyceum.library.events")
_LOOK_SECONDS = 0.2


@dataclass(frozen=True, kw_only=True)
class Plan:
    """`kills` happen while the events are written; `poisoned` is the share of events that nobody can handle."""

    events: int
    seed: int
    kills: int
    workers: int = 2
    writers: int = 4
    books: int = 10
    """Of each writer; each is an aggregate of both modules."""
    poisoned: float = 0.01
    pause: float = 1.0
    """Seconds between kills at most, and seconds that a victim is away at most."""
    breath: float = 10.0
    """Seconds at most that the next kill waits for events to flow again; without, a slow machine would never get on."""
    patience: float = 120.0
    """Seconds without any effect after which the run ends as it is."""


@dataclass(kw_only=True)
class Report:
    """What happened. `recoveries` are seconds from a kill to the next effect of any event, by victim."""

    plan: Plan
    findings: Findings
    seconds: float
    refusals: int
    records: int
    doubles: int
    kills: Counter[str] = field(default_factory=Counter)
    recoveries: dict[str, list[float]] = field(default_factory=dict)
    stopping: list[float] = field(default_factory=list)

    @property
    def kept(self) -> bool:
        """Whether every event had its effect once and in order."""
        found = self.findings
        return not found.faults and found.written == self.plan.events and found.unpublished == 0

    def __str__(self) -> str:
        found = self.findings
        lines = [
            f"seed {self.plan.seed}: {found.written} events written in {self.seconds:.0f} s, {found.poisoned} poisoned",
            f"{found.effects} effects, {found.dead_letters} dead letters, {found.unpublished} left in outboxes",
            f"{self.records - found.written} brought to the broker again, {self.doubles} handed to a consumer again "
            "after their effect: none of them had a second one"
            if self.kept
            else f"{self.records - found.written} brought to the broker again, {self.doubles} recognised as doubles",
            f"{self.refusals} units of work tried again because the database was away",
            f"{sum(self.kills.values())} kills; seconds until events had effects again:",
        ]
        for name in sorted(self.kills):
            times = sorted(self.recoveries.get(name, []))
            seen = f"median {times[len(times) // 2]:.1f}, longest {times[-1]:.1f}" if times else "nothing was waiting"
            lines.append(f"  {name:<12} {self.kills[name]:>3} ×  {seen}")
        lines.append(f"workers stopped in {', '.join(f'{seconds:.1f}' for seconds in self.stopping)} s")
        lines += [f"FAULT {fault}" for fault in found.faults]
        lines.append("every event had its effect once and in order" if self.kept else "the promise was NOT kept")
        return "\n".join(lines)


class Watch:
    """Looks at the database all the time, and tells how long it takes until events have effects after a kill."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.written = self.ended = self.waiting = 0
        self.last_effect = time.monotonic()
        self.recoveries: dict[str, list[float]] = defaultdict(list)
        self._hit: dict[str, float] = {}
        self._back: dict[str, float] = {}

    def killed(self, victim: str) -> None:
        self._hit[victim] = time.monotonic()

    def revived(self, victim: str) -> None:
        """From now on an effect counts as its recovery."""
        if victim in self._hit:
            self._back[victim] = self._hit.pop(victim)

    async def see_an_effect(self, patience: float) -> None:
        """Return when some event has had its effect since the last kill, or when that takes too long."""
        deadline = time.monotonic() + patience
        while self._back and time.monotonic() < deadline:  # noqa: ASYNC110  the database has no event for it
            await asyncio.sleep(_LOOK_SECONDS)

    async def run(self) -> None:
        while True:
            with suppress(psycopg.OperationalError):  # one of the kills
                self._see(await asyncio.to_thread(verdict.state, self._url))
            await asyncio.sleep(_LOOK_SECONDS)

    def _see(self, state: tuple[int, int, int]) -> None:
        before = self.ended
        self.written, self.ended, self.waiting = state
        if self.ended > before:
            self.last_effect = time.monotonic()
            for victim, since in self._back.items():
                self.recoveries[victim].append(self.last_effect - since)
            self._back.clear()


async def run(plan: Plan, folder: Path, say: Callable[[str], None] = lambda line: None) -> Report:
    """Do it in an empty folder. Raises `KafkaNotAvailable` where there can be no broker."""
    await asyncio.to_thread(folder.chmod, 0o711)  # root's PostgreSQL has an account of its own, which has to pass
    broker = await asyncio.to_thread(lambda: ServerVictim("Kafka", KafkaBroker(folder)))
    postgres = await asyncio.to_thread(lambda: ServerVictim("PostgreSQL", EmbeddedPostgres(folder)))
    valkey = await asyncio.to_thread(lambda: ServerVictim("Valkey", EmbeddedValkey(folder)))
    servers = (broker, postgres, valkey)
    workers: list[WorkerVictim] = []
    try:
        await asyncio.to_thread(create_tables, postgres.address)
        variables = {
            "LYCEUM_DATABASE_URL": postgres.address,
            "LYCEUM_DATABASE_ROLES": "false",
            "LYCEUM_DATA_DIR": str(folder / "data"),
            "LYCEUM_SECRET": SECRET,
            "LYCEUM_KAFKA_SERVERS": broker.address,
            "LYCEUM_KAFKA_PARTITIONS": "4",
            "LYCEUM_KAFKA_SESSION": "6",
            "LYCEUM_REDIS_URL": valkey.address,
        }
        workers += [WorkerVictim(f"worker-{number}", folder, variables) for number in range(1, plan.workers + 1)]
        return await _play(plan, servers, workers, say)
    finally:
        for worker in workers:
            await asyncio.to_thread(worker.stop)
        for server in servers:
            await asyncio.to_thread(server.server.stop)


async def _play(
    plan: Plan, servers: Sequence[ServerVictim], workers: Sequence[WorkerVictim], say: Callable[[str], None]
) -> Report:
    broker, postgres, _ = servers
    chance = random.Random(plan.seed)  # noqa: S311  no secret
    began = time.monotonic()
    allowance = Allowance(plan.events)
    watch = Watch(postgres.address)
    settings = PlatformSettings.model_validate({"database_roles": False, "secret": SECRET})
    async with Platform(settings=settings, database_url=postgres.address, modules=modules()) as platform:
        watching = asyncio.create_task(watch.run())
        async with asyncio.TaskGroup() as group:
            for _ in range(plan.writers):
                books = [UUID(int=chance.getrandbits(128), version=4) for _ in range(plan.books)]
                own = random.Random(chance.getrandbits(64))  # noqa: S311  no secret
                group.create_task(Writer(platform, books, own, poisoned=plan.poisoned).write(allowance))
            killed = await _kill(plan, chance, (*servers, *workers), allowance, watch, say)
        say(f"all {plan.events} are written after {time.monotonic() - began:.0f} s")
        await _settled(plan, watch)
        watching.cancel()
    seconds = time.monotonic() - began
    stopping = [await asyncio.to_thread(worker.stop) for worker in workers]
    records, buried = await _on_the_broker(broker.address)
    return Report(
        plan=plan,
        findings=await asyncio.to_thread(verdict.look, postgres.address, buried),
        seconds=seconds,
        refusals=allowance.refusals,
        records=records,
        doubles=sum(worker.doubles() for worker in workers),
        kills=killed,
        recoveries=watch.recoveries,
        stopping=stopping,
    )


async def _kill(
    plan: Plan,
    chance: random.Random,
    victims: Sequence[Victim],
    allowance: Allowance,
    watch: Watch,
    say: Callable[[str], None],
) -> Counter[str]:
    """Kill them in turns of random order, now and then two at once, and let the writers write between the kills."""
    killed: Counter[str] = Counter()
    due: list[Victim] = []
    share = plan.events // (plan.kills + 1)
    while (total := sum(killed.values())) < plan.kills:
        if not due:
            due = chance.sample(list(victims), len(victims))
        await allowance.release(share)
        await asyncio.sleep(plan.pause * chance.random() ** 3)  # mostly at once, while they are under way
        hit = [due.pop() for _ in range(min(len(due), 2 if chance.random() < 0.25 else 1))]
        for victim in hit:
            await asyncio.to_thread(victim.kill)
            watch.killed(victim.name)
            killed[victim.name] += 1
        say(f"{total + len(hit)}/{plan.kills} {' and '.join(victim.name for victim in hit)}; {watch.ended} ended")
        await asyncio.sleep(chance.uniform(0, plan.pause))
        for victim in hit:
            await asyncio.to_thread(victim.revive)
            watch.revived(victim.name)
        await watch.see_an_effect(chance.uniform(0, plan.breath))
    await allowance.release(plan.events)
    return killed


async def _settled(plan: Plan, watch: Watch) -> None:
    watch.last_effect = time.monotonic()
    while watch.ended < plan.events or watch.waiting or watch.written < plan.events:
        if time.monotonic() - watch.last_effect > plan.patience:
            return
        await asyncio.sleep(_LOOK_SECONDS)


async def _on_the_broker(servers: str) -> tuple[int, dict[str, set[str]]]:
    """How many events lie on the topics, and the ids of those on each module's dead-letter topic."""
    brought = [len(await _ids(servers, topic)) for topic in _TOPICS]
    return sum(brought), {module: set(await _ids(servers, f"lyceum.{module}.dlq")) for module in ("shop", "library")}


async def _ids(servers: str, topic: str) -> list[str]:
    """The event id of each record on a topic."""
    found: list[str] = []
    async with AIOKafkaConsumer(**KafkaSettings(servers=servers).connection()) as reader:
        if topic not in await reader.topics():
            return found
        reader.subscribe([topic])
        while not (partitions := reader.assignment()):  # noqa: ASYNC110  the client has no event for it
            await asyncio.sleep(0.05)
        await reader.seek_to_beginning()
        ends = await reader.end_offsets(partitions)
        while any([await reader.position(partition) < end for partition, end in ends.items()]):
            for records in (await reader.getmany(timeout_ms=500)).values():
                found += map(_id, records)
    return found


def _id(record: Any) -> str:
    return str(dict(record.headers)["ce_id"].decode())
