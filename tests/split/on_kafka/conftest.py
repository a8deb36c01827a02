"""Assessment and progress in processes and databases of their own; they and the host meet on Kafka and over HTTP."""

from contextlib import ExitStack

import pytest

from lyceum.runtime.composition import installed_modules

APART = ("assessment", "progress")


@pytest.fixture(scope="package")
def addresses():
    """Where the modules answer that run apart."""
    from story.processes import free_address

    return {module: free_address() for module in APART}


@pytest.fixture(scope="package")
def installation(databases, addresses, tmp_path_factory):
    """A host and two workers without these modules, and each of them beside. They share where files are kept."""
    from story.engines import engines
    from story.installation import common_settings, installation
    from story.processes import Process, free_address, port_of

    with_host = [spec for spec in installed_modules() if spec.name not in APART]
    data_dir = tmp_path_factory.mktemp("lyceum")
    address = free_address()
    remote = {f"REMOTE__{module.upper()}": there for module, there in addresses.items()}
    remote_host = {f"REMOTE__{spec.name.upper()}": address for spec in with_host}
    with ExitStack() as stack:
        shared = stack.enter_context(engines(data_dir, "assessment and progress apart on Kafka were"))
        url = stack.enter_context(databases.database(with_host))
        urls = {module: stack.enter_context(databases.empty_database()) for module in APART}
        processes = {}
        for module, there in addresses.items():
            own = common_settings(urls[module], data_dir) | shared | remote_host | {"PUBLIC_URL": address}
            own |= {name: value for name, value in remote.items() if name != f"REMOTE__{module.upper()}"}
            command = ("lyceum-standalone", "--module", module, "--port", port_of(there))
            processes[module] = stack.enter_context(Process(*command, settings=own, log=data_dir / f"{module}.log"))
        running = stack.enter_context(
            installation(
                address=address,
                database_url=url,
                databases={spec.name: url for spec in with_host} | urls,
                data_dir=data_dir,
                settings=shared | remote,
                workers=2,
            )
        )
        for module, process in processes.items():
            process.serves(addresses[module])
        yield running
