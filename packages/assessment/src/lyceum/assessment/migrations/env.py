from lyceum.assessment.models.model import metadata
from lyceum.runtime import migrations

migrations.run(metadata)
