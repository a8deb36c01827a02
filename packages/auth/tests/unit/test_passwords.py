"""Passwords: the policy, and argon2id."""

import asyncio
import time
import unicodedata
from collections.abc import AsyncIterator

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from lyceum.auth.adapters.argon2_hasher import Argon2Hasher
from lyceum.auth.domain.errors import WeakPassword
from lyceum.auth.domain.policies.common_passwords import COMMON_PASSWORDS
from lyceum.auth.domain.policies.passwords import check_password, normalise
from lyceum.kernel.errors import Unavailable

GOOD = "correct horse, battery"
PERSON = {"email": "ada.lovelace@example.org", "display_name": "Ada Lovelace"}


def test_a_long_uncommon_password_is_accepted_as_it_is():
    assert check_password(GOOD, **PERSON) == GOOD


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("seven77", "at least 8"),
        ("", "at least 8"),
        ("x" * 257, "at most 256"),
        ("x" * 5000, "at most 256"),
        ("broken \ud800 surrogate", "at least 8"),
        ("ada.lovelace@example.org", "not your name"),
        ("ADA.LOVELACE", "not your name"),
        ("AdaLovelace!", "not your name"),
        ("ada lovelace", "not your name"),
        ("12345678", "everybody tries"),
        ("PASSWORD123", "everybody tries"),
        ("pass-word-123!", "everybody tries"),
        ("lyceum123", "everybody tries"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(password, reason):
    with pytest.raises(WeakPassword) as refusal:
        check_password(password, **PERSON)
    assert reason in refusal.value.detail
    assert refusal.value.extensions["errors"][0]["pointer"] == "/password"


def test_the_length_is_counted_after_normalisation():
    ligatures = "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}"
    assert len(unicodedata.normalize("NFKC", ligatures)) == 18
    assert check_password(ligatures, **PERSON) == unicodedata.normalize("NFKC", ligatures)
    with pytest.raises(WeakPassword):
        check_password(ligatures * 15, **PERSON)


def test_a_person_without_letters_in_their_name_can_use_symbols():
    assert check_password("!?!?!?!?", email="a@b.example", display_name="☆") == "!?!?!?!?"


@given(st.text(max_size=40))
def test_both_ways_to_type_a_letter_give_the_same_password(text):
    assert normalise(unicodedata.normalize("NFD", text)) == normalise(unicodedata.normalize("NFC", text))


def test_the_list_of_common_passwords_is_short_and_has_nothing_that_length_refuses_anyway():
    assert len(COMMON_PASSWORDS) <= 200
    assert all(len(word) >= 8 and word == word.casefold() and word.isalnum() for word in COMMON_PASSWORDS)


@pytest.fixture
async def hasher() -> AsyncIterator[Argon2Hasher]:
    hasher = Argon2Hasher(threads=1, waiting=1)
    yield hasher
    hasher.close()


async def test_a_hash_names_the_parameters_of_owasp_and_verifies(hasher):
    encoded = await hasher.hash(GOOD)
    assert encoded.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    verdict = await hasher.verify(GOOD, encoded)
    assert verdict.matches
    assert not verdict.outdated


async def test_another_password_does_not_match(hasher):
    assert not (await hasher.verify(GOOD + "!", await hasher.hash(GOOD))).matches


async def test_two_hashes_of_a_password_differ(hasher):
    assert await hasher.hash(GOOD) != await hasher.hash(GOOD)


async def test_a_hash_with_weaker_parameters_matches_and_is_outdated(hasher):
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(GOOD)
    verdict = await hasher.verify(GOOD, old)
    assert verdict.matches
    assert verdict.outdated


async def test_a_damaged_hash_matches_nothing(hasher):
    assert not (await hasher.verify(GOOD, "$argon2id$damaged")).matches


async def test_without_a_hash_nothing_matches_not_even_the_decoy(hasher):
    assert not (await hasher.verify("nobody has this password", None)).matches


async def test_an_unknown_account_takes_as_long_as_a_wrong_password(hasher):
    encoded = await hasher.hash(GOOD)

    async def seconds(hash_or_none):
        start = time.perf_counter()
        await hasher.verify("wrong password", hash_or_none)
        return time.perf_counter() - start

    known = sorted([await seconds(encoded) for _ in range(5)])[2]
    unknown = sorted([await seconds(None) for _ in range(5)])[2]
    assert 1 / 3 < unknown / known < 3


async def test_the_event_loop_runs_on_while_a_password_is_hashed(hasher):
    hashing = asyncio.ensure_future(hasher.hash(GOOD))
    turns = 0
    while not hashing.done():
        await asyncio.sleep(0)
        turns += 1
    assert turns > 10


async def test_more_passwords_than_may_wait_are_turned_away_and_the_places_come_back(hasher):
    answers = await asyncio.gather(*(hasher.hash(GOOD) for _ in range(5)), return_exceptions=True)
    assert sum(isinstance(answer, Unavailable) for answer in answers) == 3
    assert (await hasher.verify(GOOD, await hasher.hash(GOOD))).matches
