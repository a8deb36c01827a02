"""Assessment over HTTP: one file per resource."""

from lyceum.assessment.api.attempts import router as attempts
from lyceum.assessment.api.authoring import router as authoring

ROUTERS = (attempts, authoring)
