"""A twin answers as the service does, over HTTP."""

from decimal import Decimal
from typing import Protocol, runtime_checkable
from uuid import UUID, uuid4

import pytest

from lyceum.kernel.errors import Conflict, NotFound
from lyceum.kernel.ports import Port
from lyceum.testing.twins import twin


class LampNotFound(NotFound):
    code = "lamps.lamp-not-found"


class Unforeseen(Conflict):
    code = "lamps.unforeseen"


@runtime_checkable
class Lamps(Port, Protocol):
    async def power(self, *, lamp_id: UUID, hours: list[Decimal]) -> Decimal: ...


class Lit:
    def __init__(self, lamp_id: UUID) -> None:
        self.lamp_id = lamp_id

    async def power(self, *, lamp_id: UUID, hours: list[Decimal]) -> Decimal:
        if lamp_id != self.lamp_id:
            raise LampNotFound(lamp=str(lamp_id))
        if not hours:
            raise Unforeseen()
        return sum(hours, Decimal(0)) / 2


@pytest.fixture
def lamp():
    return uuid4()


@pytest.fixture
def lamps(lamp):
    return twin(Lamps, Lit(lamp), [LampNotFound])


async def test_it_is_the_port_and_gives_the_answer_in_its_type(lamps, lamp):
    assert isinstance(lamps, Lamps)
    assert await lamps.power(lamp_id=lamp, hours=[Decimal("1.10"), Decimal(2)]) == Decimal("1.55")


async def test_an_error_of_the_module_arrives_as_itself(lamps):
    with pytest.raises(LampNotFound) as refused:
        await lamps.power(lamp_id=(other := uuid4()), hours=[])
    assert refused.value.extensions["lamp"] == str(other)


async def test_an_error_that_the_module_did_not_declare_does_not(lamps, lamp):
    with pytest.raises(Exception) as raised:
        await lamps.power(lamp_id=lamp, hours=[])
    assert not isinstance(raised.value, Unforeseen)
