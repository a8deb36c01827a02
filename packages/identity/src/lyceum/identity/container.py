"""How identity is put together."""

from dependency_injector import containers, providers

from lyceum.identity.adapters.registration_mails import MailedRegistrations
from lyceum.identity.adapters.verification_tokens import HmacVerificationTokens
from lyceum.identity.persistence.queries import SqlIdentityQueries
from lyceum.identity.persistence.unit_of_work import SqlIdentityUnit
from lyceum.identity.ports import CredentialStore
from lyceum.identity.services.accounts import Accounts
from lyceum.identity.services.organising import Organising
from lyceum.identity.services.profiles import Profiles
from lyceum.identity.services.published_events import published
from lyceum.identity.services.registering import Registering
from lyceum.identity.services.service import Directory
from lyceum.runtime.module import ModuleResources


class IdentityContainer(containers.DeclarativeContainer):
    resources = providers.Dependency(instance_of=ModuleResources)
    credentials = providers.Dependency(instance_of=CredentialStore)

    units = providers.Factory(
        SqlIdentityUnit,
        database=resources.provided.database,
        tables=resources.provided.tables,
        clock=resources.provided.clock,
        published=providers.Object(published),
        committed=resources.provided.committed,
    )
    queries = providers.Singleton(SqlIdentityQueries, resources.provided.database)
    tokens = providers.Singleton(HmacVerificationTokens, resources.provided.secret)
    mails = providers.Singleton(
        MailedRegistrations, mailer=resources.provided.mailer, public_url=resources.provided.settings.public_url
    )

    registering = providers.Singleton(
        Registering,
        units=units.provider,
        credentials=credentials,
        tokens=tokens,
        mails=mails,
        clock=resources.provided.clock,
    )
    profiles = providers.Singleton(Profiles, units=units.provider, clock=resources.provided.clock)
    accounts = providers.Singleton(Accounts, units=units.provider, queries=queries, clock=resources.provided.clock)
    organising = providers.Singleton(Organising, units=units.provider, queries=queries, clock=resources.provided.clock)
    directory = providers.Singleton(Directory, units=units.provider, queries=queries, clock=resources.provided.clock)
