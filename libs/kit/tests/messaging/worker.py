"""A worker for the tests to kill: consumes until it meets the message that kills it."""

import asyncio
import os
import signal
import sys

from kit.database import Database
from kit.messaging import Delivery, Subscriptions, WorkerContext, run_messaging
from kit.settings import ServiceSettings

from libs.kit.tests.messaging.house import DELAYS, SERVICE, SomethingHappened, note

subscriptions = Subscriptions(SERVICE)


@subscriptions.long(SomethingHappened, concurrency=10)
async def handle(context: WorkerContext, event: SomethingHappened, delivery: Delivery) -> None:
    sys.stdout.write(f"{event.key}\n")
    sys.stdout.flush()
    if event.key == "killer":
        await asyncio.sleep(0.05)
        os.kill(os.getpid(), signal.SIGKILL)
    if event.key == "slow":
        await asyncio.sleep(3)  # until it is killed
    async with context.database.transaction() as session:
        await note(session, event.key)


async def main() -> None:
    settings = ServiceSettings(
        environment="test",
        port=0,
        ops_port=0,
        database_url=os.environ["DATABASE_URL"],
        amqp_url=os.environ["AMQP_URL"],
        jwks_url="http://127.0.0.1/",
    )
    database = Database(settings)
    async with run_messaging(
        service=SERVICE,
        database=database,
        amqp_url=settings.amqp_url,
        subscriptions=subscriptions,
        delays=DELAYS,
        relay=False,
    ):
        await asyncio.Event().wait()


asyncio.run(main())
