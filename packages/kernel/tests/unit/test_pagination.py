from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyceum.kernel.errors import ValidationFailed
from lyceum.kernel.pagination import decode_cursor, encode_cursor

MOMENTS = st.datetimes(timezones=st.just(UTC))
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@given(MOMENTS, st.uuids(), TEXTS, st.integers(), st.booleans(), st.dates())
def test_a_cursor_gives_back_its_parts(moment: datetime, id: UUID, name: str, number: int, flag: bool, day: date):
    cursor = encode_cursor(moment, id, name, number, flag, day)
    assert decode_cursor(cursor, datetime, UUID, str, int, bool, date) == (moment, id, name, number, flag, day)


@given(st.text())
def test_any_other_text_is_refused(text: str):
    with pytest.raises(ValidationFailed) as caught:
        decode_cursor(text, datetime, UUID)
    assert caught.value.extensions["errors"][0]["pointer"] == "/cursor"


@pytest.mark.parametrize(
    "moment",
    ["2026-01-01T00:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-13-01T00:00:00Z", "now"],
)
def test_what_is_no_moment_in_utc_is_refused(moment: str):
    with pytest.raises(ValidationFailed):
        decode_cursor(encode_cursor(moment), datetime)


@pytest.mark.parametrize("moment", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_the_ends_of_the_calendar_are_moments(moment: datetime):
    assert decode_cursor(encode_cursor(moment), datetime) == (moment,)


@pytest.mark.parametrize("text", ["a\0", "\ud800"], ids=["NUL", "half a surrogate pair"])
def test_a_text_that_no_database_takes_is_refused(text: str):
    with pytest.raises(ValidationFailed):
        decode_cursor(encode_cursor(text), str)


def test_parts_of_another_type_or_number_are_refused():
    for cursor in (encode_cursor("1"), encode_cursor(1, 2), encode_cursor(), encode_cursor(True), encode_cursor(1.0)):
        with pytest.raises(ValidationFailed):
            decode_cursor(cursor, int)


def test_other_zones_keep_their_moment():
    moment = datetime.fromisoformat("2026-03-01T12:00:00+05:30")
    (read,) = decode_cursor(encode_cursor(moment), datetime)
    assert read - datetime(2026, 3, 1, 6, 30, tzinfo=UTC) == timedelta()
