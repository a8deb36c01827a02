"""Where a new module is entered, so that every check and every app knows it.

The files are edited as text: they have comments and an order of their own, which a parser would not keep.
"""

import re
from collections.abc import Callable
from pathlib import Path

from tooling.scaffold.writing import Refused

APPS = ("host", "standalone", "worker")

_JOB = """package {module}:
  extends: .package
  variables: {{ PACKAGE: {module} }}
  rules:
    - changes: [uv.lock, "packages/{{kernel,runtime,testing,{module}}}/**/*"]

"""


def register(root: Path, module: str, above: str) -> None:
    """Enter the module, one tier above another one. Raises `Refused` where that one has no tier."""
    distribution = "lyceum-" + module.replace("_", "-")
    _edit(root / ".importlinter", lambda text: _with_contracts(text, module, above))
    _edit(root / "pyproject.toml", lambda text: _with_mypy_path(text, module))
    _edit(root / ".gitlab-ci.yml", lambda text: _with_jobs(text, module))
    for app in APPS:
        _edit(root / "apps" / app / "pyproject.toml", lambda text: _with_dependency(text, distribution))


def tier_of(text: str, module: str) -> str:
    """The line of a module in the tiers of `.importlinter`. Raises `Refused`."""
    tiers = text.partition("[importlinter:contract:tiers]")[2].partition("\n[")[0]
    for line in tiers.splitlines():
        if line.startswith("    ") and module in re.split(r"[ |]+", line):
            return line
    raise Refused(f"{module} has no tier in .importlinter")


def _with_contracts(text: str, module: str, above: str) -> str:
    tier = tier_of(text, above)
    text = _before(text, rf"^{re.escape(tier)}$", f"    {module}\n", from_="[importlinter:contract:tiers]")
    for contract in ("modules-meet-at-ports", "layers"):
        text = _before(
            text, r"^    lyceum\.\w+$", f"    lyceum.{module}\n", from_=f"[importlinter:contract:{contract}]"
        )
    return text


def _with_mypy_path(text: str, module: str) -> str:
    return _before(text, r'^ *"apps/host/src"', f'  "packages/{module}/src",\n')


def _with_jobs(text: str, module: str) -> str:
    text = _before(text, r"^oldest releases:$", _JOB.format(module=module))
    return re.sub(r"(- PACKAGE: \[.*)\]", rf"\1, {module}]", text, count=1)


def _with_dependency(text: str, distribution: str) -> str:
    text = _in_order(text, f'  "{distribution}[module]",', from_="\ndependencies = [\n")
    return _in_order(text, f"{distribution} = {{ workspace = true }}", from_="\n[tool.uv.sources]\n")


def _before(text: str, pattern: str, new: str, *, from_: str = "") -> str:
    """The text with `new` before the first line that matches, looking from a place on."""
    start = text.index(from_)
    match = re.compile(pattern, re.MULTILINE).search(text, start)
    if match is None:
        raise Refused(f"There is no place for {new.strip()!r}: no line like {pattern}")
    return text[: match.start()] + new + text[match.start() :]


def _in_order(text: str, new: str, *, from_: str) -> str:
    """The text with a line more in the alphabetical list that follows a place."""
    head, _, tail = text.partition(from_)
    lines = tail.splitlines(keepends=True)
    place = next((number for number, line in enumerate(lines) if line > new or line in ("]\n", "\n")), len(lines))
    return head + from_ + "".join([*lines[:place], f"{new}\n", *lines[place:]])


def _edit(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text()))
