"""Errors that callers of the ports can meet."""

from lyceum.kernel.errors import NotFound


class RoleNotFound(NotFound):
    code = "auth.role-not-found"
    title = "There is no such role"
