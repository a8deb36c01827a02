"""Choice and order out of a seed.

The numbers come from HMAC-SHA256 (RFC 2104) with the seed as key, over a label, a zero byte and a 64-bit big-endian
block counter from 0; each block yields four 64-bit big-endian words. Python's own `random` may give other numbers in
another version; these never change, so an attempt can be put together again from its seed.
"""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

SEED_BYTES = 32
_WORD = 2**64


class HashStream:
    """A stream of numbers that seed and label determine. Each purpose has a label of its own, so that a change in one
    place of a quiz leaves the choices in the others alone."""

    def __init__(self, seed: bytes, label: str) -> None:
        self._words = _words(seed, label.encode())

    def below(self, bound: int) -> int:
        """A number from 0 to `bound - 1`, each as likely as the other: words in the uneven rest are passed over."""
        limit = _WORD - _WORD % bound
        return next(word for word in self._words if word < limit) % bound

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """The things in a new order (Fisher and Yates, from the end)."""
        order = list(things)
        for last in range(len(order) - 1, 0, -1):
            other = self.below(last + 1)
            order[last], order[other] = order[other], order[last]
        return order

    def drawn(self, things: Sequence[T], count: int) -> list[T]:
        """`count` of the things, in the order in which they were drawn."""
        rest = list(things)
        return [rest.pop(self.below(len(rest))) for _ in range(count)]


def _words(seed: bytes, label: bytes) -> Iterator[int]:
    block = 0
    while True:
        digest = hmac.digest(seed, label + b"\0" + block.to_bytes(8, "big"), hashlib.sha256)
        for start in range(0, 32, 8):
            yield int.from_bytes(digest[start : start + 8], "big")
        block += 1


def arranged(stream: HashStream, options: Sequence[tuple[str, bool]]) -> tuple[str, ...]:
    """The option ids in a new order; those that may not move stay at their places."""
    moved = iter(stream.shuffled([option for option, moves in options if moves]))
    return tuple(next(moved) if moves else option for option, moves in options)
