from analysis.models import SCHEMA, Base
from kit.migrations import run

run(Base.metadata, schema=SCHEMA)
