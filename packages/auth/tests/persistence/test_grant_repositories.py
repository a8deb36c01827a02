"""What the repositories of clients, grants and accounts elsewhere promise: on PostgreSQL and in memory alike."""

from datetime import UTC, datetime, timedelta

import pytest

from lyceum.auth.domain.entities import (
    AuthorizationCode,
    Consent,
    ExternalIdentity,
    FamilyEnd,
    PendingSignIn,
    SigningKey,
)
from lyceum.auth.domain.errors import (
    ClientNotFound,
    ExternalAccountInUse,
)
from lyceum.auth.domain.values import fingerprint
from lyceum.kernel.errors import VersionConflict
from lyceum.kernel.ids import new_id
from lyceum.kernel.pagination import PageRequest

NOW = datetime(2030, 1, 15, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class TestClientsAndConsents:
    async def test_a_client_is_found_by_its_public_id_and_removed(self, persistence, make_client):
        added = await persistence.add("clients", make_client(secret="s"))
        async with persistence.units() as unit:
            found = await unit.clients.get("reader")
            for name in ("id", "auth_method", "secret_hash", "redirect_uris", "scopes", "grant_types", "first_party"):
                assert getattr(found, name) == getattr(added, name), name
            await unit.clients.remove(found)
            await unit.commit()
        async with persistence.units() as unit:
            assert await unit.clients.find("reader") is None
            with pytest.raises(ClientNotFound):
                await unit.clients.get("reader")

    async def test_consent_is_of_one_person_to_one_client(self, persistence):
        ada = new_id()

        def consent():
            return Consent(id=new_id(), user_id=ada, client_id="reader", scopes=frozenset({"openid"}), given_at=NOW)

        await persistence.add("consents", consent())
        async with persistence.units() as unit:
            (await unit.consents.find(ada, "reader")).extend(frozenset({"email"}), NOW + HOUR)
            await unit.commit()
        async with persistence.units() as unit:
            assert (await unit.consents.find(ada, "reader")).scopes == {"openid", "email"}
            assert await unit.consents.find(ada, "writer") is None
            assert await unit.consents.find(new_id(), "reader") is None
        with pytest.raises(VersionConflict):
            await persistence.add("consents", consent())


class TestCodesAndTokens:
    async def test_a_code_is_found_by_its_hash_and_stays_used(self, persistence, make_request, verifier, build):
        code = AuthorizationCode.issue(
            code="c", request=make_request(), session=build.session(), family_id=new_id(), now=NOW
        )
        await persistence.add("authorization_codes", code)
        binding = {"client_id": "reader", "redirect_uri": "https://reader.example/callback", "verifier": verifier}
        async with persistence.units() as unit:
            (await unit.authorization_codes.find(fingerprint("c"))).redeem(**binding, now=NOW)
            await unit.commit()
        async with persistence.units() as unit:
            found = await unit.authorization_codes.find(fingerprint("c"))
            assert (found.redeemed_at, found.scopes, found.nonce) == (NOW, {"openid", "profile"}, "n")
            assert await unit.authorization_codes.find(fingerprint("d")) is None

    async def test_a_family_is_found_by_id_and_handle_and_stays_rotated(self, persistence, build):
        added = await persistence.add("token_families", build.family())
        async with persistence.units() as unit:
            family = await unit.token_families.find_by_handle(fingerprint("handle"))
            family.rotate(client_id="reader", secret="secret", successor="next", now=NOW + HOUR)
            await unit.commit()
        async with persistence.units() as unit:
            found = await unit.token_families.find(added.id)
            assert (found.secret_hash, found.last_used_at) == (fingerprint("next"), NOW + HOUR)
            assert await unit.token_families.find(new_id()) is None
            assert await unit.token_families.find_by_handle(b"unknown") is None

    async def test_a_session_has_the_families_that_nobody_ended(self, persistence, build):
        session_id = new_id()
        mine = [build.family(session_id, handle_hash=bytes([number])) for number in range(3)]
        await persistence.add("token_families", *mine, build.family())
        async with persistence.units() as unit:
            (await unit.token_families.find(mine[1].id)).revoke(FamilyEnd.TOKEN_REUSED, NOW)
            await unit.commit()
        async with persistence.units() as unit:
            found = await unit.token_families.unrevoked_of_session(session_id)
        assert [each.id for each in found] == [mine[0].id, mine[2].id]

    async def test_keys_come_in_the_order_in_which_they_sign(self, persistence):
        late, early = (
            SigningKey(id=new_id(), kid=kid, sealed_jwk="sealed", created_at=NOW, activates_at=at)
            for kid, at in (("late", NOW + DAY), ("early", NOW))
        )
        await persistence.add("signing_keys", late, early)
        assert [key.kid for key in await persistence.queries.signing_keys()] == ["early", "late"]
        async with persistence.units() as unit:
            first, _ = await unit.signing_keys.locked()
            await unit.signing_keys.remove(first)
            await unit.commit()
        assert [key.kid for key in await persistence.queries.signing_keys()] == ["late"]


class TestAccountsElsewhere:
    async def test_an_identity_belongs_to_one_person(self, persistence):
        ada, bob = new_id(), new_id()

        def identity(user_id, subject="s"):
            return ExternalIdentity(id=new_id(), user_id=user_id, issuer="https://i", subject=subject, linked_at=NOW)

        added = await persistence.add("external_identities", identity(ada), identity(ada, "other"))
        with pytest.raises(ExternalAccountInUse):
            await persistence.add("external_identities", identity(bob))
        async with persistence.units() as unit:
            assert (await unit.external_identities.find("https://i", "s")).user_id == ada
            assert await unit.external_identities.find("https://j", "s") is None
            assert await unit.external_identities.of(bob) == []
            await unit.external_identities.remove(await unit.external_identities.find("https://i", "s"))
            await unit.commit()
        page = await persistence.queries.external_identities(user_id=ada, page=PageRequest())
        assert [each.subject for each in page.items] == ["other"]
        assert added.subject == "s"

    async def test_a_pending_sign_in_is_taken_once(self, persistence):
        pending = PendingSignIn.start(
            provider="idp",
            state="state",
            browser="browser",
            nonce="nonce",
            code_verifier="verifier",
            return_to="/",
            link_to=None,
            now=NOW,
        )
        await persistence.add("pending_sign_ins", pending)
        async with persistence.units() as unit:
            assert await unit.pending_sign_ins.take(fingerprint("other")) is None
            assert (await unit.pending_sign_ins.take(fingerprint("state"))).nonce == "nonce"
        async with persistence.units() as unit:
            assert await unit.pending_sign_ins.take(fingerprint("state")) is not None
            await unit.commit()
        async with persistence.units() as unit:
            assert await unit.pending_sign_ins.take(fingerprint("state")) is None
