"""The queue library's connections, made to bear a database that is away for a moment."""

import asyncio
from collections.abc import Iterable

import structlog
from procrastinate import PsycopgConnector, exceptions
from procrastinate.connector import Notify

log = structlog.get_logger(__name__)

_PAUSE = 1.0


class PatientConnector(PsycopgConnector):
    """Listens again when it can. The library's own gives up, and its worker stops with it."""

    async def listen_notify(self, on_notification: Notify, channels: Iterable[str]) -> None:
        names = list(channels)
        while True:
            try:
                await super().listen_notify(on_notification, names)
            except exceptions.ConnectorException as error:
                log.warning("database is away, not told of new jobs", error=str(error.__cause__))
            await asyncio.sleep(_PAUSE)
