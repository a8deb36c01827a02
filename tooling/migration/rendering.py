"""The text of a migration."""

_HEAD = '''"""{title}."""

{imports}

revision = "{revision}"
down_revision = {previous}
'''

_BODY = """

def upgrade() -> None:
{up}


def downgrade() -> None:
{down}
"""


def render(*, message: str, number: int, up: str, down: str) -> str:
    """The whole file, to be formatted. `up` and `down` are statements as alembic renders them."""
    first = number == 1
    up_lines, down_lines = _statements(up), _statements(down)
    if first:
        up_lines.append("migrations.install_jobs(op)")
        down_lines.insert(0, "migrations.remove_jobs(op)")
    body = _BODY.format(up=_indented(up_lines), down=_indented(down_lines))
    head = _HEAD.format(
        title=message[:1].upper() + message[1:].rstrip("."),
        imports=_imports(body),
        revision=f"{number:04d}",
        previous="None" if first else f'"{number - 1:04d}"',
    )
    return head + body


def _statements(code: str) -> list[str]:
    return [line for line in code.splitlines() if line.strip() and not line.lstrip().startswith("# ###")]


def _indented(lines: list[str]) -> str:
    # The rendered operations span lines; only what starts in the first column gets the body's indentation.
    return "\n".join(line if line.startswith("    ") else f"    {line}" for line in lines)


def _imports(body: str) -> str:
    third_party = ["from alembic import op"]
    if "sa." in body:
        third_party.insert(0, "import sqlalchemy as sa")
    if "postgresql." in body:
        third_party.append("from sqlalchemy.dialects import postgresql")
    own = ["", "from lyceum.runtime import migrations"] if "migrations." in body else []
    return "\n".join([*third_party, *own])
