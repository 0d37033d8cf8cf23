"""One role per service: it can do everything in its own schema and nothing anywhere else."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from kit.provision import CONNECTION_LIMIT, main, provision, role_of

SERVICES = ("alpha", "beta")
PASSWORD = 'it\'s 100% "odd" \\ пароль'


@pytest_asyncio.fixture(scope="module")
async def names() -> dict[str, str]:
    run = secrets.token_hex(4)
    database = f"kit_{run}"
    roles = {f"{service}_role": role_of(service, database) for service in SERVICES}
    return {"database": database, "alpha": "alpha", "beta": "beta", **roles}


@pytest_asyncio.fixture(scope="module")
async def provisioned(postgres: str, names: dict[str, str]) -> AsyncIterator[dict[str, str]]:
    passwords = {names[s]: PASSWORD for s in SERVICES}
    await provision(postgres, names["database"], passwords)
    yield names
    admin = await asyncpg.connect(postgres)
    await admin.execute(f'DROP DATABASE "{names["database"]}" WITH (FORCE)')
    for service in SERVICES:
        await admin.execute(f'DROP ROLE "{names[f"{service}_role"]}"')
    await admin.close()


async def connect(postgres: str, names: dict[str, str], service: str) -> "asyncpg.Connection[Any]":
    return await asyncpg.connect(postgres, user=names[f"{service}_role"], password=PASSWORD, database=names["database"])


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM {beta}.notes",
        "INSERT INTO {beta}.notes VALUES (1)",
        "UPDATE {beta}.notes SET n = 2",
        "DELETE FROM {beta}.notes",
        "TRUNCATE {beta}.notes",
        "DROP TABLE {beta}.notes",
        "ALTER TABLE {beta}.notes ADD COLUMN m int",
        "CREATE TABLE {beta}.mine (n int)",
        "CREATE TABLE public.mine (n int)",
        "CREATE SCHEMA mine",
        "CREATE TEMP TABLE mine (n int)",
        "CREATE DATABASE mine",
        "CREATE ROLE mine",
        "CREATE EXTENSION file_fdw",
        "SET ROLE {beta_role}",
        "ALTER ROLE {beta_role} PASSWORD 'x'",
        "GRANT ALL ON {beta}.notes TO {alpha_role}",
        "SELECT * FROM pg_shadow",
        "SELECT pg_read_file('/etc/passwd')",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{beta_role}'",
    ],
)
async def test_role_is_kept_out(postgres: str, provisioned: dict[str, str], statement: str) -> None:
    other = await connect(postgres, provisioned, "beta")
    await other.execute("CREATE TABLE IF NOT EXISTS notes (n int)")
    mine = await connect(postgres, provisioned, "alpha")
    try:
        with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.FeatureNotSupportedError)):
            await mine.execute(statement.format(**provisioned))
    finally:
        await mine.close()
        await other.close()


async def test_role_owns_its_schema(postgres: str, provisioned: dict[str, str]) -> None:
    mine = await connect(postgres, provisioned, "alpha")
    try:
        await mine.execute("CREATE TABLE own (n int)")
        where = await mine.fetchval("SELECT schemaname FROM pg_tables WHERE tablename = 'own'")
        assert where == provisioned["alpha"]
        await mine.execute("DROP TABLE own")
    finally:
        await mine.close()


async def test_again_and_at_once_is_the_same_as_once(postgres: str, provisioned: dict[str, str]) -> None:
    passwords = {provisioned[s]: PASSWORD for s in SERVICES}
    await asyncio.gather(*(provision(postgres, provisioned["database"], passwords) for _ in range(5)))
    mine = await connect(postgres, provisioned, "alpha")
    limit = await mine.fetchval("SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user")
    await mine.close()
    assert limit == CONNECTION_LIMIT


async def test_new_password_replaces_the_old(postgres: str, provisioned: dict[str, str]) -> None:
    service = provisioned["beta"]
    await provision(postgres, provisioned["database"], {service: "new"})
    connection = await asyncpg.connect(
        postgres, user=provisioned["beta_role"], password="new", database=provisioned["database"]
    )
    await connection.close()
    await provision(postgres, provisioned["database"], {service: PASSWORD})


@pytest.mark.parametrize("name", ["", "a b", 'a"b', "A", "1a", "a;drop", "x" * 64, "pg_"])
async def test_odd_names_are_refused(postgres: str, name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        await provision(postgres, name, {})
    with pytest.raises(ValueError, match="not a name"):
        await provision(postgres, "fine", {name: "x"})


def test_command_says_what_is_missing(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PROVISION_ADMIN_URL", raising=False)
    assert main(["auth"]) == 2
    assert "PROVISION_ADMIN_URL, PROVISION_DATABASE, AUTH_DATABASE_PASSWORD" in capsys.readouterr().err
