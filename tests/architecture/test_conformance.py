"""Every port that a module provides has a suite that holds for the service and for its remote twin."""

from typing import Protocol

import pytest
from rules.conformance import gaps, methods
from rules.source import ROOT

from lyceum.runtime.composition import installed_modules

PORTS = [(spec.name, port) for spec in installed_modules() for port in spec.provides]


def suites(module):
    return sorted((ROOT / "packages" / module / "tests/conformance").glob("test_*.py"))


@pytest.mark.parametrize(("module", "port"), PORTS, ids=[f"{module} {port.__name__}" for module, port in PORTS])
def test_the_service_and_its_twin_keep_the_same_promises(module, port):
    assert methods(port)
    assert list(gaps(port, suites(module))) == []


class Lighthouse(Protocol):
    async def shine(self, *, colour: str) -> None: ...

    async def sound(self) -> None: ...


SUITE = """
import pytest

@pytest.fixture(params=["service", "remote"])
def port(request):
    return get(Lighthouse)

@pytest.fixture
def lit(port):
    return port

async def test_it_shines(lit):
    await lit.shine(colour="red")

async def test_it_sounds(port):
    await port.sound()
"""
MISSING = "{} is in no suite for the service and its remote twin"


@pytest.fixture
def planted(tmp_path):
    """The gaps of a suite of the port above."""

    def planted(text):
        (tmp_path / "test_ports.py").write_text(text)
        return list(gaps(Lighthouse, [tmp_path / "test_ports.py"]))

    return planted


def test_a_suite_of_both_sides_covers_its_port(planted):
    assert planted(SUITE) == []


def test_a_port_without_a_suite_is_found():
    assert list(gaps(Lighthouse, [])) == [MISSING.format("Lighthouse.shine"), MISSING.format("Lighthouse.sound")]


def test_a_method_that_no_test_calls_is_found(planted):
    assert planted(SUITE.replace("await port.sound()", "assert port")) == [MISSING.format("Lighthouse.sound")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('["service", "remote"]', '["service"]'),
        ("Lighthouse", "Beacon"),
        ("(params=", "(ids="),
        ("(lit)", "(lamp)"),
    ],
    ids=["the service alone", "another port", "no parameters", "another fixture"],
)
def test_a_suite_that_leaves_one_side_out_is_found(planted, old, new):
    assert MISSING.format("Lighthouse.shine") in planted(SUITE.replace(old, new))
