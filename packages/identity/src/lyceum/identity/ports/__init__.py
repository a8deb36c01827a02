"""The published interface of identity."""

from lyceum.identity.ports.credential_store import CredentialStore, PasswordRefused
from lyceum.identity.ports.directory import (
    Accommodations,
    EmailTaken,
    UserDirectory,
    UserNotFound,
    UserProvisioning,
    UserSummary,
)
from lyceum.identity.ports.organisations import GroupNotFound, OrganisationNotFound, SlugTaken
from lyceum.identity.ports.registration import RegistrationNotFound, RegistrationRefused

__all__ = [
    "Accommodations",
    "CredentialStore",
    "EmailTaken",
    "GroupNotFound",
    "OrganisationNotFound",
    "PasswordRefused",
    "RegistrationNotFound",
    "RegistrationRefused",
    "SlugTaken",
    "UserDirectory",
    "UserNotFound",
    "UserProvisioning",
    "UserSummary",
]
