"""The port through which modules send e-mail."""

from collections.abc import Mapping
from typing import ClassVar, Protocol, runtime_checkable

from lyceum.kernel.errors import LyceumError, Unavailable, ValidationFailed


class InvalidMail(ValidationFailed):
    """An address is not one address, a header is not allowed or holds a line break, or a part is too long."""

    code: ClassVar[str] = "mail.invalid"
    title: ClassVar[str] = "This cannot be sent as an e-mail"


class MailNotSent(Unavailable):
    """The mail server could not be reached or asked to try again later."""

    code: ClassVar[str] = "mail.not-sent"
    title: ClassVar[str] = "The e-mail could not be sent for now"


class MailRefused(LyceumError):
    """The mail server refused the mail for good; sending it again will not help."""

    code: ClassVar[str] = "mail.refused"
    title: ClassVar[str] = "The e-mail was refused"
    status: ClassVar[int] = 422


@runtime_checkable
class Mailer(Protocol):
    """Sends one mail to one person at a time."""

    async def send(
        self, *, to: str, subject: str, text: str, html: str | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        """Hand a mail over; when this returns, the mail server has it. Repeating it sends it again.

        `to` is a bare address. `headers` adds such as `Reply-To` or `List-Unsubscribe`; those that this part sets
        itself are refused.

        Raises `InvalidMail`, `MailNotSent` and `MailRefused`.
        """
        ...
