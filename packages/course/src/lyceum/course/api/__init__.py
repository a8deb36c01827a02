"""Course over HTTP: one file per resource."""

from lyceum.course.api.assets import router as assets
from lyceum.course.api.catalogue import router as catalogue
from lyceum.course.api.content import router as content
from lyceum.course.api.courses import router as courses
from lyceum.course.api.drafts import router as drafts
from lyceum.course.api.enrolments import router as enrolments
from lyceum.course.api.transfers import router as transfers
from lyceum.course.api.versions import router as versions

ROUTERS = (catalogue, courses, drafts, versions, content, assets, enrolments, transfers)
