"""How mail leaves the platform."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from lyceum.kernel.clock import Clock
from lyceum.runtime.mail.log import LogMailer
from lyceum.runtime.mail.message import parse_sender
from lyceum.runtime.mail.port import InvalidMail, Mailer, MailNotSent
from lyceum.runtime.mail.smtp import MailSecurity, SmtpMailer

_PORTS = {MailSecurity.STARTTLS: 587, MailSecurity.TLS: 465, MailSecurity.NONE: 25}


class MailSettings(BaseSettings):
    """Read from the environment with the prefix `LYCEUM_MAIL_`."""

    model_config = SettingsConfigDict(env_prefix="LYCEUM_MAIL_", extra="ignore")

    host: str | None = None
    """The mail server. Left out, mails appear in the log in development and fail otherwise."""

    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    """Left out, the usual one: 587 for `starttls`, 465 for `tls`, 25 for `none`."""

    security: MailSecurity = MailSecurity.STARTTLS

    username: str | None = None
    password: SecretStr | None = None

    sender: str = "Lyceum <no-reply@localhost>"
    """Whom mails are from: `Name <address>` or an address."""

    @field_validator("sender")
    @classmethod
    def _one_sender(cls, sender: str) -> str:
        try:
            parse_sender(sender)
        except InvalidMail as error:
            raise ValueError("not a name with an address") from error
        return sender


def open_mailer(settings: MailSettings, *, clock: Clock, development: bool) -> Mailer:
    """The mailer that the settings ask for."""
    sender = parse_sender(settings.sender)
    if settings.host is not None:
        return SmtpMailer(
            host=settings.host,
            port=settings.port or _PORTS[settings.security],
            security=settings.security,
            sender=sender,
            clock=clock,
            username=settings.username,
            password=settings.password,
        )
    return LogMailer(sender=sender, clock=clock) if development else _NoMailer()


class _NoMailer:
    async def send(
        self, *, to: str, subject: str, text: str, html: str | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        raise MailNotSent("No mail server is set: LYCEUM_MAIL_HOST")
