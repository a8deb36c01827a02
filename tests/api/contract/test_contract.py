"""Generated requests to every operation of the OpenAPI document: whatever is sent, the answer is as documented.

`LYCEUM_CONTRACT_EXAMPLES` is how many requests each operation gets from each role: few here, 50 every night.
"""

import json
import os

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.transport import Response
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)
from seeded.people import Role
from seeded.platform import ADDRESS

from lyceum_host.app import OPENAPI

EXAMPLES = int(os.environ.get("LYCEUM_CONTRACT_EXAMPLES", "8"))
ROLES = (Role.ANONYMOUS, Role.LEARNER, Role.AUTHOR, Role.ADMINISTRATOR)
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]

load_all_checks()
CONFIG = schemathesis.Config.from_dict(
    {
        # Requests have the credentials of the role, not generated ones.
        "generation": {"with-security-parameters": False},
        "checks": {"negative_data_rejection": {"expected-statuses": ["4xx"]}},
    }
)
SCHEMA = schemathesis.openapi.from_dict(json.loads(OPENAPI.read_bytes()), config=CONFIG)
OPERATIONS = {each.ok().definition.raw["operationId"]: each.ok() for each in SCHEMA.get_all_operations()}
FILES = {
    name
    for schema in SCHEMA.raw_schema["components"]["schemas"].values()
    for name, part in schema.get("properties", {}).items()
    if "contentMediaType" in part
}


def cases(operation, things):
    """Requests of the documented form for what is there and for what is not, and some of another form."""
    names = {parameter.name for parameter in operation.path_parameters}
    present = {name: things[name] for name in names}
    strategies = [
        operation.as_strategy(GenerationMode.POSITIVE, path_parameters=present),
        operation.as_strategy(GenerationMode.POSITIVE),
    ]
    if names or operation.query or operation.body:
        strategies.append(operation.as_strategy(GenerationMode.NEGATIVE).filter(is_refusable))
    return st.one_of(strategies)


def is_refusable(case) -> bool:
    """Whether a request that was made to break its schema still does when sent: any octets at all are a file."""
    if case.media_type != "multipart/form-data" or not isinstance(case.body, dict):
        return True
    return all(isinstance(case.body[name], str | bytes) for name in FILES & case.body.keys())


@pytest.mark.slow
@pytest.mark.parametrize("operation_id", sorted(OPERATIONS))
@pytest.mark.parametrize("role", ROLES)
def test_every_answer_is_as_documented(seeded, operation_id, role):
    operation = OPERATIONS[operation_id]
    seeded.restore()

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases(operation, seeded.things))
    def answers_as_documented(case):
        case.validate_response(sent(seeded, role, case), checks=CHECKS)

    answers_as_documented()


def sent(seeded, role: Role, case) -> Response:
    """The answer to a generated request, which has the credentials of the role and no others."""
    prepared = requests.Request(**case.as_transport_kwargs(base_url=ADDRESS)).prepare()
    headers = {name: value for name, value in prepared.headers.items() if name.lower() not in _CREDENTIALS}
    headers |= seeded.people[role].credentials(case.method)
    raw = [(_octets(name), _octets(value)) for name, value in headers.items() if name.lower() != "transfer-encoding"]
    body = prepared.body.encode() if isinstance(prepared.body, str) else prepared.body
    answer = seeded.answer(httpx.Request(case.method, str(prepared.url), headers=raw, content=body))
    return Response(
        status_code=answer.status_code,
        headers={name: answer.headers.get_list(name) for name in answer.headers},
        content=answer.content,
        request=prepared,
        elapsed=0.0,
        verify=False,
    )


def _octets(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")


_CREDENTIALS = frozenset({"authorization", "cookie", "content-length"})


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"200": {"content": {"application/json": {"schema": {"type": "string"}}}, "description": "."}}, "schema"),
        ({"204": {"description": "."}}, "status"),
        ({"200": {"content": {"text/html": {"schema": {}}}, "description": "."}}, "content.type"),
    ],
)
def test_an_answer_that_is_not_as_documented_is_noticed(seeded, changed, expected):
    document = json.loads(OPENAPI.read_bytes())
    document["paths"]["/api/v1/catalogue"]["get"]["responses"] = changed
    operation = schemathesis.openapi.from_dict(document)["/api/v1/catalogue"]["GET"]
    case = operation.Case()
    with pytest.raises(FailureGroup, match=f"(?i){expected}"):
        case.validate_response(sent(seeded, Role.ANONYMOUS, case), checks=CHECKS)
