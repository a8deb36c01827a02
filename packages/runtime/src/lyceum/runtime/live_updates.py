"""The live part of a platform over HTTP."""

from fastapi import FastAPI

from lyceum.kernel.authentication import Authentication
from lyceum.runtime.composition import Platform
from lyceum.runtime.http.remote import remote_port
from lyceum.runtime.live.endpoint import LiveEndpoint
from lyceum.runtime.live.hub import Hub
from lyceum.runtime.live.session import Surroundings
from lyceum.runtime.live.ticket_route import ticket_app
from lyceum.runtime.live.tickets import LocalTickets, SharedTickets, Tickets
from lyceum.runtime.live.topics import Gates, ModuleTopics, TopicGate
from lyceum.runtime.module import ModuleSpec


def live_parts(platform: Platform) -> dict[str, LiveEndpoint | FastAPI]:
    """`/ws/v1` with the topics of all modules, wherever they run, and its tickets.

    Raises `ValueError` where two modules want the same topics.
    """
    gates: dict[str, TopicGate] = {}
    for spec in platform.specs:
        gate = _gate(platform, spec) if spec.topics else None
        if gate is None:
            continue
        for root in {topic.root for topic in spec.topics}:
            if root in gates:
                raise ValueError(f"{spec.name} wants the topics {root}/…, which another module has")
            gates[root] = gate
    tickets: Tickets = SharedTickets(platform.redis) if platform.redis else LocalTickets()
    around = Surroundings(
        hub=Hub(platform.live_log, platform.fan_out),
        gates=Gates(gates),
        authentication=platform.port(Authentication),
        tickets=tickets,
    )
    return {"live": LiveEndpoint(around), "tickets of live": ticket_app(tickets)}


def module_gate(platform: Platform, spec: ModuleSpec) -> TopicGate:
    """Who may watch the topics of a module that runs in this process."""
    return ModuleTopics(spec.topics, platform.modules[spec.name].container)


def _gate(platform: Platform, spec: ModuleSpec) -> TopicGate | None:
    if spec.name in platform.modules:
        return module_gate(platform, spec)
    address = platform.settings.remote.get(spec.name)
    if address is None:
        return None
    return remote_port(
        TopicGate,
        module=spec.name,
        base_url=address,
        token=platform.service_token,
        errors=(),
        client=platform.client,
    )
