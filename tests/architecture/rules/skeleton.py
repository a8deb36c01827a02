"""A small tree with the shape of the platform, in which all import contracts hold."""

from pathlib import Path

from rules.linting import option

APPS = ("lyceum_host", "lyceum_standalone", "lyceum_worker")
_LAYERS = {
    "module": "import lyceum.{m}.container\nimport lyceum.{m}.api\nimport lyceum.runtime",
    "container": "import dependency_injector\nimport lyceum.{m}.adapters\nimport lyceum.{m}.persistence\n"
    "import lyceum.{m}.services\nimport lyceum.{m}.settings",
    "api": "import fastapi\nimport lyceum.runtime\nimport lyceum.{m}.services",
    "consumers": "import lyceum.runtime\nimport lyceum.{m}.services",
    "adapters": "import httpx\nimport lyceum.{m}.ports",
    "persistence": "import lyceum.runtime\nimport lyceum.{m}.models\nimport lyceum.{m}.domain",
    "services": "import lyceum.{m}.domain\nimport lyceum.kernel",
    "models": "import sqlalchemy\nimport lyceum.{m}.domain",
    "domain": "import lyceum.{m}.ports\nimport lyceum.kernel",
    "ports": "import pydantic\nimport lyceum.{m}.schemas",
    "ports.catalogue": "import pydantic",
    "schemas": "import pydantic\nimport lyceum.kernel",
    "settings": "import pydantic_settings",
}


def grow(tree: Path) -> None:
    """Write the packages of every module, of what they stand on, and the apps."""
    modules = option("modules-meet-at-ports", "modules")
    for module in modules:
        short = module.removeprefix("lyceum.")
        write(tree, module, "")
        for layer, imports in _LAYERS.items():
            write(tree, f"{module}.{layer}", imports.format(m=short))
    highest, lowest = modules[0], modules[-1]
    write(tree, f"{highest}.services.asking", f"import {lowest}.ports\nimport {lowest}.ports.catalogue")
    write(tree, "lyceum.kernel", "import pydantic")
    write(tree, "lyceum.runtime", "import fastapi\nimport sqlalchemy\nimport lyceum.kernel")
    write(tree, "lyceum.testing", "import lyceum.runtime")
    for app in APPS:
        write(tree, app, f"import lyceum.runtime\nimport {highest}.module\nimport {lowest}.ports")


def write(tree: Path, name: str, text: str) -> Path:
    """A package with this text in its `__init__.py`."""
    path = tree.joinpath(*name.split("."), "__init__.py")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path
