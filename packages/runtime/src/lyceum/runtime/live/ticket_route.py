"""`POST /api/v1/live/tickets`, where tickets for `/ws/v1` come from."""

from typing import Annotated

from fastapi import APIRouter, FastAPI, Request, Response
from pydantic import BaseModel, Field

from lyceum.kernel.errors import NotAuthenticated, Unavailable
from lyceum.runtime.http.dispatch import module_app
from lyceum.runtime.http.edge import SESSION_COOKIE
from lyceum.runtime.http.principal import CurrentPrincipal
from lyceum.runtime.http.problems import problems
from lyceum.runtime.live.endpoint import CredentialsReader
from lyceum.runtime.live.tickets import SECONDS, Tickets, TicketsAway

NAME = "live"
router = APIRouter(prefix="/api/v1/live")


class LiveTicket(BaseModel):
    """Good once, and for `expires_in` seconds: `{"op": "authenticate", "ticket": …}` is then the first message."""

    ticket: Annotated[str, Field(max_length=100)]
    expires_in: Annotated[int, Field(gt=0)]


@router.post("/tickets", status_code=201, responses=problems(NotAuthenticated, Unavailable))
async def issue_live_ticket(request: Request, response: Response, principal: CurrentPrincipal) -> LiveTicket:
    """A ticket for the WebSocket at `/ws/v1`, for pages that have a token and can set no header there."""
    principal.require_user()
    state = request.app.state
    try:
        ticket = await state.tickets.issue(state.read_credentials(request.scope))
    except TicketsAway as error:
        raise Unavailable() from error
    response.headers["Cache-Control"] = "no-store"
    return LiveTicket(ticket=ticket, expires_in=SECONDS)


def ticket_app(tickets: Tickets | None = None, *, session_cookie: str = SESSION_COOKIE) -> FastAPI:
    """The route as an application; without tickets, for documentation alone."""
    state = {"tickets": tickets, "read_credentials": CredentialsReader(session_cookie)}
    return module_app(NAME, [router], state)
