"""Topics, and who may watch them."""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

import structlog
from pydantic import BaseModel, ConfigDict

from lyceum.kernel.errors import LyceumError, NotFound
from lyceum.kernel.live import LiveMessage
from lyceum.kernel.principal import Principal

log = structlog.get_logger(__name__)

_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A kind of topic that a module declares.

    `pattern` is as in `imports/{import_id}`: the first segment is fixed and the module's own, a name in braces stands
    for a UUID. `authorise(container, principal, **ids)` raises a `LyceumError` unless the principal may watch; it looks
    at the object itself. A `personal` topic is another one for each user, who watches only what is about that user.
    """

    pattern: str
    authorise: Callable[..., Awaitable[None]]
    messages: tuple[type[LiveMessage], ...]
    personal: bool = False

    @property
    def root(self) -> str:
        """The fixed beginning, by which the owner is found."""
        return self.pattern.partition("/")[0]

    @property
    def regex(self) -> re.Pattern[str]:
        parts = (
            f"(?P<{part[1:-1]}>{_UUID})" if part.startswith("{") else re.escape(part)
            for part in self.pattern.split("/")
        )
        return re.compile("/".join(parts))


class Admission(BaseModel):
    """Either the `key` under which the topic's messages are kept for this watcher, or the `code` of the refusal."""

    model_config = ConfigDict(frozen=True)

    key: str | None = None
    code: str | None = None


@runtime_checkable
class TopicGate(Protocol):
    """Says who may watch a module's topics; asked over HTTP for a module that runs elsewhere."""

    async def admit(self, *, topic: str, principal: Principal) -> Admission:
        """Whether this caller may watch the topic now."""
        ...


class ModuleTopics:
    """The `TopicGate` of a module in this process."""

    def __init__(self, topics: Iterable[Topic], container: Any) -> None:
        self._topics = [(topic.regex, topic) for topic in topics]
        self._container = container

    async def admit(self, *, topic: str, principal: Principal) -> Admission:
        for regex, known in self._topics:
            match = regex.fullmatch(topic)
            if match is None:
                continue
            try:
                user_id = principal.require_user()
                ids = {name: UUID(value) for name, value in match.groupdict().items()}
                await known.authorise(self._container, principal, **ids)
            except LyceumError as error:
                return Admission(code=error.code)
            return Admission(key=topic_key(topic, user_id if known.personal else None))
        return Admission(code=NotFound.code)


class Gates:
    """All gates of a platform, by the roots of their topics."""

    def __init__(self, gates: Mapping[str, TopicGate]) -> None:
        self._gates = gates

    async def admit(self, topic: str, principal: Principal) -> Admission:
        """Never raises: what can't be asked is refused as `unavailable`."""
        gate = self._gates.get(topic.partition("/")[0])
        if gate is None:
            return Admission(code=NotFound.code)
        try:
            return await gate.admit(topic=topic, principal=principal)
        except LyceumError as error:
            return Admission(code=error.code)
        except Exception:  # whatever it was: without an answer, nobody is admitted
            log.exception("nobody said who may watch", topic=topic)
            return Admission(code="unavailable")


def topic_key(topic: str, user_id: UUID | None) -> str:
    """The name under which messages are kept and passed on."""
    return topic if user_id is None else f"{topic}@{user_id}"
