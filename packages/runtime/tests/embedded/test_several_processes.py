"""One server for all processes that use a data folder, whatever becomes of them."""

import os
import signal
import time

import pytest

from lyceum.runtime.embedded.postgres import EmbeddedPostgres, EmbeddedPostgresError


def test_the_second_process_attaches_and_the_last_one_to_leave_stops_the_server(probe, data_dir, application):
    first = application(data_dir)
    url = first.url()
    second = application(data_dir)
    assert second.url() == url
    first.leave()
    assert probe.answers(url)
    second.leave()
    assert not probe.answers(url)


def test_first_starts_at_the_same_moment_end_up_on_one_server(probe, new_data_dir, application):
    everybody = [application(new_data_dir) for _ in range(4)]
    urls = {one.url() for one in everybody}
    assert len(urls) == 1
    assert probe.answers(urls.pop())


def test_data_in_use_is_not_deleted(probe, data_dir, application):
    url = application(data_dir).url()
    with pytest.raises(EmbeddedPostgresError, match="in use by another process"):
        EmbeddedPostgres(data_dir).delete()
    assert probe.answers(url)


def test_ctrl_c_reaches_the_server_only_after_the_application_is_done(probe, data_dir, application):
    one = application(data_dir)
    url = one.url()
    one.interrupt_the_group()
    assert one.line() == "still here"
    assert one.line() == "left"
    assert not probe.answers(url)


class TestKilled:
    """`kill -9` blocks nobody."""

    def test_the_server_ends_when_its_only_user_is_killed(self, probe, data_dir, application):
        one = application(data_dir)
        url = one.url()
        one.kill()
        probe.eventually(lambda: not probe.answers(url))
        with EmbeddedPostgres(data_dir, durable=False) as server:
            assert probe.answers(server.url)

    def test_the_server_stays_for_the_others_when_the_one_that_started_it_is_killed(self, probe, data_dir, application):
        first = application(data_dir)
        url = first.url()
        second = application(data_dir)
        second.url()
        first.kill()
        time.sleep(0.7)  # the server must not end in this time
        assert probe.answers(url)
        second.leave()
        assert not probe.answers(url)

    def test_an_orphaned_server_is_adopted_and_stopped_at_the_end(self, probe, data_dir, application):
        one = application(data_dir)
        url = one.url()
        pid = probe.server_pid(url)
        os.kill(probe.parent_of(pid), signal.SIGKILL)  # the supervisor
        one.kill()
        assert probe.answers(url)
        with EmbeddedPostgres(data_dir, durable=False) as server:
            assert server.url == url
            assert probe.server_pid(url) == pid
            time.sleep(0.7)  # the new supervisor must not end it in this time
            assert probe.answers(url)
        assert not probe.answers(url)

    def test_committed_data_outlives_a_killed_server(self, probe, durable_data_dir):
        server = EmbeddedPostgres(durable_data_dir)
        server.start()
        probe.answer(server.url, "CREATE TABLE note AS SELECT 'remembered' AS text")
        os.kill(probe.server_pid(server.url), signal.SIGKILL)
        probe.eventually(lambda: not probe.answers(server.url))
        with EmbeddedPostgres(durable_data_dir) as successor:
            assert probe.answer(successor.url, "SELECT text FROM note") == "remembered"
            server.stop()
            assert probe.answers(successor.url)

    def test_a_first_start_killed_halfway_does_not_spoil_the_next(self, probe, new_data_dir, application):
        one = application(new_data_dir)
        time.sleep(0.5)
        one.kill()
        with EmbeddedPostgres(new_data_dir, durable=False) as server:
            assert probe.answer(server.url, "SELECT current_database()") == "lyceum"

    def test_a_loop_of_kills_always_ends_in_a_server_that_answers(self, probe, data_dir, application):
        for _ in range(5):
            one = application(data_dir)
            assert probe.answers(one.url())
            one.kill()
        with EmbeddedPostgres(data_dir, durable=False) as server:
            assert probe.answers(server.url)


def test_the_server_ends_even_when_its_data_folder_was_deleted(probe, data_dir):
    server = EmbeddedPostgres(data_dir, durable=False)
    server.start()
    url = server.url
    elsewhere = data_dir.rename(data_dir.with_name("elsewhere"))
    try:
        server.stop()
        probe.eventually(lambda: not probe.answers(url))
    finally:
        elsewhere.rename(data_dir)
