"""The published ports, served: each by the file that has its use cases."""

from lyceum.auth.services.auditing import Auditing
from lyceum.auth.services.authenticating import Authenticating
from lyceum.auth.services.passwords import Passwords
from lyceum.auth.services.roles import Roles

__all__ = ["Auditing", "Authenticating", "Passwords", "Roles"]
