"""Titles as other systems write them."""

from lyceum.course.domain.values import MAX_TITLE


def clip(title: str, fallback: str) -> str:
    """The title on one line, at most as long as a title may be; the fallback where nothing is left."""
    return " ".join(title.replace("\x00", "").split())[:MAX_TITLE].rstrip() or fallback
