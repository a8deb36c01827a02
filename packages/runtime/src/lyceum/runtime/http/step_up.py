"""Routes for people who proved a moment ago who they are: who finds a browser open, or steals a session, is not enough.

The refusal is that of the OAuth 2.0 Step Up Authentication Challenge Protocol (RFC 9470, section 3): 401, the error
`insufficient_user_authentication` and the age that is allowed. Browsers then send the password to
`/api/v1/session/step-up`; clients with tokens ask for authorization again, with that `max_age`.
"""

from typing import Any, cast

from fastapi import Depends, Request
from fastapi.dependencies.models import Dependant

from lyceum.kernel.clock import Clock
from lyceum.kernel.errors import LyceumError
from lyceum.runtime.http.principal import CurrentPrincipal


class StepUpRequired(LyceumError):
    """The person is known, and has to prove once more that it is them. Extension `max_age`: how many seconds ago that
    may have been, where it is known."""

    code = "step-up-required"
    title = "Prove once more that it is you"
    status = 401


async def require_recent_proof(request: Request, principal: CurrentPrincipal) -> None:
    """Raises `StepUpRequired` for somebody who signed in too long ago, and `NotAuthenticated` for a stranger."""
    principal.require_user()
    until = principal.recent_until
    now = cast(Clock, request.app.state.clock).now()
    if until is None or now >= until:
        allowed: dict[str, Any] = {}
        if until is not None and principal.authenticated_at is not None:
            allowed["max_age"] = int((until - principal.authenticated_at).total_seconds())
        raise StepUpRequired(**allowed)


RecentProof = Depends(require_recent_proof)
"""In `dependencies=` of a route: for people who proved a moment ago who they are."""


def wants_recent_proof(dependant: Dependant) -> bool:
    """Whether a route asks for it."""
    return any(inner.call is require_recent_proof or wants_recent_proof(inner) for inner in dependant.dependencies)


def challenge(error: StepUpRequired) -> str:
    """The value of `WWW-Authenticate` (RFC 9470, section 3)."""
    age = f', max_age="{error.extensions["max_age"]}"' if "max_age" in error.extensions else ""
    return f'Bearer realm="lyceum", error="insufficient_user_authentication", error_description="{error.title}"{age}'
