from collections.abc import Iterator

import httpx
import pytest
from moto.server import ThreadedMotoServer

from lyceum.testing.fixtures import clock  # noqa: F401 - a fixture

BUCKET = "lyceum-test"


@pytest.fixture(scope="session")
def s3_server() -> Iterator[httpx.Client]:
    """A client of moto, an S3 in memory that others wrote."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with httpx.Client(base_url=f"http://{host}:{port}") as client:
        yield client
    server.stop()


@pytest.fixture
def s3_url(s3_server: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> str:
    """A setting that leads to an empty bucket, with the environment that S3 needs."""
    s3_server.post("/moto-api/reset").raise_for_status()
    s3_server.put(f"/{BUCKET}").raise_for_status()
    monkeypatch.setenv("AWS_ENDPOINT_URL", str(s3_server.base_url).rstrip("/"))
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    return f"s3://{BUCKET}/some/prefix"
