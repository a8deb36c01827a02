"""Identity over HTTP: one file per resource."""

from lyceum.identity.api.accounts import router as accounts
from lyceum.identity.api.me import router as me
from lyceum.identity.api.organisations import router as organisations
from lyceum.identity.api.registrations import router as registrations

ROUTERS = (registrations, me, accounts, organisations)
