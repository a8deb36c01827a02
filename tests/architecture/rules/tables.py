"""Rule 10: the tables of a module are in its own schema, and nothing of them points out of it."""

from collections.abc import Iterator

from sqlalchemy import MetaData


def foreign_tables(module: str, metadata: MetaData) -> Iterator[str]:
    """Tables outside of the module's schema, and foreign keys that leave it."""
    for table in metadata.tables.values():
        if table.schema != module:
            yield f"{table.fullname} is not in the schema {module}"
        for key in table.foreign_keys:
            target = key.target_fullname.rpartition(".")[0]
            if not target.startswith(f"{module}."):
                yield f"{table.fullname}.{key.parent.name} points to {target}"
