import psycopg
import pytest

from lyceum.testing.emptying import empty, shape_of

TABLES = """
CREATE TABLE alembic_version (number int);
INSERT INTO alembic_version VALUES (1);
CREATE TABLE shelves (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE books (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, shelf int REFERENCES shelves);
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'never'; END $$;
CREATE TRIGGER only_grows BEFORE DELETE ON books FOR EACH ROW EXECUTE FUNCTION refuse();
"""
COUNTS = "SELECT (SELECT count(*) FROM books), (SELECT count(*) FROM shelves), (SELECT count(*) FROM alembic_version)"
USE = "INSERT INTO shelves DEFAULT VALUES; INSERT INTO books (shelf) VALUES (1), (1)"


@pytest.fixture
def library(databases):
    """The URL of a database with tables, and a connection to it."""
    with databases.empty_database() as url, psycopg.connect(url, autocommit=True) as connection:
        connection.execute(TABLES)
        yield url, connection


def test_emptying_leaves_tables_without_rows_whatever_guards_them_and_numbers_from_one(library):
    url, connection = library
    connection.execute(USE)
    empty(url)
    with psycopg.connect(url, autocommit=True) as later:
        assert later.execute(COUNTS).fetchone() == (0, 0, 1)
        later.execute(USE)
        assert later.execute("SELECT array_agg(id ORDER BY id) FROM books").fetchone() == ([1, 2],)


def test_emptying_ends_the_connections_that_were_left_open(library):
    url, connection = library
    connection.execute("BEGIN")
    connection.execute("LOCK TABLE books")
    empty(url)
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")


def test_use_leaves_the_shape_as_it_was(library):
    url, connection = library
    before = shape_of(url)
    connection.execute(USE)
    connection.execute("ANALYZE")
    assert shape_of(url) == before == empty(url)


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE books ADD COLUMN title text",
        "ALTER TABLE books ALTER COLUMN shelf SET NOT NULL",
        "ALTER TABLE books DISABLE TRIGGER only_grows",
        "ALTER TABLE books DROP CONSTRAINT books_shelf_fkey",
        "ALTER TABLE books RENAME TO volumes",
        "CREATE INDEX by_shelf ON books (shelf)",
        "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
        "CREATE SCHEMA annex",
        "DROP TABLE books",
        "GRANT SELECT ON books TO pg_monitor",
    ],
)
def test_every_change_of_the_tables_shows_in_the_shape(library, change):
    url, connection = library
    before = shape_of(url)
    connection.execute(change)
    assert shape_of(url) != before


def test_a_database_is_lent_again_and_to_one_test_at_a_time(databases):
    with databases.lent([]) as first, databases.lent([]) as second:
        assert first != second
    with databases.lent([]) as third, databases.lent([]) as fourth:
        assert {third, fourth} == {first, second}


def test_a_database_whose_tables_were_changed_is_not_lent_again(databases):
    with databases.lent([]) as changed, psycopg.connect(changed) as connection:
        connection.execute("CREATE TABLE left_behind ()")
    with databases.lent([]) as first, databases.lent([]) as second, databases.lent([]) as third:
        assert changed not in {first, second, third}
