import asyncio
import os
import subprocess
import sys

import pytest
from auth.bootstrap import create_first_admin
from auth.errors import EmailTaken
from auth.models import Account, outbox
from auth.settings import AuthSettings
from kit.database import Database
from pydantic import SecretStr, ValidationError
from sqlalchemy import select

from .conftest import GOOD_PASSWORD, Door, log_in, sign_up


async def admins(database: Database) -> list[Account]:
    async with database.transaction() as session:
        return list(await session.scalars(select(Account).where(Account.role == "admin")))


async def test_first_admin_is_created_and_can_log_in(door: Door, settings: AuthSettings, database: Database) -> None:
    created = await create_first_admin(settings)
    assert created is not None
    password = created.password.get_secret_value()
    assert len(password) == 20
    async with door() as client:
        response = await log_in(client, created.email, password)
    assert response.json()["user"]["role"] == "admin"
    async with database.transaction() as session:
        row = (await session.execute(select(outbox))).one()
    assert row.event_type == "auth.user_registered.v1"
    assert '"role":"admin"' in row.body


async def test_only_the_first_is_created(settings: AuthSettings, database: Database) -> None:
    created = await asyncio.gather(*(create_first_admin(settings) for _ in range(4)))
    assert sum(found is not None for found in created) == 1
    assert len(await admins(database)) == 1
    assert await create_first_admin(settings.model_copy(update={"admin_email": "other@example.com"})) is None


async def test_given_credentials_are_used(door: Door, settings: AuthSettings) -> None:
    given = {"admin_email": "Root@Example.com", "admin_password": SecretStr(GOOD_PASSWORD)}
    await create_first_admin(settings.model_copy(update=given))
    async with door() as client:
        assert (await log_in(client, "root@example.com")).json()["user"]["role"] == "admin"


async def test_weak_given_password_is_refused(settings: AuthSettings, database: Database) -> None:
    for password in ("password1", "short"):
        with pytest.raises(ValidationError):
            await create_first_admin(settings.model_copy(update={"admin_password": SecretStr(password)}))
    assert await admins(database) == []


async def test_candidate_is_not_promoted(door: Door, settings: AuthSettings, database: Database) -> None:
    async with door() as client:
        await sign_up(client)
    with pytest.raises(EmailTaken):
        await create_first_admin(settings.model_copy(update={"admin_email": "ada@example.com"}))
    assert await admins(database) == []


def test_command_prints_generated_credentials_once(settings: AuthSettings, clean_tables: None) -> None:
    environment = os.environ | {
        "AUTH_DATABASE_URL": str(settings.database_url),
        "AUTH_AMQP_URL": settings.amqp_url,
        "AUTH_ADMIN_EMAIL": "root@example.com",
        "AUTH_ADMIN_PASSWORD": "",
    }
    command = [sys.executable, "-m", "auth.bootstrap"]
    first = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert "root@example.com" in first.stdout
    assert "shown this once" in first.stdout
    second = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert second.stdout.strip() == "There is an administrator already."
    refused = subprocess.run(
        command, env=environment | {"AUTH_ADMIN_PASSWORD": "password1"}, capture_output=True, text=True, check=False
    )
    assert refused.returncode == 1
    assert "password1" not in refused.stdout + refused.stderr
