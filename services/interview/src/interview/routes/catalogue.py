"""What a candidate can choose from. Public: it is on the first page."""

from fastapi import APIRouter

from interview.routes.parameters import Settings
from interview.schemas.catalogue import Catalogue
from interview.views.catalogue import catalogue_view

router = APIRouter(tags=["catalogue"])


@router.get("/catalog")
async def read_catalog(settings: Settings) -> Catalogue:
    """Return families, roles, levels, the engine at work and how many questions there may be."""
    return catalogue_view(settings)
