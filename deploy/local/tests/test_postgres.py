import os
import signal
import socket
import subprocess
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from local_stack import children, postgres
from local_stack.errors import StackError
from local_stack.inspection import alive, listening
from local_stack.postgres import PrivatePostgres

LEAVE_RUNNING = """
import asyncio, sys, time
from pathlib import Path
from local_stack.postgres import PrivatePostgres

async def main():
    async with PrivatePostgres(Path(sys.argv[1]), fsync=False) as postgres:
        print(postgres.pid, flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
"""


async def execute(url: str, statement: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetch(statement)
    finally:
        await connection.close()


async def test_data_password_and_port_stay_from_one_run_to_the_next(directory: Path) -> None:
    async with PrivatePostgres(directory, fsync=False) as first:
        await execute(first.url, "CREATE TABLE kept AS SELECT 42 AS answer")
    async with PrivatePostgres(directory, fsync=False) as second:
        assert second.url == first.url
        assert [row["answer"] for row in await execute(second.url, "SELECT answer FROM kept")] == [42]


async def test_it_is_durable_unless_told_otherwise(directory: Path) -> None:
    async with PrivatePostgres(directory) as server:
        settings = "SELECT current_setting('fsync') || current_setting('synchronous_commit') AS both"
        assert [row["both"] for row in await execute(server.url, settings)] == ["onon"]


async def test_it_listens_on_loopback_only_and_wants_the_password(directory: Path) -> None:
    async with PrivatePostgres(directory, fsync=False) as server:
        port = int(server.url.rpartition(":")[2].partition("/")[0])
        assert listening(server.pid) == {(ip_address("127.0.0.1"), port)}
        assert not list(directory.rglob(".s.PGSQL*"))
        with pytest.raises(asyncpg.InvalidPasswordError):
            await execute(f"postgresql://postgres:guess@127.0.0.1:{port}/postgres", "SELECT 1")
    assert directory.stat().st_mode & 0o777 == 0o700


async def test_stopping_ends_sessions_and_the_server(directory: Path) -> None:
    async with PrivatePostgres(directory, fsync=False) as server:
        pid = server.pid
        connection = await asyncpg.connect(server.url)
    assert not alive(pid)
    connection.terminate()
    assert not (directory / "postgres" / "data" / "postmaster.pid").exists()


async def test_a_pid_file_that_names_a_stranger_is_no_obstacle(directory: Path) -> None:
    async with PrivatePostgres(directory, fsync=False):
        pass
    # After a power cut the noted id may belong to anybody, here to the running tests.
    data = directory / "postgres" / "data"
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n1700000000\n5432\n\n\n", encoding="ascii")
    async with PrivatePostgres(directory, fsync=False) as server:
        assert await execute(server.url, "SELECT 1")


async def test_a_server_of_a_killed_run_is_followed_without_loss(directory: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", LEAVE_RUNNING, str(directory)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        pid = int(other.stdout.readline())
        with pytest.raises(StackError, match=f"process {other.pid}"):
            await PrivatePostgres(directory, fsync=False).start()
        assert alive(pid)
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
    async with PrivatePostgres(directory, fsync=False) as server:
        assert server.pid != pid
        assert not alive(pid)
        assert await execute(server.url, "SELECT 1")


async def test_a_taken_port_is_replaced(directory: Path) -> None:
    async with PrivatePostgres(directory, fsync=False) as server:
        first = server.url
    with socket.create_server(("127.0.0.1", int(first.rpartition(":")[2].partition("/")[0]))):
        async with PrivatePostgres(directory, fsync=False) as server:
            assert server.url != first
            assert await execute(server.url, "SELECT 1")


async def test_half_a_cluster_is_made_anew(directory: Path) -> None:
    leftover = directory / "postgres" / "data.new"
    leftover.mkdir(parents=True)
    (leftover / "PG_VERSION").write_text("18\n", encoding="ascii")
    async with PrivatePostgres(directory, fsync=False) as server:
        assert await execute(server.url, "SELECT 1")
    assert not leftover.exists()


async def test_data_of_another_version_is_left_alone_and_named(directory: Path) -> None:
    data = directory / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("12\n", encoding="ascii")
    with pytest.raises(StackError, match="made by PostgreSQL 12"):
        await PrivatePostgres(directory).start()
    assert (data / "PG_VERSION").exists()


async def test_a_lost_password_is_named(directory: Path) -> None:
    async with PrivatePostgres(directory, fsync=False):
        pass
    (directory / "secrets" / "postgres-password").unlink()
    with pytest.raises(StackError, match="another password"):
        await PrivatePostgres(directory, fsync=False).start()


async def test_no_postgresql_at_all_says_what_to_install(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "installations", lambda: iter([Path("/nowhere")]))
    with pytest.raises(StackError, match="DATABASE_URL"):
        await PrivatePostgres(directory).start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
@pytest.mark.parametrize("mode", [0o755, 0o700])
async def test_root_without_user_namespaces_becomes_another_user(
    directory: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, mode: int
) -> None:
    really = children.run

    async def without_namespaces(*command: Any, user: str = "", **rest: Any) -> int:
        return 1 if user == children.NAMESPACE else await really(*command, user=user, **rest)

    monkeypatch.setattr(children, "run", without_namespaces)
    # A checkout that everybody may enter, and one that is root's alone.
    for above in directory.parents:
        if above.is_relative_to(tmp_path_factory.getbasetemp().parent):
            above.chmod(mode)
    async with PrivatePostgres(directory, fsync=False) as server:
        assert Path(f"/proc/{server.pid}").stat().st_uid != 0
        assert await execute(server.url, "SELECT 1")
        assert (directory / "secrets").stat().st_mode & 0o777 == 0o700
        await execute(server.url, "CREATE TABLE kept AS SELECT 1 AS one")
    monkeypatch.undo()
    async with PrivatePostgres(directory, fsync=False) as server:
        assert await execute(server.url, "SELECT one FROM kept"), "and back in a namespace"


async def test_its_end_is_noticed(directory: Path) -> None:
    server = PrivatePostgres(directory, fsync=False)
    await server.start()
    try:
        os.kill(server.pid, signal.SIGQUIT)
        await server.wait()
        assert not alive(server.pid)
    finally:
        await server.stop()
    async with server:
        assert await execute(server.url, "SELECT 1")
