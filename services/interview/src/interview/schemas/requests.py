"""What all request bodies have in common."""

from pydantic import BaseModel, ConfigDict


class Request(BaseModel):
    """A request body; a misspelt field is an error, not a default."""

    model_config = ConfigDict(extra="forbid")
