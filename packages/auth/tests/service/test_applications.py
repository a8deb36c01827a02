"""Applications: registered, authorised by people, signed out of."""

from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from dependency_injector import providers

from lyceum.auth.domain.entities import AuthorizationCode, Client, Consent
from lyceum.auth.domain.errors import (
    AuthorizationRequestInvalid,
    ClientNotFound,
    FirstPartyClient,
)
from lyceum.auth.domain.oauth_errors import InvalidRedirectUri, InvalidRequest
from lyceum.auth.domain.policies.permissions import MANAGE_CLIENTS
from lyceum.auth.schemas.internal import ClientRequest
from lyceum.auth.settings import AuthSettings
from lyceum.kernel.errors import NotAuthenticated, NotFound, PermissionDenied, ValidationFailed
from lyceum.kernel.pagination import PageRequest

CALLBACK = "https://reader.example/callback"


@pytest.fixture
async def ada(sign_up):
    return await sign_up()


@pytest.fixture
async def signed_in(ada, sign_in):
    return await sign_in(ada)


@pytest.fixture
async def manager(callers, sign_up):
    return callers.able(MANAGE_CLIENTS, user=await sign_up("grace"))


def reader(**changes):
    return ClientRequest(**{"name": "Reader", "redirect_uris": [CALLBACK]} | changes)


@pytest.fixture
async def registered(services, manager):
    return await services.clients().add(manager, reader())


def parameters(location):
    return dict(parse_qsl(urlsplit(location).query))


class TestRegistry:
    async def test_a_secret_is_shown_once_and_kept_as_a_hash(self, memory, services, manager, registered):
        [client] = memory.stored(Client)
        assert registered.client_secret not in repr(vars(client))
        assert "client_secret" not in (await services.clients().list(manager, page=PageRequest())).items[0].model_dump()
        assert memory.log[-1].action == "auth.client.registered"

    async def test_a_public_client_gets_none(self, services, manager):
        assert (await services.clients().add(manager, reader(auth_method="none"))).client_secret is None

    async def test_clients_are_managed_only_by_who_may(self, memory, services, callers, manager, ada):
        clients, page = services.clients(), PageRequest()
        for principal, refusal in ((callers.nobody, NotAuthenticated), (callers.able(user=ada), PermissionDenied)):
            for call in (
                clients.list(principal, page=page),
                clients.add(principal, reader()),
                clients.remove(principal, "x"),
            ):
                with pytest.raises(refusal):
                    await call
        with pytest.raises(ValidationFailed):
            await clients.add(manager, reader(redirect_uris=["http://reader.example/"]))
        with pytest.raises(ClientNotFound):
            await clients.remove(manager, "unknown")
        with pytest.raises(FirstPartyClient):
            await clients.remove(manager, "lyceum-web")
        assert (memory.stored(Client), memory.log) == ([], [])

    async def test_nobody_registers_openly_unless_the_operator_allows_it(self, services):
        with pytest.raises(NotFound):
            await services.clients().register_openly({"redirect_uris": [CALLBACK]})

    async def test_open_registration_refuses_what_no_client_can_have(self, memory, services):
        services.settings.override(providers.Object(AuthSettings(registration_open=True)))
        clients = services.clients()
        made = await clients.register_openly({"redirect_uris": [CALLBACK], "client_name": "Reader"})
        assert [each.client_id for each in memory.stored(Client)] == [made["client_id"]]
        assert not memory.stored(Client)[0].first_party
        with pytest.raises(InvalidRedirectUri):
            await clients.register_openly({"redirect_uris": ["http://reader.example/"]})
        with pytest.raises(InvalidRequest):
            await clients.register_openly({"redirect_uris": [CALLBACK], "client_name": "\0"})


class TestConsent:
    @pytest.fixture
    def asked(self, application, registered):
        """The request of a client that is not the platform's own."""
        changes = {"client_id": registered.client_id, "redirect_uri": CALLBACK, "scope": "openid email"}
        return application.request(**changes)

    async def test_a_code_comes_after_the_person_agreed_and_then_without_asking(
        self, memory, services, signed_in, as_principal, asked
    ):
        authorizing, ada = services.authorizing(), as_principal(signed_in)
        location = await authorizing.authorize(asked, signed_in.session_token)
        question = parameters(location)["request"]
        assert urlsplit(location).path == "/consent"
        assert (await authorizing.question(ada, question)).scopes.keys() == {"openid", "email"}
        outcome = await authorizing.answer_question(ada, question, allow=True)
        again = parse_qsl(urlsplit(outcome.location).query)
        for request in (again, asked):
            assert "code" in parameters(await authorizing.authorize(request, signed_in.session_token))
        [consent] = memory.stored(Consent)
        assert (consent.user_id, consent.scopes) == (ada.user_id, {"openid", "email"})

    async def test_more_scopes_are_asked_for_again(self, services, signed_in, as_principal, asked, application):
        authorizing, ada = services.authorizing(), as_principal(signed_in)
        await authorizing.answer_question(ada, urlencode(asked), allow=True)
        more = [(name, "openid email profile" if name == "scope" else value) for name, value in asked]
        assert "/consent?" in await authorizing.authorize(more, signed_in.session_token)

    async def test_a_refusal_leaves_nothing_and_goes_back_to_the_client(
        self, memory, services, signed_in, as_principal, asked
    ):
        outcome = await services.authorizing().answer_question(as_principal(signed_in), urlencode(asked), allow=False)
        assert parameters(outcome.location)["error"] == "access_denied"
        assert (memory.stored(Consent), memory.stored(AuthorizationCode)) == ([], [])

    async def test_a_question_is_refused(self, services, callers, signed_in, as_principal, asked):
        authorizing, ada = services.authorizing(), as_principal(signed_in)
        for call in (
            authorizing.question(callers.nobody, urlencode(asked)),
            authorizing.answer_question(callers.nobody, urlencode(asked), allow=True),
        ):
            with pytest.raises(NotAuthenticated):
                await call
        unknown = urlencode([(name, "x" if name == "client_id" else value) for name, value in asked])
        for query in ("", unknown, urlencode(asked) + "&nonce=%00", "a=b&" * 60):
            with pytest.raises(AuthorizationRequestInvalid):
                await authorizing.question(ada, query)
            with pytest.raises(AuthorizationRequestInvalid):
                await authorizing.answer_question(ada, query, allow=True)

    async def test_a_session_that_ended_is_asked_to_sign_in(self, services, signed_in, as_principal, application):
        await services.signing_in().sign_out(as_principal(signed_in))
        location = await services.authorizing().authorize(application.request(), signed_in.session_token)
        assert urlsplit(location).path == "/sign-in"
