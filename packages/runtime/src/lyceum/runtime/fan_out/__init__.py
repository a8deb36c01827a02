"""Messages for whoever listens now, in all processes: nothing is stored, and nobody waits for an answer."""

from lyceum.runtime.fan_out.local import LocalFanOut
from lyceum.runtime.fan_out.port import FanOut, OnGap, Receive, Subscription
from lyceum.runtime.fan_out.shared import RedisFanOut

__all__ = ["FanOut", "LocalFanOut", "OnGap", "Receive", "RedisFanOut", "Subscription"]
