"""Language tags as other systems write them."""

import re

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?")


def language_tag(text: str | None) -> str | None:
    """The tag in the usual writing of BCP 47 (`pt_br` is `pt-BR`), or null for what is none."""
    found = _TAG.fullmatch((text or "").strip())
    if found is None:
        return None
    language, script, region = found.groups()
    return "-".join(filter(None, (language.lower(), script and script.capitalize(), region and region.upper())))
