"""Ending sessions, with the tokens that came from them."""

from datetime import datetime
from uuid import UUID

from lyceum.auth.domain.entities import FamilyEnd, Session, SessionEnd
from lyceum.auth.domain.repositories import AuthUnit


async def end_session(unit: AuthUnit, session: Session, reason: SessionEnd, now: datetime) -> None:
    """End one session and its refresh tokens."""
    session.revoke(reason, now)
    for family in await unit.token_families.unrevoked_of_session(session.id):
        family.revoke(FamilyEnd.SESSION_ENDED, now)


async def end_sessions(
    unit: AuthUnit, user_id: UUID, reason: SessionEnd, now: datetime, *, keep: UUID | None = None
) -> None:
    """End all sessions of a person but the one to keep."""
    for session in await unit.sessions.unrevoked_of(user_id):
        if session.id != keep:
            await end_session(unit, session, reason, now)
