"""Passwords."""

from fastapi import APIRouter, Request

from lyceum.auth.api.dependencies import CallersBrowser, PasswordsService, forget_credentials
from lyceum.auth.domain.errors import ResetLinkInvalid, SignInLocked, WeakPassword, WrongPassword
from lyceum.auth.schemas.internal import (
    PasswordChange,
    PasswordResetAccepted,
    PasswordResetCompletion,
    PasswordResetRequest,
)
from lyceum.kernel.errors import NotAuthenticated, Unavailable, ValidationFailed, VersionConflict
from lyceum.runtime.http import CurrentPrincipal, problems

router = APIRouter(prefix="/api/v1", tags=["auth"])


@router.put(
    "/password",
    status_code=204,
    operation_id="change_password",
    responses=problems(
        NotAuthenticated, WrongPassword, SignInLocked, WeakPassword, ValidationFailed, Unavailable, VersionConflict
    ),
)
async def change_password(
    change: PasswordChange,
    principal: CurrentPrincipal,
    passwords: PasswordsService,
    browser: CallersBrowser,
    request: Request,
) -> None:
    """Set another password. All other sessions end."""
    await passwords.change(principal, current=change.current, new=change.new, browser=browser)
    forget_credentials(request, principal.user_id)


@router.post(
    "/password-resets", status_code=202, operation_id="request_password_reset", responses=problems(ValidationFailed)
)
async def request_password_reset(reset: PasswordResetRequest, passwords: PasswordsService) -> PasswordResetAccepted:
    """Ask for a link to set a new password. The answer does not tell whether the address has an account."""
    await passwords.request_reset(email=reset.email)
    return PasswordResetAccepted()


@router.post(
    "/password-resets/completion",
    status_code=204,
    operation_id="complete_password_reset",
    responses=problems(ResetLinkInvalid, WeakPassword, ValidationFailed, Unavailable, VersionConflict),
)
async def complete_password_reset(
    completion: PasswordResetCompletion, passwords: PasswordsService, request: Request
) -> None:
    """Set a new password with the token from the mail. All sessions end."""
    user_id = await passwords.complete_reset(token=completion.token, password=completion.password)
    forget_credentials(request, user_id)
