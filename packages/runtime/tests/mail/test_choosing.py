import pytest
import structlog
from pydantic import ValidationError

from lyceum.runtime.mail import (
    InvalidMail,
    LogMailer,
    Mailer,
    MailNotSent,
    MailSecurity,
    MailSettings,
    SmtpMailer,
    open_mailer,
)
from lyceum.runtime.mail.message import parse_sender
from lyceum.testing.mail import MemoryMailer

MAIL = {"to": "ada@example.org", "subject": "Hello", "text": "Open https://lyceum.example/verify?token=abc"}


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    for name in ("HOST", "PORT", "SECURITY", "USERNAME", "PASSWORD", "SENDER"):
        monkeypatch.delenv(f"LYCEUM_MAIL_{name}", raising=False)


class TestOpening:
    async def test_in_development_a_mail_is_one_line_of_the_log(self, clock):
        mailer = open_mailer(MailSettings(), clock=clock, development=True)
        with structlog.testing.capture_logs() as lines:
            await mailer.send(**MAIL)
        assert lines == [{"event": "mail", "log_level": "info", **MAIL}]

    async def test_without_a_server_production_says_so_and_logs_nothing(self, clock):
        mailer = open_mailer(MailSettings(), clock=clock, development=False)
        with structlog.testing.capture_logs() as lines, pytest.raises(MailNotSent, match="LYCEUM_MAIL_HOST"):
            await mailer.send(**MAIL)
        assert lines == []

    def test_the_environment_names_the_server(self, clock, monkeypatch):
        monkeypatch.setenv("LYCEUM_MAIL_HOST", "mail.example")
        monkeypatch.setenv("LYCEUM_MAIL_SECURITY", "tls")
        monkeypatch.setenv("LYCEUM_MAIL_PASSWORD", "secret")
        settings = MailSettings()
        assert (settings.host, settings.security) == ("mail.example", MailSecurity.TLS)
        assert "secret" not in repr(settings)
        assert isinstance(open_mailer(settings, clock=clock, development=True), SmtpMailer)

    @pytest.mark.parametrize("sender", ["", "Lyceum", "a@b, c@d", "Lyceum <>", "a@b\r\nBcc: c@d"])
    def test_a_sender_that_is_no_address_is_refused_at_start(self, sender):
        with pytest.raises(ValidationError):
            MailSettings(sender=sender)

    @pytest.mark.parametrize(
        ("sender", "name", "address"),
        [("Lyceum <a@b.example>", "Lyceum", "a@b.example"), ("a@b.example", "", "a@b.example")],
    )
    def test_a_sender_may_have_a_name(self, sender, name, address):
        parsed = parse_sender(MailSettings(sender=sender).sender)
        assert (parsed.display_name, parsed.addr_spec) == (name, address)


class TestTheMailersForTestsAndDevelopment:
    @pytest.fixture(params=["memory", "log"])
    def mailer(self, request, clock) -> Mailer:
        if request.param == "memory":
            return MemoryMailer()
        return LogMailer(sender=parse_sender("Lyceum <no-reply@lyceum.example>"), clock=clock)

    def test_they_are_mailers(self, mailer):
        assert isinstance(mailer, Mailer)

    async def test_they_refuse_what_a_real_one_refuses(self, mailer):
        with pytest.raises(InvalidMail):
            await mailer.send(**MAIL | {"to": "a@b.example, c@d.example"})
        with pytest.raises(InvalidMail):
            await mailer.send(**MAIL, headers={"Bcc": "eve@example.org"})

    async def test_the_one_in_memory_keeps_them_in_order_by_recipient(self):
        mailer = MemoryMailer()
        for to, subject in (("a@b.example", "1"), ("c@d.example", "2"), ("a@b.example", "3")):
            await mailer.send(to=to, subject=subject, text="x")
        assert [mail["Subject"] for mail in mailer.to("a@b.example")] == ["1", "3"]
