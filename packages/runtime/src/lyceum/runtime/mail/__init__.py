"""Sending e-mail: a port, SMTP behind it, and the log in its place while developing."""

from lyceum.runtime.mail.log import LogMailer
from lyceum.runtime.mail.message import compose
from lyceum.runtime.mail.port import InvalidMail, Mailer, MailNotSent, MailRefused
from lyceum.runtime.mail.settings import MailSettings, open_mailer
from lyceum.runtime.mail.smtp import MailSecurity, SmtpMailer

__all__ = [
    "InvalidMail",
    "LogMailer",
    "MailNotSent",
    "MailRefused",
    "MailSecurity",
    "MailSettings",
    "Mailer",
    "SmtpMailer",
    "compose",
    "open_mailer",
]
