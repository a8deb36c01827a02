from datetime import timedelta

from lyceum.testing.clock import FakeClock
from lyceum.testing.mail import MemoryMailer


def test_a_clock_stands_until_it_is_told_to_move():
    clock = FakeClock()
    before = clock.now()
    assert clock.now() == before
    clock.advance(timedelta(minutes=5))
    assert clock.now() - before == timedelta(minutes=5)
    assert before.tzinfo is not None


async def test_mails_are_kept_for_each_address_oldest_first():
    mailer = MemoryMailer()
    for to, subject in (("a@example.org", "1"), ("b@example.org", "2"), ("a@example.org", "3")):
        await mailer.send(to=to, subject=subject, text="Hello")
    assert [mail["Subject"] for mail in mailer.to("a@example.org")] == ["1", "3"]
    assert len(mailer.sent) == 3
