"""Which ports have a conformance suite that the service and its remote twin both go through.

A suite is a file in `tests/conformance` of the providing module with a fixture of the parameters `service` and
`remote`. It covers a port that it names, where every method of the port is called in a test, or in another fixture,
that gets that fixture.
"""

import ast
import inspect
from collections.abc import Iterable, Iterator
from pathlib import Path

SIDES = {"service", "remote"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def gaps(port: type, suites: Iterable[Path]) -> Iterator[str]:
    """What of a port no suite tries with both sides."""
    called: set[str] = set()
    for path in suites:
        tree = ast.parse(path.read_text())
        if port.__name__ in {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}:
            for function in _of_both_sides(tree):
                called |= _calls(function)
    for name in methods(port):
        if name not in called:
            yield f"{port.__name__}.{name} is in no suite for the service and its remote twin"


def methods(port: type) -> list[str]:
    """What can be called of a port."""
    return [name for name, _ in inspect.getmembers(port, inspect.iscoroutinefunction) if not name.startswith("_")]


def _of_both_sides(tree: ast.Module) -> list[Function]:
    """The functions that get a fixture of both sides, by themselves or from another fixture."""
    functions = [node for node in ast.walk(tree) if isinstance(node, Function)]
    names = {function.name for function in functions if _has_both_sides(function)}
    while True:
        found = [each for each in functions if each.name in names or names & {arg.arg for arg in each.args.args}]
        fixtures = {each.name for each in found if _fixture(each) is not None}
        if fixtures <= names:
            return found
        names |= fixtures


def _has_both_sides(function: Function) -> bool:
    fixture = _fixture(function)
    if not isinstance(fixture, ast.Call):
        return False
    params = next((keyword.value for keyword in fixture.keywords if keyword.arg == "params"), None)
    return params is not None and set(ast.literal_eval(params)) == SIDES


def _fixture(function: Function) -> ast.expr | None:
    """The decorator that makes the function a fixture."""
    return next((each for each in function.decorator_list if "fixture" in ast.unparse(each)), None)


def _calls(function: Function) -> set[str]:
    return {
        node.func.attr
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
