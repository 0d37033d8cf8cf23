import httpx2
from interview.bank import questions
from interview.schemas.catalogue import MOST_QUESTIONS
from interview.settings import InterviewSettings

from services.interview.tests.fixtures import Opening


async def test_catalogue_needs_no_account_and_names_the_engine(client: httpx2.AsyncClient) -> None:
    response = await client.get("/catalog")
    catalogue = response.json()
    assert response.status_code == 200
    assert len(catalogue["roles"]) >= 24
    assert len(catalogue["families"]) == 6
    assert [level["id"] for level in catalogue["levels"]] == ["intern", "junior", "mid", "senior", "staff-lead"]
    assert catalogue["engine"] == {
        "provider": "offline",
        "model": None,
        "label": "Built-in engine, no AI service",
    }
    assert catalogue["question_count"] == {"min": 3, "max": MOST_QUESTIONS, "default": 5}


async def test_roles_come_with_family_and_described_competencies(client: httpx2.AsyncClient) -> None:
    catalogue = (await client.get("/catalog")).json()
    families = {family["id"] for family in catalogue["families"]}
    for role in catalogue["roles"]:
        assert role["family"] in families
        assert all(competency["label"] and competency["description"] for competency in role["competencies"])


async def test_every_competency_that_a_question_looks_for_has_a_name(client: httpx2.AsyncClient) -> None:
    catalogue = (await client.get("/catalog")).json()
    named = {competency["id"] for competency in catalogue["competencies"]}
    assert {question.competency for question in questions()} <= named
    assert {competency["id"] for role in catalogue["roles"] for competency in role["competencies"]} <= named


async def test_engine_is_the_server_that_is_asked_even_when_there_is_a_key_for_another(
    opened: Opening, with_gemini: InterviewSettings
) -> None:
    named = {"openai_base_url": "http://ai.example:11434/v1", "openai_model": "small-instruct"}
    async with opened(gemini_api_key=with_gemini.gemini_api_key, ai_provider="openai", **named) as client:
        engine = (await client.get("/catalog")).json()["engine"]
    assert (engine["provider"], engine["model"]) == ("openai", "small-instruct")
    assert "ai.example" in engine["label"]


async def test_engine_is_gemini_when_there_is_a_key(opened: Opening, with_gemini: InterviewSettings) -> None:
    async with opened(gemini_api_key=with_gemini.gemini_api_key) as client:
        engine = (await client.get("/catalog")).json()["engine"]
    assert engine["provider"] == "gemini"
    assert engine["model"] == with_gemini.gemini_model
    assert with_gemini.gemini_model in engine["label"]
