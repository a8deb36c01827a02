"""How values become bytes, for the cache that processes share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Codec(Generic[V]):
    """`decode` is also given how old the value is, in seconds; `size` is what it takes in memory, in bytes."""

    encode: Callable[[V], bytes]
    decode: Callable[[bytes, float], V]
    size: Callable[[V], int]


RAW: Codec[bytes] = Codec(encode=lambda value: value, decode=lambda data, age: data, size=len)
