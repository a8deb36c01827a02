"""Errors of sign-in, sessions, roles and the audit log. Those of OAuth are in `oauth_errors.py`."""

from lyceum.kernel.errors import (
    Conflict,
    LyceumError,
    NotAuthenticated,
    NotFound,
    PermissionDenied,
    TooManyRequests,
    ValidationFailed,
)


class SignInFailed(NotAuthenticated):
    """Says the same whether the account is unknown or the password is wrong."""

    code = "auth.sign-in-failed"
    title = "The e-mail address or the password is wrong"


class SignInLocked(TooManyRequests):
    """Too many failed attempts from this network or device. Extension `retry_after`: seconds."""

    code = "auth.sign-in-locked"
    title = "Too many failed attempts; wait before the next one"


class WeakPassword(ValidationFailed):
    code = "auth.weak-password"
    title = "The password is not strong enough"


class SessionNotFound(NotFound):
    code = "auth.session-not-found"
    title = "There is no such session"


class ClientNotFound(NotFound):
    code = "auth.client-not-found"
    title = "There is no such client"


class RoleAssignmentNotFound(NotFound):
    code = "auth.role-assignment-not-found"
    title = "There is no such role assignment"


class CannotGrant(PermissionDenied):
    """Extension `permissions`: what the role would give that the caller lacks."""

    code = "auth.cannot-grant"
    title = "You can't give away permissions that you don't have"


class RoleScopeMismatch(ValidationFailed):
    code = "auth.role-scope-mismatch"
    title = "This role can't be held in this scope"


class BuiltInRole(Conflict):
    code = "auth.built-in-role"
    title = "A built-in role can't be changed"


class RoleNameTaken(Conflict):
    code = "auth.role-name-taken"
    title = "Another role has this name"


class WrongPassword(PermissionDenied):
    """The present password, asked for once more, is another one."""

    code = "auth.wrong-password"
    title = "The present password is wrong"


class ResetLinkInvalid(NotFound):
    code = "auth.reset-link-invalid"
    title = "This link is not valid any more"


class ExternalIdentityNotFound(NotFound):
    code = "auth.external-identity-not-found"
    title = "There is no such linked account"


class ProviderNotFound(NotFound):
    code = "auth.provider-not-found"
    title = "There is no such provider to sign in with"


class LastWayToSignIn(Conflict):
    code = "auth.last-way-to-sign-in"
    title = "Set a password first: this is the only way to sign in to the account"


class FirstPartyClient(Conflict):
    code = "auth.first-party-client"
    title = "The platform's own clients can't be changed"


class InvalidRole(ValidationFailed):
    code = "auth.invalid-role"
    title = "The role is not valid"


class LastAdministrator(Conflict):
    code = "auth.last-administrator"
    title = "The last administrator can't be removed"


class AuthorizationRequestInvalid(LyceumError):
    """An authorization request that must not be answered by a redirect (RFC 6749 section 4.1.2.1): the client or its
    redirect URI can't be trusted, so the person is told instead."""

    code = "auth.authorization-request-invalid"
    title = "The application sent a request that can't be answered"
    status = 400


class LogoutRequestInvalid(LyceumError):
    code = "auth.logout-request-invalid"
    title = "The application sent a sign-out request that can't be answered"
    status = 400


class ExternalSignInFailed(NotAuthenticated):
    """The external provider refused, or what it answered does not hold."""

    code = "auth.external-sign-in-failed"
    title = "Signing in with the external provider failed"


class ExternalAccountInUse(Conflict):
    code = "auth.external-account-in-use"
    title = "This external account belongs to another person here"


class LinkWhileSignedIn(Conflict):
    code = "auth.link-while-signed-in"
    title = "Sign in with your password first, then link the external account"


class SignInToLink(NotAuthenticated):
    """Linking is for somebody who is signed in; without it, the same route is for strangers."""

    code = "auth.sign-in-to-link"
    title = "Sign in first, then link the external account"


class NoAccountForExternalSignIn(Conflict):
    code = "auth.no-account-for-external-sign-in"
    title = "Nobody here has this external account, and new accounts are not made from it"
