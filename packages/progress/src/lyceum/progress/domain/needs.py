"""How much a part of a course asks for, and how much of that is left.

The measure is the number of blocks on the cheapest way to be done with the part. Where every child is needed, that is
all of them together; where a number of children will do, it is the sum over those that ask for the least. What is left
is measured in the same way from where the learner stands: so it never grows as the learner goes on, it is nothing
exactly when the part is done, and having started on an expensive option never looks like a step back.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Need:
    """`blocks` (a bit set) are needed in any case; of each choice, some option is needed too.

    `size` is the number of blocks on the cheapest way, 0 where nothing is needed. `mentioned` are all blocks that can
    make a difference to what is left.
    """

    blocks: int = 0
    choices: tuple["Choice", ...] = ()
    size: int = field(init=False)
    mentioned: int = field(init=False)

    def __post_init__(self) -> None:
        mentioned = self.blocks
        for choice in self.choices:
            for option in choice.options:
                mentioned |= option.mentioned
        object.__setattr__(self, "size", self.left(0))
        object.__setattr__(self, "mentioned", mentioned)

    def left(self, done: int) -> int:
        """How many more blocks the cheapest way takes when those in `done` are done."""
        left = (self.blocks & ~done).bit_count()
        for choice in self.choices:
            left += choice.left(done)
        return left


@dataclass(frozen=True, slots=True)
class Choice:
    """`count` of the options are needed, whichever."""

    options: tuple[Need, ...]
    count: int

    def left(self, done: int) -> int:
        """How many more blocks the cheapest way takes when those in `done` are done."""
        return sum(sorted(option.left(done) for option in self.options)[: self.count])


def all_of(needs: Iterable[Need]) -> Need:
    """The need for every one of them."""
    blocks = 0
    choices: list[Choice] = []
    for need in needs:
        blocks |= need.blocks
        choices.extend(need.choices)
    return Need(blocks, tuple(choices))


def some_of(needs: Iterable[Need], count: int) -> Need:
    """The need for `count` of them, or for all where there are not so many.

    Those that ask for nothing are no options: they would be done before the learner did anything.
    """
    options = tuple(need for need in needs if need.size)
    if count >= len(options):
        return all_of(options)
    return Need(choices=(Choice(options, count),))
