"""How people come to the platform."""

import re
import secrets

from story.installation import Installation
from story.people import Person

_TOKEN = re.compile(r"token=([\w-]+)")


def register(installation: Installation, name: str) -> Person:
    """Somebody new, who registers, opens the link in the mail, and signs in."""
    handle = name.split()[0].lower()
    person = Person(installation.address, f"{handle}-{secrets.token_hex(4)}@lyceum.example", "amber-window-sparrow-7")
    request = {"email": person.email, "password": person.password, "display_name": name}
    person.post("/api/v1/registrations", request)
    token = _TOKEN.search(installation.mail_to(person.email))
    assert token is not None
    account = person.post("/api/v1/registrations/verification", {"token": token[1]})
    person.sign_in()
    assert person.id == account["user_id"]
    return person
