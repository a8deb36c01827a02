"""Live updates over WebSockets at `/ws/v1`. `README.md` of the package has the protocol.

A module declares `Topic`s in its `ModuleSpec` and publishes through `ModuleResources.live`; the rest is the platform's:

- `log`, `shared_log`: the last messages of each topic that somebody watches, for those who come back after a gap;
- `publishing`: from a module to the log, and to the processes with watchers;
- `feed`, `hub`: in each process with watchers, one feed for each topic, which tells each message once to each of them;
- `session`, `endpoint`: one client; `wire`: its connection.
"""

from lyceum.runtime.live.topics import Topic

__all__ = ["Topic"]
