"""Dead letters can be counted, looked at and sent again."""

import asyncio

import pytest
from kit.ids import new_id
from kit.messaging import dead_letters
from kit.messaging.redrive import main
from sqlalchemy.ext.asyncio import AsyncSession

from libs.kit.tests.messaging.house import House, SomethingHappened, note


async def fill(house: House) -> dict[str, bool]:
    """Let three messages die of a fault and one of itself."""
    healthy = {"value": False}

    @house.subscriptions.on(SomethingHappened, max_attempts=1)
    async def handle(session: AsyncSession, event: SomethingHappened) -> None:
        if not healthy["value"] or event.key == "poison":
            raise RuntimeError("no")
        await note(session, event.key)

    return healthy


async def test_redrive_sends_again_one_at_a_time(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    healthy = await fill(house)
    async with house.running() as messaging:
        await house.ready(messaging)
        await house.tell("a", "poison", "b", "c")

        await house.has_depth(f"{house.queue}.dead", 4)
        assert await dead_letters.count(house.direct_amqp_url, [house.queue, "nobody.knows"]) == {
            house.queue: 4,
            "nobody.knows": 0,
        }
        letters = await dead_letters.peek(house.direct_amqp_url, house.queue)
        assert {letter.subject for letter in letters} == {"a", "b", "c", "poison"}
        assert {letter.reason for letter in letters} == {"attempts-exhausted"}
        await house.has_depth(f"{house.queue}.dead", 4)
        healthy["value"] = True
        monkeypatch.setenv("KIT_MESSAGING_AMQP_URL", house.direct_amqp_url)
        assert await asyncio.to_thread(main, [house.queue]) == 0
        assert capsys.readouterr().out.endswith(f"4 sent again to {house.queue}\n")
        await house.all_done("a", "b", "c")

        await house.has_depth(f"{house.queue}.dead", 1)
    assert await house.effects() == {"a": 1, "b": 1, "c": 1}


async def test_redrive_together_respects_the_limit(house: House) -> None:
    healthy = await fill(house)
    async with house.running() as messaging:
        await house.ready(messaging)
        await house.tell("a", "b", "c")

        await house.has_depth(f"{house.queue}.dead", 3)
        healthy["value"] = True
        assert await dead_letters.redrive(house.direct_amqp_url, house.queue, limit=2, together=True) == 2

        async def are_two() -> bool:
            return len(await house.effects()) >= 2

        await house.eventually(are_two)
        await asyncio.sleep(0.5)
        assert len(await house.effects()) == 2
        assert await dead_letters.redrive(house.direct_amqp_url, house.queue, together=True) == 1
        await house.all_done("a", "b", "c")


async def test_message_without_a_handler_dies_with_its_reason(house: House) -> None:
    healthy = await fill(house)
    healthy["value"] = True
    async with house.running() as messaging:
        await house.ready(messaging)
        async with house.channel() as channel:
            dead = await channel.declare_queue(
                "kit_messaging.retired.dead", durable=True, arguments={"x-queue-type": "quorum"}
            )
            await dead.bind("interview-kit.dead", "*.kit_messaging.retired")
            retry = await channel.get_exchange("interview-kit.retry")
            await retry.publish(house.message("a", new_id()), "suspect.kit_messaging.retired")

        await house.has_depth("kit_messaging.retired.dead", 1)


def test_redrive_needs_the_brokers_address(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nobody.knows"]) == 2
    assert capsys.readouterr().err == "NOBODY_AMQP_URL is not set\n"
