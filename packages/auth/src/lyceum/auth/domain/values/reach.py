"""How far a role reaches."""

from dataclasses import dataclass
from typing import TypedDict
from uuid import UUID

from lyceum.auth.domain.errors import RoleScopeMismatch
from lyceum.kernel.principal import ScopeKind


class Target(TypedDict, total=False):
    """The arguments by which `Principal.allows` and `require` name what is meant."""

    organisation: UUID
    course: UUID


@dataclass(frozen=True, slots=True)
class Reach:
    """The platform, one organisation or one course. Raises `RoleScopeMismatch` where id and kind don't fit.

    Not called a scope here, which in this module is OAuth's word.
    """

    kind: ScopeKind
    id: UUID | None = None

    def __post_init__(self) -> None:
        if (self.kind is ScopeKind.PLATFORM) != (self.id is None):
            raise RoleScopeMismatch("A role on the platform has no scope id; on an organisation or a course it has one")

    @property
    def target(self) -> Target:
        if self.id is None:
            return {}
        return {"organisation": self.id} if self.kind is ScopeKind.ORGANISATION else {"course": self.id}


PLATFORM = Reach(ScopeKind.PLATFORM)
