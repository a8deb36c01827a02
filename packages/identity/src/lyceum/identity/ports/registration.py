"""Errors about registering."""

from lyceum.kernel.errors import NotFound, ValidationFailed


class RegistrationNotFound(NotFound):
    code = "identity.registration-not-found"
    title = "This link is not valid any more"


class RegistrationRefused(ValidationFailed):
    code = "identity.registration-refused"
    title = "The registration is not valid"
