from email.headerregistry import Address
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyceum.kernel.clock import SystemClock
from lyceum.runtime.mail import InvalidMail, compose

SENDER = Address(display_name="Lyceum", addr_spec="no-reply@lyceum.example")


def made(**parts: object) -> EmailMessage:
    given = {"to": "ada@example.org", "subject": "Hello", "text": "Good day."} | parts
    return compose(sender=SENDER, clock=SystemClock(), **given)


class TestWhatGoesOut:
    def test_it_says_from_whom_to_whom_and_when(self, clock):
        message = compose(sender=SENDER, clock=clock, to="ada@example.org", subject="Hello", text="Good day.")
        assert message["From"] == "Lyceum <no-reply@lyceum.example>"
        assert message["To"] == "ada@example.org"
        assert message["Date"].datetime == clock.now()
        assert message["Message-ID"].endswith("@lyceum.example>")

    def test_two_mails_have_different_ids(self):
        assert made()["Message-ID"] != made()["Message-ID"]

    def test_it_asks_for_no_automatic_answers(self):
        assert made()["Auto-Submitted"] == "auto-generated"

    def test_a_mail_with_html_has_the_text_first(self):
        message = made(html="<p>Good day.</p>")
        assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]

    def test_any_script_survives(self):
        message = made(subject="Willkommen, Zoë 你好", text="Grüße 你好\n")
        assert (message["Subject"], message.get_content()) == ("Willkommen, Zoë 你好", "Grüße 你好\n")

    def test_further_headers_are_added(self):
        assert made(headers={"List-Unsubscribe": "<https://lyceum.example/u>"})["List-Unsubscribe"]


class TestRefusals:
    @pytest.mark.parametrize(
        "address",
        [
            "",
            "ada",
            "@example.org",
            "ada@",
            "ada@example.org, eve@example.org",
            "ada@example.org;eve@example.org",
            "Ada <ada@example.org>",
            "ada@example.org\r\nBcc: eve@example.org",
            "ada@example.org\nBcc: eve@example.org",
            "ada@example.org\0",
            " ada@example.org",
            "ada@example.org ",
            "a da@example.org",
            "ada@exa mple.org",
            "ada@@example.org",
            "<ada@example.org>",
            "x" * 250 + "@example.org",
        ],
    )
    def test_what_is_not_one_bare_address_is_refused(self, address):
        with pytest.raises(InvalidMail):
            made(to=address)

    @pytest.mark.parametrize("subject", ["", "  ", "Hello\r\nBcc: eve@example.org", "Hello\n", "a\0b", "x" * 501])
    def test_a_subject_is_one_line(self, subject):
        with pytest.raises(InvalidMail):
            made(subject=subject)

    @pytest.mark.parametrize(
        "name",
        [
            "To",
            "to",
            "Bcc",
            "CC",
            "From",
            "Sender",
            "Subject",
            "Date",
            "Message-Id",
            "Content-Type",
            "MIME-Version",
            "Resent-To",
            "X y",
            "X:",
            "X\r\nBcc",
            "",
            "Ünsubscribe",
        ],
    )
    def test_a_header_that_is_ours_or_no_header_is_refused(self, name):
        with pytest.raises(InvalidMail):
            made(headers={name: "eve@example.org"})

    @pytest.mark.parametrize("value", ["a\r\nBcc: eve@example.org", "a\nb", "a\0", "x" * 2001])
    def test_the_value_of_a_header_is_one_line(self, value):
        with pytest.raises(InvalidMail):
            made(headers={"Reply-To": value})

    def test_a_mail_is_at_most_a_megabyte(self):
        made(text="x" * 1_000_000)
        with pytest.raises(InvalidMail):
            made(text="x" * 600_000, html="x" * 600_000)

    @given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
    def test_no_input_adds_a_recipient_or_a_header(self, address, subject, value):
        try:
            message = made(to=address, subject=subject, headers={"X-Note": value})
        except InvalidMail:
            return
        read = message.as_bytes().split(b"\r\n\r\n")[0].lower()
        names = [line.split(b":")[0] for line in read.split(b"\r\n") if line[:1] not in b" \t"]
        expected = [b"from", b"to", b"subject", b"date", b"message-id", b"auto-submitted", b"x-note"]
        assert names[:7] == expected
        assert b"bcc" not in names
        assert len(message["To"].addresses) == 1
