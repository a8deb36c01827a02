"""The mails of a registration."""

from lyceum.runtime.mail import Mailer


class MailedRegistrations:
    """Plain, short texts; `public_url` is where the Web App is."""

    def __init__(self, *, mailer: Mailer, public_url: str) -> None:
        self._mailer = mailer
        self._public_url = public_url.rstrip("/")

    async def send_verification(self, *, to: str, display_name: str, token: str) -> None:
        await self._mailer.send(
            to=to,
            subject="Confirm your e-mail address",
            text=(
                f"Hello {display_name},\n\n"
                "please confirm that this address is yours. Open this link within two days:\n\n"
                f"{self._public_url}/verify-email?token={token}\n\n"
                "If you did not ask for an account, do nothing: without the link there is none.\n"
            ),
        )

    async def send_already_registered(self, *, to: str, display_name: str) -> None:
        await self._mailer.send(
            to=to,
            subject="You already have an account",
            text=(
                f"Hello {display_name},\n\n"
                "somebody, perhaps you, asked for an account with this address, and it already has one.\n"
                f"You can sign in at {self._public_url}/sign-in.\n"
            ),
        )
