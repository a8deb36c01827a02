"""A module's ports over HTTP: the half that serves them and the half that calls them.

`POST /internal/v1/ports/<module>/<Port>/<method>` takes the arguments as a JSON object and answers with the result as
JSON; errors are problem documents, which the calling half raises again as what they were.
"""

from lyceum.runtime.http.remote.client import RemoteMisconfigured, remote_port
from lyceum.runtime.http.remote.contract import PortContract, PortMethod
from lyceum.runtime.http.remote.server import PortServer, serve_ports

__all__ = ["PortContract", "PortMethod", "PortServer", "RemoteMisconfigured", "remote_port", "serve_ports"]
