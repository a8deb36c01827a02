"""What the commands of an operator tell about a platform that runs."""

import pytest


@pytest.mark.parametrize("installation", ["calls over HTTP"], indirect=True)
def test_the_commands_of_an_operator_find_a_sound_platform(installation, author):
    installation.settle()
    listed = installation.lyceum("events", "list").splitlines()
    assert {line.split(":")[0] for line in listed} == set(installation.databases)
    assert all(" 0 waiting" in line for line in listed)
    assert installation.lyceum("events", "dead") == ""
