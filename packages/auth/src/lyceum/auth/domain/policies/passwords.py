"""Which passwords are good enough (NIST SP 800-63B section 3.1.1: length and a block list, no rules on composition)."""

import unicodedata

from lyceum.auth.domain.errors import WeakPassword
from lyceum.auth.domain.policies.common_passwords import COMMON_PASSWORDS

MIN_LENGTH = 8
MAX_LENGTH = 256
MAX_TYPED_LENGTH = 4 * MAX_LENGTH
"""Characters accepted before normalisation, which can shorten a text (decomposed letters become one)."""


def normalise(password: str) -> str:
    """The form in which a password is hashed and verified: NFKC, so that another system's keyboard gives the same.

    Text that is absurdly long or not Unicode comes back empty, which is nobody's password."""
    if len(password) > MAX_TYPED_LENGTH or any("\ud800" <= character <= "\udfff" for character in password):
        return ""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, *, email: str, display_name: str = "") -> str:
    """The normalised password, if it is good enough for this person. Raises `WeakPassword` with one reason."""
    normalised = normalise(password)
    if len(password) > MAX_TYPED_LENGTH or len(normalised) > MAX_LENGTH:
        raise _weak(f"at most {MAX_LENGTH} characters")
    if len(normalised) < MIN_LENGTH:
        raise _weak(f"at least {MIN_LENGTH} characters")
    essence = _essence(normalised)
    if essence and essence in {_essence(text) for text in (email, email.partition("@")[0], display_name)}:
        raise _weak("not your name or e-mail address")
    if normalised.casefold() in COMMON_PASSWORDS or essence in COMMON_PASSWORDS:
        raise _weak("not one of the passwords that everybody tries first")
    return normalised


def _essence(text: str) -> str:
    """Letters and digits without case, so that `Ada.Lovelace!` is seen as the name it is."""
    return "".join(character for character in unicodedata.normalize("NFKC", text).casefold() if character.isalnum())


def _weak(rule: str) -> WeakPassword:
    return WeakPassword(f"A password needs to be {rule}", errors=[{"pointer": "/password", "detail": rule}])
