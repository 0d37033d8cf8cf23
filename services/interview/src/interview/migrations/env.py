from interview.models import Base
from kit.migrations import run

run(Base.metadata, schema="interview")
