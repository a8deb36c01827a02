"""Mail over SMTP, against a server that others wrote (aiosmtpd)."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Any

import pytest
import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from pydantic import SecretStr

from lyceum.runtime.mail import MailNotSent, MailRefused, MailSecurity, SmtpMailer

AUTHORITY = trustme.CA()
CERTIFICATE = AUTHORITY.issue_cert("localhost")


class Inbox:
    """A server's handler that keeps what arrives and answers as the test says."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.secured: list[bool] = []
        self.logins: list[bytes] = []
        self.rcpt = "250 OK"
        self.data = "250 OK"

    async def handle_RCPT(  # noqa: N802 - the server looks for this name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        if self.data.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content, policy=policy.SMTP))
            self.recipients += envelope.rcpt_tos
            self.secured.append(session.ssl is not None)
        return self.data

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: LoginPassword) -> AuthResult:
        self.logins.append(data.login)
        return AuthResult(success=data == LoginPassword(b"lyceum", b"right"), handled=False)


def server_tls() -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    CERTIFICATE.configure_cert(context)
    return context


def client_tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    AUTHORITY.configure_trust(context)
    return context


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
async def serve(inbox) -> AsyncIterator[Callable[..., Awaitable[int]]]:
    """Starts a server with aiosmtpd's options; `from_the_start` is TLS without STARTTLS. Gives its port."""
    running: list[asyncio.Server] = []

    async def start(*, from_the_start: bool = False, **options: Any) -> int:
        server = await asyncio.get_running_loop().create_server(
            lambda: SMTP(inbox, hostname="localhost", **options),
            "127.0.0.1",
            ssl=server_tls() if from_the_start else None,
        )
        running.append(server)
        return int(server.sockets[0].getsockname()[1])

    yield start
    for server in running:
        server.close()


@pytest.fixture
def mailer_to(clock) -> Callable[..., SmtpMailer]:
    def make(port: int, security: MailSecurity = MailSecurity.NONE, **options: Any) -> SmtpMailer:
        return SmtpMailer(
            host="localhost",
            port=port,
            security=security,
            sender=Address("Lyceum", addr_spec="no-reply@lyceum.example"),
            clock=clock,
            timeout=5,
            **{"tls": client_tls()} | options,
        )

    return make


MAIL = {"to": "ada@example.org", "subject": "Grüße", "text": "Guten Tag.\n", "html": "<p>Guten Tag.</p>"}


class TestSending:
    async def test_a_mail_arrives_as_it_was_meant(self, serve, mailer_to, inbox):
        await mailer_to(await serve()).send(**MAIL, headers={"Reply-To": "team@lyceum.example"})
        [mail] = inbox.mails
        assert (mail["Subject"], mail["To"], mail["Reply-To"]) == ("Grüße", "ada@example.org", "team@lyceum.example")
        assert mail["From"] == "Lyceum <no-reply@lyceum.example>"
        assert mail.get_body(("plain",)).get_content() == "Guten Tag.\r\n"
        assert mail.get_body(("html",)).get_content().strip() == "<p>Guten Tag.</p>"
        assert inbox.recipients == ["ada@example.org"]

    async def test_lines_that_look_like_the_end_of_a_mail_are_only_text(self, serve, mailer_to, inbox):
        text = "one\n.\nQUIT\nMAIL FROM:<eve@example.org>\n..two\n"
        await mailer_to(await serve()).send(to="ada@example.org", subject="Dots", text=text)
        [mail] = inbox.mails
        assert mail.get_content().replace("\r\n", "\n") == text

    async def test_starttls_secures_the_connection_before_the_mail(self, serve, mailer_to, inbox):
        server = await serve(tls_context=server_tls(), require_starttls=True)
        await mailer_to(server, MailSecurity.STARTTLS).send(**MAIL)
        assert inbox.secured == [True]

    async def test_tls_from_the_start_works(self, serve, mailer_to, inbox):
        server = await serve(from_the_start=True)
        await mailer_to(server, MailSecurity.TLS).send(**MAIL)
        assert len(inbox.mails) == 1

    async def test_the_login_is_used(self, serve, mailer_to, inbox):
        server = await serve(
            tls_context=server_tls(), auth_required=True, authenticator=inbox.authenticate, auth_require_tls=True
        )
        mailer = mailer_to(server, MailSecurity.STARTTLS, username="lyceum", password=SecretStr("right"))
        await mailer.send(**MAIL)
        assert (inbox.logins, len(inbox.mails)) == ([b"lyceum"], 1)


class TestFailing:
    async def test_a_server_without_starttls_gets_no_mail(self, serve, mailer_to, inbox):
        with pytest.raises(MailNotSent):
            await mailer_to(await serve(), MailSecurity.STARTTLS).send(**MAIL)
        assert inbox.mails == []

    async def test_a_server_with_a_foreign_certificate_gets_no_mail(self, serve, mailer_to, inbox):
        server = await serve(tls_context=server_tls())
        mailer = mailer_to(server, MailSecurity.STARTTLS, tls=ssl.create_default_context())
        with pytest.raises(MailNotSent):
            await mailer.send(**MAIL)
        assert inbox.mails == []

    async def test_a_server_that_is_not_there_is_tried_again_later(self, serve, mailer_to):
        with socket.socket() as nobody_listens:
            nobody_listens.bind(("127.0.0.1", 0))
            with pytest.raises(MailNotSent, match="not reachable"):
                await mailer_to(nobody_listens.getsockname()[1]).send(**MAIL)

    @pytest.mark.parametrize("where", ["rcpt", "data"])
    @pytest.mark.parametrize(
        ("answer", "error"),
        [("450 busy", MailNotSent), ("451 later", MailNotSent), ("550 nobody", MailRefused), ("554 no", MailRefused)],
    )
    async def test_the_servers_answer_decides_whether_it_helps_to_try_again(
        self, serve, mailer_to, inbox, where, answer, error
    ):
        setattr(inbox, where, answer)
        with pytest.raises(error, match=answer.split()[0]):
            await mailer_to(await serve()).send(**MAIL)
        assert inbox.mails == []

    async def test_a_wrong_password_does_not_refuse_the_mail_for_good(self, serve, mailer_to, inbox):
        server = await serve(
            tls_context=server_tls(), auth_required=True, authenticator=inbox.authenticate, auth_require_tls=True
        )
        mailer = mailer_to(server, MailSecurity.STARTTLS, username="lyceum", password=SecretStr("wrong"))
        with pytest.raises(MailNotSent, match="535"):
            await mailer.send(**MAIL)
        assert inbox.mails == []
