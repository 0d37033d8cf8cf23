"""How the catalogue is shown."""

from urllib.parse import urlsplit

from kit.ai.settings import OPENAI_URL

from interview import bank
from interview.planner import kinds_for
from interview.schemas import catalogue as schemas
from interview.settings import InterviewSettings


def catalogue_view(settings: InterviewSettings) -> schemas.Catalogue:
    """Return what a candidate chooses from, and which engine is at work."""
    known = bank.catalogue()
    competencies = {
        competency.id: schemas.Competency(id=competency.id, label=competency.label, description=competency.description)
        for competency in known.competencies
    }
    return schemas.Catalogue(
        families=[schemas.Family(id=family.id, label=family.title) for family in known.families],
        roles=[
            schemas.Role(
                id=role.id,
                title=role.title,
                summary=role.summary,
                family=role.family,
                aliases=list(role.aliases),
                competencies=[competencies[competency] for competency in role.competencies],
                kinds=list(kinds_for(role)),
            )
            for role in known.roles
        ],
        competencies=list(competencies.values()),
        levels=[
            schemas.Level(id=level.id, label=level.label, years=level.years, expectation=level.expectation)
            for level in known.levels
        ],
        engine=_engine_view(settings),
        question_count=schemas.QuestionCount(),
    )


def _engine_view(settings: InterviewSettings) -> schemas.Engine:
    """Name whoever is sent the answers, by the same rule that chooses the model."""
    match settings.ai_in_use:
        case "gemini":
            model, label = settings.gemini_model, f"Google Gemini ({settings.gemini_model})"
            return schemas.Engine(provider="gemini", model=model, label=label)
        case "openai":
            place = urlsplit(settings.openai_base_url).hostname or "another server"
            vendor = settings.openai_base_url == OPENAI_URL
            label = f"OpenAI ({settings.openai_model})" if vendor else f"{settings.openai_model} on {place}"
            return schemas.Engine(provider="openai", model=settings.openai_model, label=label)
        case None:
            return schemas.Engine(provider="offline", model=None, label="Built-in engine, no AI service")
