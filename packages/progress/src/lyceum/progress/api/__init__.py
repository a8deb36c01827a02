"""Progress over HTTP: one file per resource."""

from lyceum.progress.api.courses import router as courses
from lyceum.progress.api.heartbeats import router as heartbeats

ROUTERS = (courses, heartbeats)
