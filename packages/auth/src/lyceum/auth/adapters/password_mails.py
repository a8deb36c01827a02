"""The mails about passwords."""

from lyceum.runtime.mail import Mailer


class MailedPasswords:
    """Plain, short texts; `public_url` is where the Web App is."""

    def __init__(self, *, mailer: Mailer, public_url: str) -> None:
        self._mailer = mailer
        self._public_url = public_url.rstrip("/")

    async def send_reset(self, *, to: str, display_name: str, token: str) -> None:
        await self._mailer.send(
            to=to,
            subject="Set a new password",
            text=(
                f"Hello {display_name},\n\n"
                "you can set a new password with this link within one hour:\n\n"
                f"{self._public_url}/reset-password?token={token}\n\n"
                "If you did not ask for this, do nothing: your password stays as it is.\n"
            ),
        )
