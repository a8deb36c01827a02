"""Registering."""

from fastapi import APIRouter

from lyceum.identity.api.dependencies import RegisteringService
from lyceum.identity.ports import EmailTaken, PasswordRefused, RegistrationNotFound
from lyceum.identity.schemas.internal import (
    RegistrationAccepted,
    RegistrationRequest,
    VerificationRequest,
    VerifiedAccount,
)
from lyceum.kernel.errors import ValidationFailed, VersionConflict
from lyceum.runtime.http import problems

router = APIRouter(prefix="/api/v1/registrations", tags=["identity"])


@router.post("", status_code=202, operation_id="register", responses=problems(ValidationFailed, PasswordRefused))
async def register(request: RegistrationRequest, registering: RegisteringService) -> RegistrationAccepted:
    """Ask for an account. The answer does not tell whether the address has one already; the mail does."""
    await registering.register(request)
    return RegistrationAccepted()


@router.post(
    "/verification",
    operation_id="verify_registration",
    responses=problems(RegistrationNotFound, EmailTaken, ValidationFailed, VersionConflict),
)
async def verify_registration(request: VerificationRequest, registering: RegisteringService) -> VerifiedAccount:
    """Show that the address is yours, with the token from the mail. The account exists from then on."""
    return VerifiedAccount(user_id=await registering.verify(token=request.token))
