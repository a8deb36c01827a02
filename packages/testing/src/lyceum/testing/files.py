"""Support code in test folders. These are no packages, so that a module of theirs is loaded from its file."""

from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any


@cache
def module_at(path: Path) -> Any:
    """The module in a file, the same one each time. Raises `FileNotFoundError`."""
    spec = spec_from_file_location(f"{path.stem} of {path.parent}", path)
    assert spec is not None
    assert spec.loader is not None
    loaded = module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded
