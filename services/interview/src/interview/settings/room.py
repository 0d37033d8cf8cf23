"""What the interview room offers."""

from typing import get_args

from pydantic import AliasChoices, Field, FiniteFloat
from pydantic_settings import BaseSettings

from interview.statements import Capture, DeploymentContext


class RoomSettings(BaseSettings):
    """What the room may capture, and when something it notices becomes a notice. All of it is shown to the candidate.

    The first values are those of feedback that people found fair: long enough for a glance at one's notes.
    """

    # Without the service's prefix: the same word counts for every service.
    deployment_context: DeploymentContext = Field(
        "personal",
        validation_alias=AliasChoices("DEPLOYMENT_CONTEXT", "deployment_context"),
        description="who runs this: personal practice, education or an employer; the last two look at no expressions",
    )
    captures: frozenset[Capture] = Field(
        frozenset(get_args(Capture)), description="what the room offers to capture with consent, as a JSON list"
    )
    monitoring_no_face_s: FiniteFloat = Field(4, gt=0, description="seconds without a face that make a notice")
    monitoring_several_faces_s: FiniteFloat = Field(2, gt=0, description="seconds with more faces than one")
    monitoring_looking_away_s: FiniteFloat = Field(5, gt=0, description="seconds with the face turned away")
    monitoring_looking_away_samples: int = Field(8, ge=1, description="pictures in a row that must agree on it")
    monitoring_looking_away_degrees: FiniteFloat = Field(
        12, gt=0, le=90, description="degrees away from the candidate's own baseline"
    )
    monitoring_page_hidden_s: FiniteFloat = Field(2, gt=0, description="seconds with the page hidden")
    monitoring_could_not_tell_s: FiniteFloat = Field(10, gt=0, description="seconds the picture could not be read")
    monitoring_baseline_s: FiniteFloat = Field(20, gt=0, description="seconds at the start that make the baseline")

    @property
    def offered_captures(self) -> frozenset[Capture]:
        """What is offered here: expressions only where a person practises for themselves."""
        if self.deployment_context == "personal":
            return self.captures
        return self.captures - {"expression_analysis"}

    def offers(self, capture: Capture) -> bool:
        """Tell whether a capture is offered here."""
        return capture in self.offered_captures
