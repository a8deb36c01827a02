"""Time is passed into the inside of a module, and chance into its domain: both can then be tested and repeated."""

import ast
from collections.abc import Iterator

from rules.source import Names, Source

_TIMELESS_LAYERS = ("domain", "ports", "schemas", "services")
_CLOCKS = (
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "lyceum.kernel.clock.SystemClock",
    "time.gmtime",
    "time.localtime",
    "time.monotonic",
    "time.monotonic_ns",
    "time.perf_counter",
    "time.time",
    "time.time_ns",
)
# Ids are the exception: `lyceum.kernel.ids.new_id` decides nothing.
_DICE = ("os.getrandom", "os.urandom", "random", "secrets", "uuid.uuid1", "uuid.uuid4", "uuid_utils")
_SEEDED = "random.Random"


def reads_time_or_chance(source: Source) -> Iterator[str]:
    """Every look at a clock on the inside of a module, and every die thrown in its domain."""
    if not source.name.startswith("lyceum.") or source.package in ("runtime", "testing"):
        return
    names = Names(source)
    seeded = _seeded_generators(source, names)
    for node in ast.walk(source.tree):
        if not isinstance(node, (ast.Name, ast.Attribute)) or (dotted := names.dotted(node)) is None:
            continue
        if source.layer in _TIMELESS_LAYERS and dotted in _CLOCKS:
            yield source.at(node, f"{dotted} reads the time, which is passed in")
        if source.layer == "domain" and _is_die(dotted) and node not in seeded:
            yield source.at(node, f"{dotted} is chance, which is passed in")


def _seeded_generators(source: Source, names: Names) -> set[ast.expr]:
    """`random.Random` with a seed, or as a type: the same seed gives the same numbers again."""
    generators = {
        node
        for node in ast.walk(source.tree)
        if isinstance(node, (ast.Name, ast.Attribute)) and names.dotted(node) == _SEEDED
    }
    without_seed = {
        node.func
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and not node.args and not node.keywords
    }
    # The `random` inside `random.Random` is part of the same expression.
    allowed = generators - without_seed
    return allowed | {node.value for node in allowed if isinstance(node, ast.Attribute)}


def _is_die(dotted: str) -> bool:
    return any(dotted == die or dotted.startswith(f"{die}.") for die in _DICE)
