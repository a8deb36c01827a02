"""Who may watch, asked in the process and over HTTP."""

from uuid import UUID, uuid4

import pytest

from lyceum.kernel.errors import PermissionDenied
from lyceum.kernel.principal import ANONYMOUS, Principal
from lyceum.runtime.live.topics import Gates, ModuleTopics, Topic, TopicGate
from lyceum.testing.twins import twin

ADA = Principal(user_id=uuid4())


async def authorise(container, principal, *, room_id, seat_id):
    if principal.user_id != container["owner"]:
        raise PermissionDenied


@pytest.fixture(params=["in the process", "over HTTP"])
async def gate(request, counted):
    topic = Topic(pattern="rooms/{room_id}/{seat_id}", authorise=authorise, messages=(counted,), personal=True)
    service = ModuleTopics([topic], {"owner": ADA.user_id})
    if request.param == "in the process":
        yield service
        return
    yield twin(TopicGate, service, ())


async def test_the_key_of_a_personal_topic_has_its_owner(gate):
    topic = f"rooms/{uuid4()}/{uuid4()}"
    assert (await gate.admit(topic=topic, principal=ADA)).key == f"{topic}@{ADA.user_id}"


@pytest.mark.parametrize(
    ("principal", "code"),
    [(ANONYMOUS, "not-authenticated"), (Principal(user_id=uuid4()), "permission-denied")],
    ids=["nobody", "somebody else"],
)
async def test_others_are_told_why_not(gate, principal, code):
    admission = await gate.admit(topic=f"rooms/{uuid4()}/{uuid4()}", principal=principal)
    assert (admission.key, admission.code) == (None, code)


@pytest.mark.parametrize(
    "topic", ["rooms", "rooms/1/2", f"rooms/{UUID(int=1)}", f"rooms/{UUID(int=1)}/{UUID(int=2)}@x", "*"]
)
async def test_what_is_no_topic_is_not_found(gate, topic):
    assert (await gate.admit(topic=topic, principal=ADA)).code == "not-found"


async def test_without_an_answer_nobody_is_admitted(gate):
    class Broken:
        async def admit(self, *, topic, principal):
            raise RuntimeError("broken")

    assert (await Gates({"rooms": Broken()}).admit("rooms/x", ADA)).code == "unavailable"
