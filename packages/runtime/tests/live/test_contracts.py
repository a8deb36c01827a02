from pathlib import Path

import pytest

from lyceum.runtime.live.contracts import schemas

FOLDER = Path(__file__).parents[2] / "contracts" / "live"


@pytest.mark.parametrize("name", sorted(schemas()))
def test_the_stored_schema_is_what_the_code_says(name):
    assert (FOLDER / name).read_bytes() == schemas()[name]
