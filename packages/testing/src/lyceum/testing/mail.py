"""A mailer that keeps what was sent."""

from collections.abc import Mapping
from email.headerregistry import Address
from email.message import EmailMessage

from lyceum.kernel.clock import SystemClock
from lyceum.runtime.mail import compose


class MemoryMailer:
    """Keeps the mails in `sent`, oldest first, and refuses what a real mailer refuses."""

    def __init__(self) -> None:
        self.sent: list[EmailMessage] = []

    async def send(
        self, *, to: str, subject: str, text: str, html: str | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        sender = Address(display_name="Lyceum", addr_spec="no-reply@lyceum.test")
        self.sent.append(
            compose(sender=sender, clock=SystemClock(), to=to, subject=subject, text=text, html=html, headers=headers)
        )

    def to(self, address: str) -> list[EmailMessage]:
        """The mails to one address, oldest first."""
        return [message for message in self.sent if message["To"] == address]
