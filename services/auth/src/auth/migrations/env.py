from auth.models import metadata
from kit.migrations import run

run(metadata, schema="auth")
