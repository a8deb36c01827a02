"""How a process works on jobs."""

from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

Seconds = Annotated[float, Field(gt=0)]


class JobSettings(BaseSettings):
    """Read from the environment with the prefix `LYCEUM_JOBS_`. Times are in seconds."""

    model_config = SettingsConfigDict(env_prefix="LYCEUM_JOBS_", extra="ignore")

    concurrency: Annotated[int, Field(ge=1, le=50)] = 3
    """Jobs of one module that this process runs at the same time."""

    connections: Annotated[int, Field(ge=1, le=20)] = 3
    """Database connections per module at most; one more listens for new jobs."""

    poll_interval: Seconds = 2.0
    """How soon a job is found whose time has come; a job that is due at once is announced by the database."""

    heartbeat_interval: Seconds = 5.0
    """How often a worker says that it is alive."""

    stalled_after: Seconds = 20.0
    """Silence after which a worker counts as dead and its jobs are given to others. Several heartbeats long."""

    shutdown_grace: Seconds = 20.0
    """How long a stopping worker lets its jobs run; what is left then starts again on another worker."""

    keep_finished_days: Annotated[int, Field(ge=1)] = 7
    """Days after which finished and cancelled jobs are forgotten."""

    keep_failed_days: Annotated[int, Field(ge=1)] = 90
    """Days after which failed jobs are forgotten."""
