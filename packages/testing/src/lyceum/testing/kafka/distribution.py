"""Getting the broker: Apache Kafka as Maven resolves it, kept in a folder for the next time."""

import fcntl
import os
import re
import shutil
import subprocess
import tempfile
from importlib.resources import files
from pathlib import Path

_POM = files("lyceum.testing.kafka") / "pom.xml"
_OLDEST_JAVA = 17
_SECONDS = 600


class KafkaNotAvailable(Exception):
    """There can be no broker on this machine; the message says what is missing."""


def java() -> Path:
    """The Java that runs the broker. Raises `KafkaNotAvailable` unless it is new enough."""
    program = shutil.which("java")
    if program is None:
        raise KafkaNotAvailable("there is no java")
    said = subprocess.run([program, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version[1]) < _OLDEST_JAVA:
        raise KafkaNotAvailable(f"Java {_OLDEST_JAVA} or newer is needed; java -version says {said.splitlines()[:1]}")
    return Path(program).resolve()


def broker_classpath() -> str:
    """The class path of the broker, fetched with Maven the first time. Raises `KafkaNotAvailable`.

    The folder is that of `LYCEUM_KAFKA_HOME`, or one in the user's cache.
    """
    folder = _folder()
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with (folder.parent / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not folder.exists():
                _fetch(folder)
    return f"{folder}/*"


def _folder() -> Path:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    version = re.search(r"<artifactId>kafka_2.13</artifactId>\s*<version>([^<]+)", _POM.read_text())
    assert version is not None
    return Path(os.environ.get("LYCEUM_KAFKA_HOME") or cache / "lyceum" / f"kafka-{version[1]}").resolve()


def _fetch(folder: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise KafkaNotAvailable("there is no mvn to fetch the broker with")
    with tempfile.TemporaryDirectory(dir=folder.parent) as work:
        (Path(work) / "pom.xml").write_text(_POM.read_text())
        command = [maven, "-q", "-B", "dependency:copy-dependencies", "-DincludeScope=runtime"]
        command.append(f"-DoutputDirectory={work}/jars")
        try:
            done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False, timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            raise KafkaNotAvailable(f"Maven did not get the broker within {_SECONDS} s") from None
        if done.returncode != 0:
            raise KafkaNotAvailable(f"Maven could not get the broker: {(done.stdout + done.stderr)[-500:]}")
        (Path(work) / "jars").rename(folder)
