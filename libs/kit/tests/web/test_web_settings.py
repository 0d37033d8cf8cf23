"""Settings come from prefixed variables, and production refuses secrets that everyone knows."""

from datetime import timedelta
from typing import Annotated, Any

import pytest
from kit.ids import new_id
from kit.logs import describe_exception, hashed
from kit.settings import PositiveSeconds, ServiceSettings, settings_config
from kit.text import CleanText
from pydantic import BaseModel, SecretStr, ValidationError
from sqlalchemy.exc import IntegrityError


class Settings(ServiceSettings):
    model_config = settings_config("SOME_")

    port: int = 1
    ops_port: int = 2
    pepper: SecretStr = SecretStr("kx0-some-long-random-thing")
    lease: PositiveSeconds = timedelta(seconds=20)


GOOD = {
    "SOME_DATABASE_URL": "postgresql://some:s3-long-and-random@db:5432/kit",
    "SOME_AMQP_URL": "amqp://some:s3-long-and-random@mq:5672/",
    "SOME_JWKS_URL": "http://auth/.well-known/jwks.json",
}


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch) -> Any:
    def set_all(**changes: str) -> None:
        for name, value in (GOOD | changes).items():
            monkeypatch.setenv(name, value)

    return set_all


def test_variables_are_prefixed(env: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    env(SOME_DATABASE_STATEMENT_TIMEOUT="1.5", SOME_SHUTDOWN_DELAY="PT3S")
    monkeypatch.setenv("DATABASE_URL", "postgresql://other:x@other/other")
    settings = Settings()
    assert settings.database_url.hosts()[0]["host"] == "db"
    assert settings.database_statement_timeout == timedelta(seconds=1.5)
    assert settings.shutdown_delay == timedelta(seconds=3)


@pytest.mark.parametrize("lease", ["0", "-1", "PT0S", "soon", "nan", "inf"])
def test_interval_is_a_positive_number_of_seconds(env: Any, lease: str) -> None:
    env(SOME_LEASE="0.25", SOME_SHUTDOWN_DELAY="0")
    assert Settings().lease == timedelta(seconds=0.25)
    env(SOME_LEASE=lease)
    with pytest.raises(ValidationError):
        Settings()


def test_unprefixed_variables_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in GOOD.items():
        monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv(name.removeprefix("SOME_"), value)
    with pytest.raises(ValidationError):
        Settings()


@pytest.mark.parametrize(
    "change",
    [
        {"SOME_DATABASE_URL": "postgresql://some:changeme@db/kit"},
        {"SOME_DATABASE_URL": "postgresql://some:Change-Me@db/kit"},
        {"SOME_DATABASE_URL": "postgresql://some@db/kit"},
        {"SOME_DATABASE_URL": "postgresql://some:%70assword@db/kit"},
        {"SOME_AMQP_URL": "amqp://guest:guest@mq/"},
        {"SOME_PEPPER": ""},
        {"SOME_PEPPER": "secret"},
    ],
)
def test_production_refuses_placeholder_secrets(env: Any, change: dict[str, str]) -> None:
    env(SOME_ENVIRONMENT="production")
    Settings()
    env(SOME_ENVIRONMENT="production", **change)
    with pytest.raises(ValidationError) as refused:
        Settings()
    message = str(refused.value)
    assert next(iter(change)).removeprefix("SOME_").lower() in message
    env(SOME_ENVIRONMENT="development", **change)
    Settings()


def test_bad_values_are_not_printed(env: Any) -> None:
    env(SOME_DATABASE_URL="mysql://some:hunter2@db/kit")
    with pytest.raises(ValidationError) as refused:
        Settings()
    assert "hunter2" not in str(refused.value)
    assert "hunter2" not in repr(refused.value)


def test_secrets_are_not_in_the_repr(env: Any) -> None:
    env()
    assert "s3-long-and-random" not in repr(Settings())


class Named(BaseModel):
    name: Annotated[str, CleanText(1, 5)]


@pytest.mark.parametrize("name", ["", "   ", "toolong", "a\0b", "\ud800", "\udfff x", 5, None])
def test_unclean_text_is_refused(name: object) -> None:
    with pytest.raises(ValidationError):
        Named.model_validate({"name": name})


@pytest.mark.parametrize(("given", "kept"), [("  ab ", "ab"), ("😀" * 5, "😀" * 5), ("a\nb", "a\nb")])
def test_clean_text_is_kept(given: str, kept: str) -> None:
    assert Named(name=given).name == kept
    assert Named.model_json_schema()["properties"]["name"]["maxLength"] == 5


def test_logged_exception_does_not_quote_data() -> None:
    try:
        try:
            Named(name="hunter2 too long")
        except ValidationError as error:
            raise IntegrityError("INSERT", {"email": "hunter2"}, Exception("Key (email)=(hunter2) exists")) from error
    except IntegrityError as error:
        described = describe_exception(error)
    assert "hunter2" not in str(described)
    assert [part["type"].rpartition(".")[2] for part in described] == ["IntegrityError", "ValidationError"]


def test_users_are_pseudonyms_in_logs() -> None:
    user = new_id()
    assert hashed(user) == hashed(user) != hashed(new_id())
    assert str(user) not in hashed(user)
