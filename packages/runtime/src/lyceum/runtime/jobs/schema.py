"""The job tables of a module, inside its own schema.

They are procrastinate's, which takes for granted that a database has one set of them and that every caller's search
path leads to it. Here each module has its own set, so its functions are bound to their schema.

Following procrastinate: a release that changes its tables brings migration files whose names sort by version. The
comment on `procrastinate_jobs` keeps the name of the newest file applied; the statement made here installs everything
in an empty schema and otherwise applies the files that are newer. To take such a release: raise the range in
`pyproject.toml` and give each module with jobs a migration that runs this statement again. Until that has run, the
module's workers refuse to start.
"""

import functools
from pathlib import Path

from procrastinate.schema import SchemaManager

# Named with the queue library's prefix: what leaves the library's tables alone then leaves this one alone too.
_REPORTS = """
CREATE TABLE IF NOT EXISTS procrastinate_job_reports (
    job_id bigint PRIMARY KEY REFERENCES procrastinate_jobs (id) ON DELETE CASCADE,
    stage text,
    done bigint,
    total bigint,
    failures integer NOT NULL DEFAULT 0,
    interruptions integer NOT NULL DEFAULT 0,
    error text,
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS procrastinate_jobs_args ON procrastinate_jobs USING gin (args jsonb_path_ops);
"""


@functools.cache
def jobs_schema_sql() -> str:
    """One SQL statement that makes the job tables in the first schema of the search path, or brings them up to date.

    The tables belong to the role that runs it. It holds no percent sign and no colon before a word, so that every
    driver takes it as it is.
    """
    upgrades = "".join(
        f"IF version < '{path.name}' THEN EXECUTE {_script(path.read_text(encoding='utf-8'))}; END IF;\n"
        for path in _migrations()
    )
    # Every function is bound, also those that triggers call on behalf of whoever changes a row. pg_temp comes last:
    # otherwise a caller's temporary table could stand in for one of the queue's.
    return f"""
DO $install$
DECLARE
    home text := quote_ident(current_schema());
    version text;
    routine regprocedure;
BEGIN
    IF to_regclass(home || '.procrastinate_jobs') IS NULL THEN
        EXECUTE {_script(SchemaManager.get_schema())};
    ELSE
        version := coalesce(obj_description(to_regclass(home || '.procrastinate_jobs'), 'pg_class'), '');
        {upgrades}
    END IF;
    EXECUTE {_script(_REPORTS)};
    FOR routine IN
        SELECT oid::regprocedure FROM pg_proc
        WHERE pronamespace = home::regnamespace AND starts_with(proname, 'procrastinate_')
    LOOP
        EXECUTE 'ALTER FUNCTION ' || routine || ' SET search_path = ' || home || ', pg_temp';
    END LOOP;
    EXECUTE 'COMMENT ON TABLE ' || home || '.procrastinate_jobs IS ' || quote_literal('{newest_migration()}');
END
$install$
"""  # noqa: S608 - made of the library's own files and of constants


def newest_migration() -> str:
    """The name of the newest change to its tables that the installed procrastinate knows."""
    return _migrations()[-1].name


def _migrations() -> list[Path]:
    return sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))


def _script(sql: str) -> str:
    return f"replace($script${sql.replace('%', '<PERCENT>')}$script$, '<PERCENT>', chr(37))"
