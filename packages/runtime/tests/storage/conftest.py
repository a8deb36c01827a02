from collections.abc import Iterator

import httpx
import pytest
from moto.server import ThreadedMotoServer

from lyceum.testing.fixtures import clock  # noqa: F401 - a fixture

BUCKET = "lyceum-test"


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of moto, an S3 in memory that others wrote."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3_url(s3_server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A setting that leads to an empty bucket, with the environment that S3 needs."""
    httpx.post(f"{s3_server}/moto-api/reset").raise_for_status()
    httpx.put(f"{s3_server}/{BUCKET}").raise_for_status()
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3_server)
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    return f"s3://{BUCKET}/some/prefix"
