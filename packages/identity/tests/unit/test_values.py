import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyceum.identity.domain import values
from lyceum.kernel.errors import ValidationFailed


@pytest.mark.parametrize("text", ["ada@example.org", "  ada@example.org ", "a+b@sub.example.co.uk", "ünï@exämple.org"])
def test_an_address_is_kept_without_the_spaces_around_it(text):
    assert values.email_address(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    ["", "ada", "ada@", "@example.org", "ada@example", "a b@example.org", "a@b@c.org", f"{'x' * 65}@e.org",
     f"a@{'x' * 250}.org", "ada@example.org\nBcc: all@example.org", "ada@example..org", "ada@exam\0ple.org",
     "ada@<example.org>", "ada@exam\x9fple.org"],
)  # fmt: skip
def test_what_cannot_be_an_address_is_refused_with_its_pointer(text):
    with pytest.raises(ValidationFailed) as refused:
        values.email_address(text)
    assert refused.value.extensions["errors"][0]["pointer"] == "/email"


def test_a_name_is_one_line_without_spare_spaces():
    assert values.display_name("  Ada \n  Lovelace ") == "Ada Lovelace"


@given(st.text())
def test_a_name_is_kept_on_one_line_or_refused(text):
    try:
        name = values.display_name(text)
    except ValidationFailed:
        return
    assert 1 <= len(name) <= values.MAX_NAME
    assert name == values.display_name(name)
    assert "\n" not in name


@pytest.mark.parametrize("tag", ["en", "pt-BR", "zh-Hant", "es-419", "zh-Hant-TW"])
def test_a_language_tag_is_kept(tag):
    assert values.locale_tag(tag) == tag


@pytest.mark.parametrize("tag", ["", "EN", "english", "en_US", "e", "en-us"])
def test_what_is_no_language_tag_is_refused(tag):
    with pytest.raises(ValidationFailed):
        values.locale_tag(tag)


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../etc/passwd", "UTC+1"])
def test_an_unknown_time_zone_is_refused(zone):
    with pytest.raises(ValidationFailed):
        values.time_zone(zone)


@pytest.mark.parametrize("slug", ["", "-a", "a-", "A", "a_b", "a" * 64])
def test_what_is_no_short_name_is_refused(slug):
    with pytest.raises(ValidationFailed):
        values.slug(slug)
