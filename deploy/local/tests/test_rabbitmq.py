from pathlib import Path
from urllib.parse import urlsplit

import aio_pika
import httpx2
import pytest
from local_stack import rabbitmq_install
from local_stack.errors import StackError
from local_stack.inspection import alive, listening, processes_about
from local_stack.rabbitmq import PrivateRabbitMQ


async def test_a_message_survives_a_restart_and_nothing_outlives_a_stop(directory: Path) -> None:
    async with PrivateRabbitMQ(directory) as first:
        connection = await aio_pika.connect(first.url)
        async with connection:
            channel = await connection.channel()
            queue = await channel.declare_queue("kept", durable=True, arguments={"x-queue-type": "quorum"})
            message = aio_pika.Message(b"still here", delivery_mode=aio_pika.DeliveryMode.PERSISTENT)
            await channel.default_exchange.publish(message, "kept")
        async with httpx2.AsyncClient() as client:
            answer = await client.get(f"{first.management_url}/api/overview")
        assert answer.status_code == 200
        epmd = int((directory / "rabbitmq" / "epmd.pid").read_text())
        addresses = {address for pid in (first.pid, epmd) for address, _ in listening(pid)}
        assert addresses
        assert all(address.is_loopback for address in addresses)
        assert len(listening(first.pid)) == 3, "AMQP, management and the distribution port"
        with pytest.raises(StackError, match="in use"):
            await PrivateRabbitMQ(directory).start()
        pid = first.pid
    assert not alive(pid)
    assert not alive(epmd)
    assert processes_about(directory) == []
    async with PrivateRabbitMQ(directory) as second:
        assert second.url == first.url
        connection = await aio_pika.connect(second.url)
        async with connection:
            channel = await connection.channel()
            queue = await channel.get_queue("kept")
            received = await queue.get(timeout=10)
            assert received is not None
            assert received.body == b"still here"
            await received.ack()


async def test_its_files_tell_nobody_the_password(directory: Path) -> None:
    broker = PrivateRabbitMQ(directory, keep=False)
    async with broker:
        assert (directory / "rabbitmq" / "rabbitmq.conf").stat().st_mode & 0o077 == 0
        assert (directory / "rabbitmq" / ".erlang.cookie").stat().st_mode & 0o777 == 0o400
        commands = b"".join(Path(f"/proc/{pid}/cmdline").read_bytes() for pid in processes_about(directory))
        assert urlsplit(broker.url).password.encode() not in commands


async def test_no_broker_and_no_package_manager_says_what_to_do(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rabbitmq_install, "PLACES", ())
    monkeypatch.setenv("PATH", str(directory))
    with pytest.raises(StackError, match="AMQP_URL"):
        await PrivateRabbitMQ(directory).start()
