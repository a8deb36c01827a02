"""What one process gets from the embedded server."""

import asyncio
import os
import signal
import socket
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from lyceum.runtime.embedded import postgres
from lyceum.runtime.embedded.postgres import EmbeddedPostgres, EmbeddedPostgresError


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[EmbeddedPostgres]:
    with EmbeddedPostgres(tmp_path_factory.mktemp("server"), durable=False) as server:
        yield server
    server.delete()


@pytest.mark.parametrize("extension", ["pg_trgm", "unaccent", "citext", "btree_gin", "fuzzystrmatch", "vector"])
def test_the_extensions_that_modules_need_can_be_created(probe, server, extension):
    probe.answer(server.url, f"CREATE EXTENSION {extension}")
    assert extension in probe.answer(server.url, "SELECT string_agg(extname, ' ') FROM pg_extension").split()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("server_encoding", "UTF8"),
        ("TimeZone", "UTC"),
        ("max_connections", "300"),
        ("listen_addresses", "127.0.0.1"),
        ("unix_socket_directories", ""),
        ("password_encryption", "scram-sha-256"),
        ("fsync", "off"),
        ("synchronous_commit", "off"),
        ("full_page_writes", "off"),
    ],
)
def test_it_runs_with_settings_for_tests(probe, server, setting, value):
    assert probe.answer(server.url, f"SHOW {setting}") == value


def test_it_knows_letters_beyond_ascii_without_a_locale_of_the_machine(probe, server):
    assert probe.answer(server.url, "SELECT lower('ÅÉΩЖ')") == "åéωж"
    assert probe.answer(server.url, "SELECT to_tsvector('german', 'Übungen') @@ to_tsquery('german', 'Übung')") is True


def test_it_refuses_a_wrong_password(server):
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(server.url.replace("lyceum:", "lyceum:x"))


def test_it_refuses_somebody_without_a_password(server):
    address = server.url.rpartition("@")[2]
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(f"postgresql://lyceum@{address}")


def test_the_password_file_is_for_its_owner_only(server):
    password = server.log.parent / "password"
    assert password.read_text() in server.url
    assert stat.S_IMODE(password.stat().st_mode) == 0o600


def test_the_log_is_for_its_owner_only(server):
    assert "ready to accept connections" in server.log.read_text()
    assert stat.S_IMODE(server.log.stat().st_mode) == 0o600


def test_starting_again_what_is_started_changes_nothing(probe, server):
    assert server.start() == server.url
    assert probe.answers(server.url)


async def test_it_starts_and_stops_beside_an_event_loop(probe, data_dir):
    server = EmbeddedPostgres(data_dir, durable=False)
    url = await asyncio.to_thread(server.start)
    assert await asyncio.to_thread(probe.answers, url)
    await asyncio.to_thread(server.stop)
    assert not await asyncio.to_thread(probe.answers, url)


def test_real_data_stays_between_runs_and_is_written_through(probe, durable_data_dir):
    with EmbeddedPostgres(durable_data_dir) as server:
        probe.answer(server.url, "CREATE TABLE kept AS SELECT 'remembered' AS text")
        assert [probe.answer(server.url, f"SHOW {name}") for name in ("fsync", "synchronous_commit")] == ["on", "on"]
    with EmbeddedPostgres(durable_data_dir) as server:
        assert probe.answer(server.url, "SELECT text FROM kept") == "remembered"


def test_an_address_is_there_only_while_it_runs(probe, data_dir):
    server = EmbeddedPostgres(data_dir, durable=False)
    with pytest.raises(EmbeddedPostgresError, match="not been started"):
        _ = server.url
    with server:
        url = server.url
    server.stop()
    assert not probe.answers(url)
    with pytest.raises(EmbeddedPostgresError, match="not been started"):
        _ = server.url


