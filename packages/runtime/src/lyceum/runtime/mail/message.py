"""Making the message (RFC 5322) that goes out, of parts that nobody needs to trust."""

import re
from collections.abc import Mapping
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from lyceum.kernel.clock import Clock
from lyceum.runtime.mail.port import InvalidMail

MAX_SUBJECT = 500
MAX_HEADER = 2000
MAX_BODY_BYTES = 1024 * 1024

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,70}")
_OWN_HEADERS = frozenset({"from", "sender", "to", "cc", "bcc", "subject", "date", "message-id", "auto-submitted"})


def compose(
    *,
    sender: Address,
    clock: Clock,
    to: str,
    subject: str,
    text: str,
    html: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> EmailMessage:
    """The message as it goes out. Raises `InvalidMail`."""
    if not subject.strip() or len(subject) > MAX_SUBJECT or _CONTROL.search(subject):
        raise InvalidMail(f"A subject is one line of 1 to {MAX_SUBJECT} characters")
    if len(text.encode()) + len((html or "").encode()) > MAX_BODY_BYTES:
        raise InvalidMail(f"A mail takes at most {MAX_BODY_BYTES} bytes")
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = parse_address(to)
    message["Subject"] = subject
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = make_msgid(domain=sender.domain or None)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: keeps out-of-office answers away
    for name, value in (headers or {}).items():
        message[_checked_name(name)] = _checked_value(name, value)
    message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    return message


def parse_sender(sender: str) -> Address:
    """`Name <address>` or a bare address. Raises `InvalidMail` for anything else."""
    if not sender.endswith(">"):
        return parse_address(sender)
    name, _, address = sender[:-1].rpartition("<")
    if _CONTROL.search(name):
        raise InvalidMail("A name is one line")
    return Address(display_name=name.strip(), addr_spec=parse_address(address).addr_spec)


def parse_address(address: str) -> Address:
    """The one bare address in a text. Raises `InvalidMail` for anything else, a list of addresses for example."""
    try:
        if len(address) > 254 or _CONTROL.search(address):
            raise ValueError(address)
        parsed = Address(addr_spec=address)
        if not parsed.username or not parsed.domain or parsed.addr_spec != address:
            raise ValueError(address)
    # The standard library's parser lets IndexError escape for some malformed addresses.
    except (ValueError, IndexError, MessageError) as error:
        raise InvalidMail("This is not the address of one mailbox") from error
    return parsed


def _checked_name(name: str) -> str:
    own = name.lower() in _OWN_HEADERS or name.lower().startswith(("content-", "mime-", "resent-"))
    if own or not _HEADER_NAME.fullmatch(name):
        raise InvalidMail(f"The header {name!r} cannot be set")
    return name


def _checked_value(name: str, value: str) -> str:
    if len(value) > MAX_HEADER or _CONTROL.search(value):
        raise InvalidMail(f"The header {name} is one line of at most {MAX_HEADER} characters")
    return value
