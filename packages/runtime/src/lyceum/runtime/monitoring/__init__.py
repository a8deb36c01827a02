"""What operators watch: the state of a platform as Prometheus reads it, and whether it is ready."""

from lyceum.runtime.monitoring.endpoints import Monitoring, MonitoringSettings
from lyceum.runtime.monitoring.state import ModuleState, PlatformState

__all__ = ["ModuleState", "Monitoring", "MonitoringSettings", "PlatformState"]
