"""Live messages: what a module tells browsers that watch, beside the state that they can always read again."""

from typing import ClassVar, Protocol
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class LiveMessage(BaseModel):
    """Base of what a module sends to those who watch one of its topics; changed only compatibly.

    `type` is `<thing>.<past tense>`, as in `progress.changed`, and stable.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: ClassVar[str]


class Live(Protocol):
    """Tells watchers. Nobody's work waits for it, or fails with it."""

    def publish(self, topic: str, message: LiveMessage, *, to: UUID | None = None) -> None:
        """Hand the message to those who watch the topic (`imports/<id>`); of a personal topic, to the user `to`.

        Call it when the transaction has committed: whoever is told reads the new state. It returns at once; the
        messages of one process about one topic arrive in the order of their calls.
        """
        ...
