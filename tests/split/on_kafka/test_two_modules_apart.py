"""Assessment and progress each in a process of its own, on the Kafka that the host and its workers use."""

import httpx
from story.journey import take_to_the_end


def test_a_learner_takes_a_course_to_the_end_though_two_modules_run_elsewhere(installation, author, course):
    take_to_the_end(installation, author, course)


def test_each_of_them_has_nothing_but_its_own_tables(installation, addresses):
    for module, address in addresses.items():
        schemas = installation.rows(
            module,
            "SELECT schema_name FROM information_schema.schemata "
            "WHERE schema_name NOT LIKE 'pg_%' AND schema_name NOT IN ('public', 'information_schema')",
        )
        assert [row.schema_name for row in schemas] == [module]
        assert f"database of {module}" in httpx.get(f"{address}/readyz").json()["checks"]
