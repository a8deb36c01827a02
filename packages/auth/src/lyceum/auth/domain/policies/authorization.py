"""What to do with a valid authorization request: answer it, or first ask the person something."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from lyceum.auth.domain.entities.client import Client
from lyceum.auth.domain.entities.consent import Consent
from lyceum.auth.domain.entities.session import Session
from lyceum.auth.domain.oauth_errors import ConsentRequired, LoginRequired
from lyceum.auth.domain.policies.authorization_requests import AuthorizationRefused
from lyceum.auth.domain.values.authorization_request import AuthorizationRequest, Prompt


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything is there: issue a code for this session."""

    session: Session


@dataclass(frozen=True, slots=True)
class AskToSignIn:
    """The person has to sign in. The request comes back afterwards with `since`, and counts as answered by a session
    whose person signed in, or stepped up, then or later: else `prompt=login` and `max_age=0` would ask for ever."""

    since: datetime


@dataclass(frozen=True, slots=True)
class AskForConsent:
    """The person has to say whether the client may have these scopes. The request comes back with `since`, and a
    consent given then or later counts as the answer."""

    scopes: frozenset[str]
    since: datetime


def decide(
    request: AuthorizationRequest,
    *,
    client: Client,
    session: Session | None,
    consent: Consent | None,
    since: datetime | None,
    now: datetime,
) -> Answer | AskToSignIn | AskForConsent:
    """The next step. `session` is the browser's active one; `consent` is what its user allowed this client before.

    `since` is when the person was first asked something about this very request, null on its first arrival. It travels
    through the browser without a signature: whoever changes it only fools themselves, as they could have left
    `prompt` and `max_age` out in the first place; a client that insists compares `auth_time`.

    Raises `AuthorizationRefused` where something has to be asked and `prompt=none` forbids it
    (OpenID Connect Core section 3.1.2.6).
    """
    if session is None or _is_too_old(session, request, since, now):
        if Prompt.NONE in request.prompts:
            raise _refused(request, LoginRequired())
        return AskToSignIn(since or now)
    if not client.first_party and not _is_covered(request, consent, since):
        if Prompt.NONE in request.prompts:
            raise _refused(request, ConsentRequired())
        return AskForConsent(request.scopes, since or now)
    return Answer(session)


def _is_too_old(session: Session, request: AuthorizationRequest, since: datetime | None, now: datetime) -> bool:
    if since is not None and session.authenticated_at >= since:
        return False
    if request.prompts & {Prompt.LOGIN, Prompt.SELECT_ACCOUNT}:
        return True
    return request.max_age is not None and now - session.authenticated_at >= timedelta(seconds=request.max_age)


def _is_covered(request: AuthorizationRequest, consent: Consent | None, since: datetime | None) -> bool:
    if consent is None or not request.scopes <= consent.scopes:
        return False
    if Prompt.CONSENT in request.prompts:
        return since is not None and consent.given_at >= since
    return True


def _refused(request: AuthorizationRequest, error: LoginRequired | ConsentRequired) -> AuthorizationRefused:
    return AuthorizationRefused(error, redirect_uri=request.redirect_uri, state=request.state)
