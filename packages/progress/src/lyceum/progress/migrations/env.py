from lyceum.progress.models.model import metadata
from lyceum.runtime import migrations

migrations.run(metadata)
