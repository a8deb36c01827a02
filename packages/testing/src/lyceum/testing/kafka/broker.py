"""One broker, which is its own controller (KRaft)."""

import shutil
import socket
import subprocess
from base64 import urlsafe_b64encode
from pathlib import Path
from uuid import uuid4

from lyceum.runtime.embedded.errors import EmbeddedServerError
from lyceum.runtime.embedded.program import SharedProgram, free_port
from lyceum.testing.kafka.distribution import broker_classpath, java

_CONFIGURATION = "server.properties"
_MEMORY = "-Xmx384m"


class KafkaBroker(SharedProgram):
    """A broker on `<folder>/kafka`. Its address is `host:port`.

    Records are on disk, so a broker that was killed has them again when it is started anew.
    """

    name = "Kafka"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "kafka")

    def start(self) -> str:
        """As of any shared program. Raises `KafkaNotAvailable` without Java or Maven."""
        broker_classpath()
        return super().start()

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
            # In one word: one identity of 64 begins with a hyphen, and would be taken for an option.
            formatting = ["kafka.tools.StorageTool", "format", f"--cluster-id={identity}", "-c", str(configuration)]
            done = subprocess.run([*runs, *formatting], check=False, capture_output=True, text=True)
            if done.returncode != 0:
                raise EmbeddedServerError(
                    f"Kafka's storage could not be formatted: {(done.stdout + done.stderr)[-500:]}"
                )
        logging = f"-Dlog4j2.configurationFile={self._home / 'log4j2.yaml'}"
        return [*runs[:1], logging, *runs[1:], "kafka.Kafka", str(configuration)]

    def answers(self, port: int) -> bool:
        """Whether somebody listens: the broker does so only when it is ready to serve."""
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return True
        except OSError:
            return False

    def address_at(self, port: int) -> str:
        return f"127.0.0.1:{port}"


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
