"""Dynamic client registration."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lyceum.auth.domain.entities import AuthMethod
from lyceum.auth.domain.oauth_errors import InvalidClientMetadata, InvalidRedirectUri
from lyceum.auth.domain.policies.client_registration import client_information, read_client_metadata, register

MINIMAL = {"redirect_uris": ["https://app.example/callback"]}


def test_the_defaults_are_those_of_rfc_7591(now):
    client = register(read_client_metadata(MINIMAL), client_id="c", secret="s", now=now)
    information = client_information(client, "s")
    assert information["token_endpoint_auth_method"] == "client_secret_basic"
    assert information["grant_types"] == ["authorization_code"]
    assert information["response_types"] == ["code"]
    assert (information["client_secret"], information["client_secret_expires_at"]) == ("s", 0)
    client.authenticate(AuthMethod.SECRET_BASIC, "s")


def test_a_registered_client_is_never_a_first_party_one(now):
    document = MINIMAL | {"first_party": True, "client_id": "chosen"}
    client = register(read_client_metadata(document), client_id="c", secret="s", now=now)
    assert not client.first_party
    assert client.client_id == "c"


def test_a_public_client_gets_no_secret(now):
    document = MINIMAL | {"token_endpoint_auth_method": "none", "grant_types": ["authorization_code", "refresh_token"]}
    client = register(read_client_metadata(document), client_id="c", secret="s", now=now)
    assert client.is_public
    assert client.secret_hash is None
    assert not {"client_secret", "client_secret_expires_at"} & client_information(client, "s").keys()


def test_unknown_metadata_are_ignored():
    metadata = read_client_metadata(MINIMAL | {"logo_uri": "https://app.example/logo", "tos_uri": 5})
    assert metadata.redirect_uris == MINIMAL["redirect_uris"]


@pytest.mark.parametrize(
    "uris",
    [None, [], "https://app.example/", [5], ["https://app.example/"] * 11, ["http://app.example/"], ["https://a/#b"]],
)
def test_a_bad_redirect_uri_has_its_own_error(uris):
    with pytest.raises(InvalidRedirectUri):
        read_client_metadata({"redirect_uris": uris})


def test_a_client_with_a_secret_can_not_register_a_private_use_scheme():
    document = {"redirect_uris": ["com.example.app:/callback"]}
    with pytest.raises(InvalidRedirectUri):
        read_client_metadata(document)
    read_client_metadata(document | {"token_endpoint_auth_method": "none"})


@pytest.mark.parametrize(
    "change",
    [
        {"token_endpoint_auth_method": "private_key_jwt"},
        {"grant_types": ["implicit"]},
        {"grant_types": ["refresh_token"]},
        {"grant_types": []},
        {"response_types": ["token"]},
        {"response_types": ["code", "code"]},
        {"client_name": ""},
        {"client_name": "x" * 101},
        {"scope": "openid lyceum.everything"},
        {"scope": ""},
        {"scope": 'openid "'},
        {"subject_type": "pairwise"},
        {"id_token_signed_response_alg": "none"},
        {"id_token_signed_response_alg": "HS256"},
    ],
)
def test_metadata_that_we_do_not_support_are_refused(change):
    with pytest.raises(InvalidClientMetadata):
        read_client_metadata(MINIMAL | change)


@pytest.mark.parametrize("document", [None, [], "text", 5])
def test_something_that_is_no_object_is_refused(document):
    with pytest.raises(InvalidClientMetadata):
        read_client_metadata(document)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
members = st.sampled_from(
    [*MINIMAL, "scope", "grant_types", "response_types", "client_name", "token_endpoint_auth_method", "subject_type"]
)


@settings(max_examples=60)
@given(st.dictionaries(members, json_values))
def test_any_document_is_either_read_or_refused_with_a_registered_error(document):
    refused = ""
    try:
        read_client_metadata(document)
    except (InvalidRedirectUri, InvalidClientMetadata) as error:
        refused = error.document()["error"]
    assert refused or "redirect_uris" in document
