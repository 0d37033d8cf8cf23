"""What a candidate is asked to agree to, word by word."""

from interview.statements.loader import statements
from interview.statements.models import Capture, DeploymentContext, Statement, TranscribedBy

__all__ = ["Capture", "DeploymentContext", "Statement", "TranscribedBy", "statements"]
