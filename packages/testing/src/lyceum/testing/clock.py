"""A clock that tests set."""

from datetime import UTC, datetime, timedelta


class FakeClock:
    """Stands still until it is told to move on."""

    def __init__(self, moment: datetime = datetime(2030, 1, 15, 12, tzinfo=UTC)) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def advance(self, step: timedelta) -> None:
        """Let time pass."""
        self.moment += step
