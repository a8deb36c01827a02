"""One broker, which is its own controller (KRaft)."""

import shutil
import socket
import subprocess
from base64 import urlsafe_b64encode
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

from lyceum.runtime.embedded.program import SharedProgram, free_port
from lyceum.testing.kafka.distribution import broker_classpath, java

_CONFIGURATION = "server.properties"
_MEMORY = "-Xmx384m"


class KafkaBroker:
    """A broker on `<folder>/kafka`. Processes that start it on one folder share it, and it ends with the last of them.

    All methods block. Records are on disk, so a broker that was killed has them again when it is started anew.
    """

    def __init__(self, folder: Path) -> None:
        self._home = folder.resolve() / "kafka"
        self._program = SharedProgram("Kafka", self._home, command=self.command, answers=_answers)

    @property
    def servers(self) -> str:
        """`host:port` for clients, while started."""
        return f"127.0.0.1:{self._program.port}"

    @property
    def pid(self) -> int | None:
        """The broker's process id, null while none runs."""
        return self._program.pid

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> str:
        """Start the broker, or attach to the one that runs. Returns `servers`.

        Raises `KafkaNotAvailable` without Java or Maven, `EmbeddedServerError` when the broker does not start.
        """
        broker_classpath()
        self._program.start()
        return self.servers

    def stop(self) -> None:
        """Leave the broker; the last one to leave stops it."""
        self._program.stop()

    def delete(self) -> None:
        """Stop the broker and delete its records."""
        self.stop()
        shutil.rmtree(self._home, ignore_errors=True)

    def command(self, port: int) -> list[str]:
        """The command line of a broker on a port, with its files written and its storage formatted."""
        self._home.mkdir(parents=True, exist_ok=True)
        configuration = self._home / _CONFIGURATION
        configuration.write_text(_configuration(self._home / "records", port, free_port()))
        (self._home / "log4j2.yaml").write_text(_LOGGING)
        runs = [str(java()), _MEMORY, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", broker_classpath()]
        if not (self._home / "records" / "meta.properties").exists():
            identity = urlsafe_b64encode(uuid4().bytes).decode().rstrip("=")
            formatting = ["kafka.tools.StorageTool", "format", "-t", identity, "-c", str(configuration)]
            subprocess.run([*runs, *formatting], check=True, capture_output=True)
        logging = f"-Dlog4j2.configurationFile={self._home / 'log4j2.yaml'}"
        return [*runs[:1], logging, *runs[1:], "kafka.Kafka", str(configuration)]


def _configuration(records: Path, port: int, controller: int) -> str:
    settings = {
        "process.roles": "broker,controller",
        "node.id": 1,
        "controller.quorum.voters": f"1@127.0.0.1:{controller}",
        "listeners": f"PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}",
        "advertised.listeners": f"PLAINTEXT://127.0.0.1:{port}",
        "controller.listener.names": "CONTROLLER",
        "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
        "log.dirs": records,
        "offsets.topic.replication.factor": 1,
        "offsets.topic.num.partitions": 5,
        "transaction.state.log.replication.factor": 1,
        "transaction.state.log.min.isr": 1,
        "group.initial.rebalance.delay.ms": 0,
        "group.min.session.timeout.ms": 1000,
        # A broker that was killed comes back only when its controller takes the one before for dead.
        "broker.heartbeat.interval.ms": 250,
        "broker.session.timeout.ms": 1000,
        "auto.create.topics.enable": "false",
    }
    return "".join(f"{name}={value}\n" for name, value in settings.items())


def _answers(port: int) -> bool:
    """Whether somebody listens: the broker does so only when it is ready to serve."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


_LOGGING = """\
Configuration:
  status: ERROR
  Appenders:
    Console:
      name: STDOUT
      PatternLayout: {pattern: "%d %p %c %m%n"}
  Loggers:
    Root:
      level: WARN
      AppenderRef: [{ref: STDOUT}]
"""
