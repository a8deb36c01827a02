"""Mail by SMTP (RFC 5321)."""

import ssl
from collections.abc import Mapping
from email.headerregistry import Address
from enum import StrEnum

import aiosmtplib
from pydantic import SecretStr

from lyceum.kernel.clock import Clock
from lyceum.runtime.mail.message import compose
from lyceum.runtime.mail.port import MailNotSent, MailRefused


class MailSecurity(StrEnum):
    """How the connection to the mail server is protected.

    `starttls` turns to TLS before anything else is said and gives up where the server cannot; `tls` starts with it;
    `none` is for a server on the same machine.
    """

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class SmtpMailer:
    """Hands each mail to a mail server, on a connection of its own."""

    def __init__(
        self,
        *,
        host: str,
        port: int,
        security: MailSecurity,
        sender: Address,
        clock: Clock,
        username: str | None = None,
        password: SecretStr | None = None,
        timeout: float = 30.0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._sender = sender
        self._clock = clock
        self._host = host
        self._port = port
        self._security = security
        self._username = username
        self._password = password
        self._timeout = timeout
        self._tls = tls

    async def send(
        self, *, to: str, subject: str, text: str, html: str | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        message = compose(
            sender=self._sender, clock=self._clock, to=to, subject=subject, text=text, html=html, headers=headers
        )
        try:
            await aiosmtplib.send(
                message,
                hostname=self._host,
                port=self._port,
                username=self._username,
                password=self._password.get_secret_value() if self._password else None,
                use_tls=self._security is MailSecurity.TLS,
                start_tls=self._security is MailSecurity.STARTTLS,
                tls_context=self._tls,
                timeout=self._timeout,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise _meaning(error.recipients[0].code, str(error)) from error
        except aiosmtplib.SMTPResponseException as error:
            raise _meaning(error.code, error.message) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailNotSent(f"The mail server is not reachable: {error}") from error


def _meaning(code: int, reason: str) -> MailNotSent | MailRefused:
    # 4yz: try again later, 5yz: never (RFC 5321, section 4.2.1). A refused login is a setting to mend, not the mail's.
    permanent = code >= 500 and code not in (530, 534, 535, 538)
    return (MailRefused if permanent else MailNotSent)(f"The mail server answered {code}: {reason[:500]}")
