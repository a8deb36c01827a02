"""Marks the published interface of a module."""

from typing import Protocol


class Port(Protocol):
    """Base of published ports.

    A port's methods are `async`, take keyword-only arguments, and use only types that pydantic turns into JSON and
    back: so the same port works within a process and over HTTP. What it raises is a `LyceumError` that its package
    exports.
    """
