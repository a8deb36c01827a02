"""Signing in with an external OpenID Provider (OpenID Connect Core section 3.1), on httpx, joserfc and Authlib.

Authlib's own HTTP client is left aside: it has httpx only as a deprecated fallback, reads answers of any size, and
doesn't form-encode the client's secret for HTTP Basic (RFC 6749 section 2.3.1).
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote_plus

import httpx
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]  # Authlib ships no types
from authlib.oidc.discovery import OpenIDProviderMetadata  # type: ignore[import-untyped]  # Authlib ships no types
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from lyceum.auth.domain.errors import ExternalSignInFailed
from lyceum.auth.domain.policies.external_callback import ExternalCallback
from lyceum.auth.domain.values.external import ExternalClaims, ExternalProvider
from lyceum.auth.domain.values.pkce import challenge_of
from lyceum.auth.domain.values.redirect_uris import with_query
from lyceum.kernel.clock import Clock
from lyceum.kernel.errors import Unavailable

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures by the provider's own key only: never `none`, and no HMAC, which our client secret could forge."""

METADATA_KEPT_FOR = timedelta(hours=1)
KEYS_KEPT_FOR = timedelta(hours=1)
KEYS_FETCHED_EVERY = timedelta(seconds=30)
CLOCK_SKEW = 60  # seconds by which the provider's clock may differ
MAX_ANSWER_BYTES = 512 * 1024


