from lyceum.auth.models.model import metadata
from lyceum.runtime import migrations

migrations.run(metadata)
