"""Making a used database as it was when it was new, which takes a fraction of making a new one."""

import psycopg

_OTHERS_END = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""

# Without triggers: neither foreign keys nor what keeps a log from being changed stand in the way. The versions of the
# migrations stay; no migration writes other rows.
_EMPTY = """
DO $$
DECLARE
  part record;
  has_rows boolean;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR part IN
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tablename <> 'alembic_version'
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %s)', part.name) INTO has_rows;
    IF has_rows THEN
      EXECUTE format('DELETE FROM %s', part.name);
    END IF;
  END LOOP;
  FOR part IN
    SELECT format('%I.%I', schemaname, sequencename) AS name FROM pg_sequences WHERE last_value IS NOT NULL
  LOOP
    EXECUTE format('ALTER SEQUENCE %s RESTART', part.name);
  END LOOP;
END
$$
"""

_SHAPE = """
SELECT md5(concat_ws('/',
  (SELECT string_agg(concat_ws(' ', attrelid, attname, atttypid, attnotnull, attnum), ',' ORDER BY attrelid, attnum)
   FROM pg_attribute WHERE attrelid >= 16384),
  (SELECT string_agg(concat_ws(' ', oid, relname, relkind, relacl), ',' ORDER BY oid) FROM pg_class WHERE oid >= 16384),
  (SELECT string_agg(concat_ws(' ', oid, tgenabled), ',' ORDER BY oid) FROM pg_trigger),
  (SELECT string_agg(concat_ws(' ', oid, convalidated), ',' ORDER BY oid) FROM pg_constraint),
  (SELECT string_agg(concat_ws(' ', oid, nspname, nspacl), ',' ORDER BY oid) FROM pg_namespace WHERE nspname !~ '^pg_'),
  (SELECT string_agg(md5(concat_ws(' ', oid, prosrc, proacl)), ',' ORDER BY oid) FROM pg_proc WHERE oid >= 16384)
))
"""


def shape_of(url: str) -> str:
    """Tells whether two databases have the same tables, triggers, constraints, functions and rights; one of them is a
    clone of the other, or both of a third."""
    with psycopg.connect(url, autocommit=True) as connection:
        return _shape(connection)


def empty(url: str) -> str:
    """Delete all rows and end all other connections; the shape that the tables have then."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_OTHERS_END)
        connection.execute(_EMPTY)
        return _shape(connection)


def _shape(connection: psycopg.Connection) -> str:
    (shape,) = connection.execute(_SHAPE).fetchall()[0]
    return str(shape)
