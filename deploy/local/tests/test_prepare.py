from pathlib import Path

import asyncpg
from kit.ai import AISettings
from kit.provision import provision
from local_stack.ai_in_use import AiSettings, sentence, speech_sentence
from local_stack.postgres import PrivatePostgres
from pydantic import SecretStr


async def test_the_database_is_unicode_on_a_server_whose_default_is_not(directory: Path) -> None:
    async with PrivatePostgres(directory, fsync=False) as server:
        admin = await asyncpg.connect(server.url)
        for statement in (
            "ALTER DATABASE template1 IS_TEMPLATE false",
            "DROP DATABASE template1",
            "CREATE DATABASE template1 TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'",
        ):
            await admin.execute(statement)
        await admin.close()
        await provision(server.url, "product", {"auth": "password"})
        product = await asyncpg.connect(server.url.rpartition("/")[0] + "/product")
        assert await product.fetchval("SHOW server_encoding") == "UTF8"
        assert (
            await product.fetchval("""SELECT '{"said": "\\u201cna\\u00efve\\u201d"}'::jsonb ->> 'said'""") == "“naïve”"
        )
        await product.close()


def test_the_ai_in_use_is_named() -> None:
    assert "needs no key" in sentence(AISettings(gemini_api_key=None))
    settings = AISettings(
        gemini_api_key=SecretStr("k"), gemini_model="gemini-test", gemini_base_url="http://127.0.0.1:1"
    )
    assert sentence(settings) == "Gemini, model gemini-test at http://127.0.0.1:1"


def test_whoever_listens_is_named() -> None:
    def said(speech: str, key: str | None = None) -> str:
        return speech_sentence(AiSettings.model_validate({"speech": speech, "gemini_api_key": key}))

    assert said("auto", "k").startswith("Google Gemini")
    assert said("gemini", "k").startswith("Google Gemini")
    assert said("gemini").startswith("Gemini is asked for, but there is no GEMINI_API_KEY")
    assert said("off", "k").startswith("turned off; browsers use their own engine")
    assert "Whisper" in said("whisper", "k")


def test_google_does_not_listen_when_another_ai_is_chosen() -> None:
    given = {"speech": "auto", "gemini_api_key": "k", "openai_api_key": "k", "openai_model": "m"}
    for provider in ("openai", "offline"):
        assert "Google" not in speech_sentence(AiSettings.model_validate({**given, "ai_provider": provider}))
    chosen = AiSettings.model_validate({**given, "ai_provider": "openai"})
    assert sentence(chosen) == "the OpenAI-compatible server at https://api.openai.com/v1, model m"
