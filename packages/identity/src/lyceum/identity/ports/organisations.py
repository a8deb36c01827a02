"""Errors about organisations and groups."""

from lyceum.kernel.errors import Conflict, NotFound


class OrganisationNotFound(NotFound):
    code = "identity.organisation-not-found"
    title = "There is no such organisation"


class GroupNotFound(NotFound):
    code = "identity.group-not-found"
    title = "There is no such group"


class SlugTaken(Conflict):
    code = "identity.slug-taken"
    title = "Another organisation has this short name"
