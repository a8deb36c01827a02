"""Auth over HTTP: one file per resource."""

from lyceum.auth.api.audit import router as audit
from lyceum.auth.api.passwords import router as passwords
from lyceum.auth.api.roles import router as roles
from lyceum.auth.api.sessions import router as sessions

ROUTERS = (sessions, passwords, roles, audit)
