from admin.models import metadata
from kit.migrations import run

run(metadata, schema="admin")