def test_stopping_returns_when_the_server_has_ended(probe, data_dir):
    with EmbeddedPostgres(data_dir, durable=False) as server:
        pid = probe.server_pid(server.url)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_data_is_opened_only_as_durable_as_it_was_made(probe, data_dir):
    with EmbeddedPostgres(data_dir, durable=False):
        pass
    with pytest.raises(EmbeddedPostgresError, match="made not durable"):
        EmbeddedPostgres(data_dir).start()
    with EmbeddedPostgres(data_dir, durable=False) as server:
        assert probe.answers(server.url)


def test_deleted_data_is_gone(probe, new_data_dir):
    server = EmbeddedPostgres(new_data_dir, durable=False)
    with server:
        cluster = probe.cluster(server.url)
    server.delete()
    assert not cluster.exists()
    server.delete()
    with EmbeddedPostgres(new_data_dir) as successor:  # of the other kind, as there is no data any more
        assert probe.answer(successor.url, "SHOW fsync") == "on"
    successor.delete()


class TestTrouble:
    """Failures say why."""

    @pytest.fixture
    def stopped(self, probe, data_dir) -> tuple[EmbeddedPostgres, Path]:
        """A server that ran once, and its data directory."""
        with EmbeddedPostgres(data_dir, durable=False) as server:
            cluster = probe.cluster(server.url)
        return server, cluster

    def test_it_tells_the_end_of_the_log_and_recovers_when_the_cause_is_gone(self, probe, stopped):
        server, cluster = stopped
        settings = cluster / "postgresql.conf"
        good = settings.read_text()
        settings.write_text("nonsense = 1\n")
        with pytest.raises(EmbeddedPostgresError, match='unrecognized configuration parameter "nonsense"'):
            server.start()
        settings.write_text(good)
        with server:
            assert probe.answers(server.url)

    def test_it_names_a_missing_password_file(self, stopped):
        server, _ = stopped
        file = server.log.parent / "password"
        password = file.read_text()
        file.unlink()
        with pytest.raises(EmbeddedPostgresError, match="password is missing"):
            server.start()
        file.write_text(password)

    def test_it_empties_a_log_that_has_grown_too_long(self, stopped):
        server, _ = stopped
        with server.log.open("a") as log:
            log.write("x" * 9_000_000)
        with server:
            assert server.log.stat().st_size < 100_000

    def test_it_tries_another_port_when_one_is_taken_meanwhile(self, probe, stopped, monkeypatch):
        server, _ = stopped
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            taken = other.getsockname()[1]
            ports = iter([taken, postgres.free_port()])
            monkeypatch.setattr(postgres, "free_port", lambda: next(ports))
            (server.log.parent / "port").unlink(missing_ok=True)
            with server:
                assert f":{taken}/" not in server.url
                assert probe.answers(server.url)

    def test_a_server_that_was_killed_comes_back_where_its_clients_look_for_it(self, probe, stopped):
        server, _ = stopped
        with server:
            url, killed = server.url, server.pid
            assert killed == probe.server_pid(url)
            os.kill(killed, signal.SIGKILL)
            server.stop()
            assert server.pid is None
            server.start()
            assert server.url == url
            assert probe.answers(url)
            assert server.pid not in (killed, None)

    def test_it_starts_over_the_remains_of_a_crash_whose_process_id_belongs_to_a_stranger_now(self, probe, stopped):
        server, cluster = stopped
        owner = cluster.stat().st_uid if os.geteuid() == 0 else None  # PostgreSQL minds strangers of its own user only
        stranger = subprocess.Popen(["sleep", "60"], user=owner, cwd="/")
        try:
            (cluster / "postmaster.pid").write_text(f"{stranger.pid}\n{cluster}\n1\n1\n\n127.0.0.1\n\nready\n")
            with server:
                assert probe.answers(server.url)
            assert stranger.poll() is None
        finally:
            stranger.kill()
            stranger.wait()

    def test_a_data_folder_that_is_a_file_is_refused(self, tmp_path):
        (tmp_path / "file").touch()
        with pytest.raises(EmbeddedPostgresError, match="cannot use"):
            EmbeddedPostgres(tmp_path / "file").start()
