"""Auth over HTTP: one file per resource."""

from lyceum.auth.api.audit import router as audit
from lyceum.auth.api.clients import router as clients
from lyceum.auth.api.external import router as external
from lyceum.auth.api.passwords import router as passwords
from lyceum.auth.api.protocol import router as protocol
from lyceum.auth.api.roles import router as roles
from lyceum.auth.api.sessions import router as sessions

ROUTERS = (sessions, passwords, external, roles, clients, audit, protocol)