class RelyingParty:
    """See `gateways.ExternalSignIn`. One per provider; keeps its metadata and keys for an hour.

    Keys are fetched again when a token names one that is not there (rotation, OpenID Connect Core section 10.1.1), yet
    not more often than every 30 seconds, whatever tokens come in.
    """

    def __init__(self, provider: ExternalProvider, http: httpx.AsyncClient, clock: Clock) -> None:
        self._provider = provider
        self._http = http
        self._clock = clock
        self._metadata: tuple[datetime, dict[str, Any]] | None = None
        self._keys: tuple[datetime, KeySet] | None = None

    async def authorization_url(self, *, redirect_uri: str, state: str, nonce: str, code_verifier: str) -> str:
        """See `gateways.ExternalSignIn`."""
        metadata = await self._known_metadata()
        return with_query(
            metadata["authorization_endpoint"],
            {
                "response_type": "code",
                "client_id": self._provider.client_id,
                "redirect_uri": redirect_uri,
                "scope": " ".join(self._provider.scopes),
                "state": state,
                "nonce": nonce,
                "code_challenge": challenge_of(code_verifier),
                "code_challenge_method": "S256",
            },
        )

    async def redeem(
        self, callback: ExternalCallback, *, redirect_uri: str, nonce: str, code_verifier: str
    ) -> ExternalClaims:
        """See `gateways.ExternalSignIn`."""
        metadata = await self._known_metadata()
        names_itself = metadata.get("authorization_response_iss_parameter_supported") is True
        if callback.issuer != self._provider.issuer and (names_itself or callback.issuer is not None):
            raise ExternalSignInFailed("The answer came from another provider")  # mix-up, RFC 9207 section 2.4
        form = {
            "grant_type": "authorization_code",
            "code": callback.code,
            "redirect_uri": redirect_uri,
            "code_verifier": code_verifier,
        }
        tokens = await self._redeemed(metadata, form)
        id_token, access_token = tokens.get("id_token"), tokens.get("access_token")
        if not isinstance(id_token, str) or not isinstance(access_token, str):
            raise ExternalSignInFailed()
        claims = await self._verified(metadata, id_token, access_token, nonce)
        if "email" not in claims and "email" in self._provider.scopes and "userinfo_endpoint" in metadata:
            claims = claims | await self._userinfo(metadata, access_token, str(claims["sub"]))
        return ExternalClaims(
            issuer=self._provider.issuer,
            subject=str(claims["sub"]),
            email=_text(claims.get("email")),
            email_verified=claims.get("email_verified") in (True, "true"),  # some providers send the word
            name=_text(claims.get("name")),
        )

    async def _redeemed(self, metadata: Mapping[str, Any], form: dict[str, str]) -> dict[str, Any]:
        client_id, secret = self._provider.client_id, self._provider.client_secret
        methods = metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        auth: httpx.BasicAuth | None = None
        if secret is not None and "client_secret_basic" in methods:
            auth = httpx.BasicAuth(quote_plus(client_id), quote_plus(secret))
        else:
            form = form | {"client_id": client_id} | ({} if secret is None else {"client_secret": secret})
        request = self._http.build_request("POST", metadata["token_endpoint"], data=form)
        status, answer = await self._send(request, auth)
        if status != httpx.codes.OK:
            raise ExternalSignInFailed()
        return answer

    async def _verified(
        self, metadata: Mapping[str, Any], id_token: str, access_token: str, nonce: str
    ) -> dict[str, Any]:
        """The claims of the ID token, checked as OpenID Connect Core section 3.1.3.7 says."""
        try:
            token = await self._decoded(metadata, id_token)
            claims = CodeIDToken(
                token.claims,
                token.header,
                options={
                    "iss": {"essential": True, "value": self._provider.issuer},
                    "aud": {"essential": True, "value": self._provider.client_id},
                    "sub": {"essential": True},
                },
                params={"nonce": nonce, "client_id": self._provider.client_id, "access_token": access_token},
            )
            claims.validate(now=int(self._clock.now().timestamp()), leeway=CLOCK_SKEW)
        except (JoseError, ValueError, TypeError) as error:
            raise ExternalSignInFailed() from error
        return dict(claims)

    async def _decoded(self, metadata: Mapping[str, Any], id_token: str) -> jwt.Token:
        supported = metadata["id_token_signing_alg_values_supported"]
        allowed = [name for name in ALGORITHMS if name in supported]
        registry = JWSRegistry(algorithms=allowed, strict_check_header=False)
        try:
            return jwt.decode(id_token, await self._known_keys(metadata, KEYS_KEPT_FOR), registry=registry)
        except InvalidKeyIdError:
            return jwt.decode(id_token, await self._known_keys(metadata, KEYS_FETCHED_EVERY), registry=registry)

    async def _userinfo(self, metadata: Mapping[str, Any], access_token: str, subject: str) -> dict[str, Any]:
        """Claims that the ID token leaves out; only about the same person (OpenID Connect Core section 5.3.2)."""
        request = self._http.build_request(
            "GET", metadata["userinfo_endpoint"], headers={"Authorization": f"Bearer {access_token}"}
        )
        status, claims = await self._send(request)
        if status != httpx.codes.OK or claims.get("sub") != subject:
            raise ExternalSignInFailed()
        return {name: claims[name] for name in ("email", "email_verified", "name") if name in claims}

    async def _known_metadata(self) -> dict[str, Any]:
        now = self._clock.now()
        if self._metadata is not None and now < self._metadata[0] + METADATA_KEPT_FOR:
            return self._metadata[1]
        address = self._provider.issuer.rstrip("/") + "/.well-known/openid-configuration"
        status, document = await self._send(self._http.build_request("GET", address))
        try:
            OpenIDProviderMetadata(document).validate()
        except (ValueError, TypeError) as error:
            raise Unavailable(f"The metadata of {self._provider.name} is broken: {error}") from error
        if status != httpx.codes.OK or document["issuer"] != self._provider.issuer:  # Discovery section 4.3
            raise Unavailable(f"The metadata of {self._provider.name} is for another issuer")
        self._metadata = (now, document)
        return document

    async def _known_keys(self, metadata: Mapping[str, Any], no_older_than: timedelta) -> KeySet:
        now = self._clock.now()
        if self._keys is not None and now < self._keys[0] + no_older_than:
            return self._keys[1]
        status, document = await self._send(self._http.build_request("GET", metadata["jwks_uri"]))
        keys = document.get("keys")
        if status != httpx.codes.OK or not isinstance(keys, list):
            raise Unavailable(f"The keys of {self._provider.name} are not there")
        try:
            self._keys = (now, KeySet.import_key_set({"keys": keys}))
        except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise Unavailable(f"The keys of {self._provider.name} are broken") from error
        return self._keys[1]

    async def _send(self, request: httpx.Request, auth: httpx.BasicAuth | None = None) -> tuple[int, dict[str, Any]]:
        """Status and JSON object of an answer of bounded size; redirects are not followed. Raises `Unavailable`."""
        away = Unavailable(f"{self._provider.name} can't be reached at this moment")
        request.headers["Accept"] = "application/json"
        body = bytearray()
        try:
            response = await self._http.send(request, auth=auth, stream=True, follow_redirects=False)
            try:
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if len(body) > MAX_ANSWER_BYTES:
                        raise away
            finally:
                await response.aclose()
            answer = json.loads(body)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError) as error:
            raise away from error
        if response.is_server_error or not isinstance(answer, dict):
            raise away
        return response.status_code, answer


def _text(value: Any) -> str | None:
    return value[:320] if isinstance(value, str) and value else None
