"""Authorization codes (RFC 6749 section 4.1)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from lyceum.auth.domain.entities.session import Session
from lyceum.auth.domain.oauth_errors import GrantReplayed, InvalidGrant
from lyceum.auth.domain.values.authorization_request import AuthorizationRequest
from lyceum.auth.domain.values.pkce import verifies
from lyceum.auth.domain.values.tokens import fingerprint
from lyceum.kernel.aggregate import Aggregate
from lyceum.kernel.ids import new_id

CODE_LIFETIME = timedelta(seconds=60)


@dataclass(kw_only=True, eq=False)
class AuthorizationCode(Aggregate):
    """A code that a client redeems once, within 60 seconds, for tokens.

    It is bound to the client, the redirect URI and the PKCE challenge of the request. `family_id` names the tokens that
    come from it, before they exist, so that a replay can revoke them (RFC 6749 section 4.1.2).
    """

    id: UUID
    code_hash: bytes = field(repr=False)
    client_id: str
    redirect_uri: str
    scopes: frozenset[str]
    nonce: str | None
    code_challenge: str
    user_id: UUID
    session_id: UUID
    authenticated_at: datetime
    family_id: UUID
    expires_at: datetime
    redeemed_at: datetime | None = None

    @classmethod
    def issue(
        cls,
        *,
        code: str,
        request: AuthorizationRequest,
        session: Session,
        family_id: UUID,
        now: datetime,
    ) -> "AuthorizationCode":
        """A code for the request, which the person of the session agreed to."""
        return cls(
            id=new_id(),
            code_hash=fingerprint(code),
            client_id=request.client_id,
            redirect_uri=request.redirect_uri,
            scopes=request.scopes,
            nonce=request.nonce,
            code_challenge=request.code_challenge,
            user_id=session.user_id,
            session_id=session.id,
            authenticated_at=session.authenticated_at,
            family_id=family_id,
            expires_at=now + CODE_LIFETIME,
        )

    def redeem(self, *, client_id: str, redirect_uri: str, verifier: str, now: datetime) -> None:
        """Use the code up.

        Raises `InvalidGrant` where it is expired or not bound to what is given: the code stays as it is then, since
        whoever stole it without the verifier must not be able to spoil it. Raises `GrantReplayed` for a second use by
        its client, with whatever verifier.
        """
        if client_id != self.client_id:
            raise InvalidGrant()
        if self.redeemed_at is not None:
            raise GrantReplayed()
        if now >= self.expires_at or redirect_uri != self.redirect_uri or not verifies(verifier, self.code_challenge):
            raise InvalidGrant()
        self.redeemed_at = now
