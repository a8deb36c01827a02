"""Where the broker is and how to talk to it."""

import ssl
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class KafkaSettings(BaseSettings):
    """Read from the environment with the prefix `LYCEUM_KAFKA_`."""

    model_config = SettingsConfigDict(env_prefix="LYCEUM_KAFKA_", extra="ignore")

    servers: str | None = None
    """The brokers to ask first, `host:port`, with commas between them. Left out, events stay in the process."""

    partitions: Annotated[int, Field(ge=1, le=1000)] = 6
    """How many partitions a topic gets when it is made. More of them let more workers of a module share the work."""

    replicas: Annotated[int, Field(ge=1, le=7)] = 1
    """How many brokers keep each partition of a topic that is made. Three is usual where there are three brokers."""

    session: Annotated[float, Field(ge=1, le=300)] = 10.0
    """Seconds of silence after which a worker counts as dead and its partitions go to the others."""

    security: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = "PLAINTEXT"
    mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = "SCRAM-SHA-512"
    username: str | None = None
    password: SecretStr | None = None

    certificate_authority: str | None = None
    """A file with the certificates to trust in place of the system's."""

    @model_validator(mode="after")
    def _credentials_are_there(self) -> "KafkaSettings":
        if self.security.startswith("SASL") and (self.username is None or self.password is None):
            raise ValueError("LYCEUM_KAFKA_USERNAME and LYCEUM_KAFKA_PASSWORD are needed for SASL")
        return self

    def connection(self) -> dict[str, Any]:
        """What every client of the broker is opened with. Raises `ValueError` where no server is set."""
        if self.servers is None:
            raise ValueError("LYCEUM_KAFKA_SERVERS is not set")
        options: dict[str, Any] = {"bootstrap_servers": self.servers, "security_protocol": self.security}
        if self.security.endswith("SSL"):
            options["ssl_context"] = ssl.create_default_context(cafile=self.certificate_authority)
        if self.security.startswith("SASL") and self.password is not None:
            options["sasl_mechanism"] = self.mechanism
            options["sasl_plain_username"] = self.username
            options["sasl_plain_password"] = self.password.get_secret_value()
        return options
