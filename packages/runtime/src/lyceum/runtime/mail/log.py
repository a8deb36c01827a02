"""Mail for development: it is shown, not sent."""

from collections.abc import Mapping
from email.headerregistry import Address

import structlog

from lyceum.kernel.clock import Clock
from lyceum.runtime.mail.message import compose

log = structlog.get_logger(__name__)


class LogMailer:
    """Puts each mail into the log with its plain text. Not for production: the texts hold links that open accounts."""

    def __init__(self, *, sender: Address, clock: Clock) -> None:
        self._sender = sender
        self._clock = clock

    async def send(
        self, *, to: str, subject: str, text: str, html: str | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        # Composed as if it were sent, so that what would be refused later is refused now.
        compose(sender=self._sender, clock=self._clock, to=to, subject=subject, text=text, html=html, headers=headers)
        log.info("mail", to=to, subject=subject, text=text)
