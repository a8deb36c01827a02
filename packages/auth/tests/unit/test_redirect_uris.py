"""Which redirect URIs can be registered, and which one a request means."""

import pytest

from lyceum.auth.domain.oauth_errors import InvalidRedirectUri
from lyceum.auth.domain.values import check_redirect_uri, matches_registered, with_query


@pytest.mark.parametrize(
    "uri",
    [
        "https://app.example/callback",
        "https://app.example:8443/callback?tenant=1",
        "http://127.0.0.1:49152/callback",
        "http://[::1]/callback",
        "http://localhost:5173/callback",
        "com.example.app:/callback",
    ],
)
def test_a_sound_redirect_uri_can_be_registered(uri):
    assert check_redirect_uri(uri, public=True) == uri


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "/callback",
        "https:///callback",
        "http://app.example/callback",
        "https://app.example/callback#part",
        "https://app.example/callback#",
        "https://user:password@app.example/",
        "https://trusted.example@evil.example/",
        "https://*.example/callback",
        "https://app.example/\r\nSet-Cookie: a=b",
        "https://app.example/ä",
        "https://app.example:port/",
        "https://[half/",
        "javascript:alert(1)",
        "data:text/html,hello",
        "app:/callback",
        "com.example.app://host/callback",
        "com.example.app:callback",
        "https://app.example/" + "x" * 2000,
    ],
)
def test_an_unsound_redirect_uri_is_refused(uri):
    with pytest.raises(InvalidRedirectUri):
        check_redirect_uri(uri, public=True)


def test_a_confidential_client_can_not_have_a_private_use_scheme():
    with pytest.raises(InvalidRedirectUri):
        check_redirect_uri("com.example.app:/callback", public=False)


REGISTERED = ("https://app.example/callback", "http://127.0.0.1/native", "http://[::1]:80/native?a=1")


@pytest.mark.parametrize(
    "uri",
    [
        "https://app.example/callback",
        "http://127.0.0.1/native",
        "http://127.0.0.1:51004/native",
        "http://[::1]:51004/native?a=1",
    ],
)
def test_a_registered_uri_matches_whatever_the_port_on_the_loopback_interface(uri):
    assert matches_registered(uri, REGISTERED)


@pytest.mark.parametrize(
    "uri",
    [
        "https://app.example/callback/",
        "https://app.example/callback?x=1",
        "https://app.example/CALLBACK",
        "https://APP.example/callback",
        "https://app.example:443/callback",
        "https://app.example.evil.example/callback",
        "https://app.example/callback/../admin",
        "http://app.example/callback",
        "https://127.0.0.1/native",
        "http://127.0.0.2:51004/native",
        "http://localhost:51004/native",
        "http://127.0.0.1:51004/native/more",
        "http://127.0.0.1:51004/native?x=1",
        "http://user@127.0.0.1:51004/native",
        "http://127.0.0.1:51004/native#x",
        "http://127.0.0.1:99999/native",
        "http://[::1/native",
        "",
    ],
)
def test_nothing_but_the_exact_uri_matches(uri):
    assert not matches_registered(uri, REGISTERED)


def test_localhost_has_no_free_port():
    assert not matches_registered("http://localhost:2/", ("http://localhost:1/",))


def test_an_answer_is_added_to_the_query_that_is_there():
    assert with_query("https://a.example/?x=%20y", {"code": "a b&c"}) == "https://a.example/?x=%20y&code=a+b%26c"
    assert with_query("com.example.app:/cb", {"code": "c"}) == "com.example.app:/cb?code=c"
    assert with_query("https://a.example/", {}) == "https://a.example/"
