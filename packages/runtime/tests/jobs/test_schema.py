from pathlib import Path

import psycopg
import pytest
from procrastinate.schema import SchemaManager

from lyceum.runtime.jobs import JobContext, JobSpec, JobState
from lyceum.runtime.jobs.runner import module_app
from lyceum.runtime.jobs.schema import jobs_schema_sql, newest_migration
from lyceum.runtime.jobs.settings import JobSettings
from lyceum.runtime.jobs.worker import JobTablesOutdated

OLD_RELEASE = "03.02.00_01"


async def nothing(context: JobContext) -> None:
    return None


def test_the_library_changes_its_tables_only_after_somebody_looked():
    """Fails when a new procrastinate brings a migration: see `lyceum.runtime.jobs.schema` for what to do."""
    assert newest_migration() == "03.04.00_50_post_add_retry_failed_job_procedure.sql"


def test_any_driver_takes_the_statement_as_it_is():
    assert "%" not in jobs_schema_sql()


class TestInstalling:
    def test_everything_is_in_the_modules_schema_and_belongs_to_its_role(self, url):
        with psycopg.connect(url) as connection:
            owners = connection.execute(
                "SELECT relnamespace::regnamespace::text, relowner::regrole::text, count(*) FROM pg_class"
                " WHERE relname LIKE 'procrastinate%' AND relkind = 'r' GROUP BY 1, 2 ORDER BY 1"
            ).fetchall()
        assert owners == [("library", "lyceum_library", 5), ("shop", "lyceum_shop", 5)]

    def test_every_function_is_bound_to_its_schema(self, url):
        with psycopg.connect(url) as connection:
            settings = connection.execute(
                "SELECT DISTINCT pronamespace::regnamespace::text, proconfig FROM pg_proc"
                " WHERE proname LIKE 'procrastinate%' ORDER BY 1"
            ).fetchall()
        assert settings == [
            ("library", ["search_path=library, pg_temp"]),
            ("shop", ["search_path=shop, pg_temp"]),
        ]

    def test_installing_again_changes_nothing(self, url):
        described = (
            "SELECT oid, relname FROM pg_class WHERE relname LIKE '%procrastinate%'"
            " UNION SELECT oid, proname FROM pg_proc WHERE proname LIKE 'procrastinate%' ORDER BY 1"
        )
        with psycopg.connect(url, autocommit=True) as connection:
            before = connection.execute(described).fetchall()
            connection.execute("SET search_path TO shop")
            connection.execute(jobs_schema_sql())
            assert connection.execute(described).fetchall() == before

    def test_a_temporary_table_of_the_caller_does_not_stand_in_for_the_queue(self, url):
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TEMPORARY TABLE procrastinate_events (job_id bigint, type text, at timestamptz)")
            connection.execute(
                "INSERT INTO shop.procrastinate_jobs (queue_name, task_name) VALUES ('shop', 'shop.pack')"
            )
            assert connection.execute("SELECT count(*) FROM shop.procrastinate_events").fetchone() == (1,)


class TestUpgrading:
    @pytest.fixture
    def old_tables(self, url, make_module):
        """The tables of `shop` as an earlier procrastinate made them."""
        files = sorted(
            path for path in Path(SchemaManager.get_migrations_path()).glob("*.sql") if path.name < OLD_RELEASE
        )
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DROP SCHEMA shop CASCADE")
            connection.execute("CREATE SCHEMA shop AUTHORIZATION lyceum_shop")
            connection.execute("SET ROLE lyceum_shop")
            connection.execute("SET search_path TO shop")
            for path in files:
                connection.execute(path.read_text().encode())
            connection.execute(f"COMMENT ON TABLE procrastinate_jobs IS '{files[-1].name}'")
        yield
        make_module("shop")

    async def test_a_worker_refuses_tables_older_than_the_library(self, old_tables, queue):
        worker = queue.worker(JobSpec(name="shop.pack", run=nothing))
        with pytest.raises(JobTablesOutdated, match="Migrate shop"):
            await worker.drain()

    async def test_the_statement_brings_them_up_to_date_and_jobs_run(self, old_tables, url, queue):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("SET ROLE lyceum_shop")
            connection.execute("SET search_path TO shop")
            connection.execute(jobs_schema_sql())
        await queue.defer("shop.pack")
        await queue.worker(JobSpec(name="shop.pack", run=nothing)).drain()
        assert (await queue.find("shop.pack")).state is JobState.SUCCEEDED

    def test_upgraded_tables_are_those_of_a_new_installation(self, old_tables, url):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("SET search_path TO shop")
            connection.execute(jobs_schema_sql())
            assert self.describe(connection, "shop") == self.describe(connection, "library")

    @staticmethod
    def describe(connection, schema):
        columns = connection.execute(
            "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns"
            " WHERE table_schema = %s ORDER BY 1, 2",
            [schema],
        ).fetchall()
        others = connection.execute(
            "SELECT conname FROM pg_constraint WHERE connamespace = %(schema)s::regnamespace AND contype <> 'n'"
            " UNION SELECT indexname FROM pg_indexes WHERE schemaname = %(schema)s::text"
            " UNION SELECT proname FROM pg_proc WHERE pronamespace = %(schema)s::regnamespace"
            " UNION SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            "       WHERE relnamespace = %(schema)s::regnamespace AND NOT tgisinternal ORDER BY 1",
            {"schema": schema},
        ).fetchall()
        return columns, others


async def test_a_worker_holds_few_connections_under_the_modules_role(url):
    app = module_app(url, "shop", [], JobSettings(), roles=True)
    async with app.open_async():
        found = await app.connector.execute_query_one_async("SELECT current_user AS who, current_schema() AS home")
    assert found == {"who": "lyceum_shop", "home": "shop"}
