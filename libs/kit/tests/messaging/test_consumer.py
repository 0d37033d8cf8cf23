"""Every message has one effect or one place among the dead letters, whatever fails."""

import asyncio
from datetime import timedelta

import aio_pika
import pytest
import sqlalchemy as sa
from kit.ids import new_id
from kit.messaging import Delivery, Reject, WorkerContext
from kit.messaging.envelope import ATTEMPT_HEADER
from kit.messaging.settling import DETAIL_HEADER, QUEUE_HEADER, REASON_HEADER
from kit.testing.brokers import TestBroker
from sqlalchemy.ext.asyncio import AsyncSession

from libs.kit.tests.messaging.house import SERVICE, House, SomethingHappened, note


async def test_second_delivery_changes_nothing(house: House) -> None:
    @house.subscriptions.on(SomethingHappened)
    async def handle(session: AsyncSession, event: SomethingHappened) -> None:
        await note(session, event.key)

    async with house.running() as messaging:
        await house.ready(messaging)
        await house.post(house.message("a", new_id()), times=5)
        await house.post(house.message("b", new_id()))
        await house.all_done("a", "b")

        await house.has_depth(house.queue, 0)
    assert await house.effects() == {"a": 1, "b": 1}
    assert await house.depth(f"{house.queue}.dead") == 0


async def test_failure_is_tried_again_and_leaves_no_trace(house: House) -> None:
    attempts: list[float] = []

    @house.subscriptions.on(SomethingHappened)
    async def handle(session: AsyncSession, event: SomethingHappened) -> None:
        attempts.append(asyncio.get_running_loop().time())
        await note(session, event.key)
        if len(attempts) < 3:
            raise RuntimeError("not yet")

    async with house.running() as messaging:
        await house.ready(messaging)
        await house.tell("a")
        await house.all_done("a")
    assert await house.effects() == {"a": 1}
    assert attempts[1] - attempts[0] >= 0.05
    assert attempts[2] - attempts[1] >= 0.1


async def test_attempts_end_among_the_dead_letters(house: House) -> None:
    deliveries = []

    @house.subscriptions.long(SomethingHappened, max_attempts=3)
    async def handle(context: WorkerContext, event: SomethingHappened, delivery: Delivery) -> None:
        deliveries.append((delivery.attempt, delivery.is_last))
        raise RuntimeError("never")

    async with house.running() as messaging:
        await house.ready(messaging)
        (message_id,) = await house.tell("a")
        (letter,) = await house.dead()
    assert deliveries == [(1, False), (2, False), (3, True)]
    assert letter.message_id == str(message_id)
    assert letter.headers[REASON_HEADER] == "attempts-exhausted"
    assert letter.headers[QUEUE_HEADER] == house.queue
    assert letter.headers[ATTEMPT_HEADER] == 3


async def test_rejected_message_dies_at_once(house: House) -> None:
    calls = []

    @house.subscriptions.on(SomethingHappened)
    async def handle(session: AsyncSession, event: SomethingHappened) -> None:
        calls.append(event.key)
        raise Reject("the interview is gone")

    async with house.running() as messaging:
        await house.ready(messaging)
        await house.tell("a")
        (letter,) = await house.dead()
    assert calls == ["a"]
    assert letter.headers[REASON_HEADER] == "rejected"
    assert letter.headers[DETAIL_HEADER] == "the interview is gone"


POISON = {
    "not-json": [b"", b"{", b"\xff\xfe", b"[" * 100_000],
    "not-a-cloudevent": [b"[]", b"null", b'{"specversion":"0.3"}', b'{"specversion":"1.0","id":"x"}'],
}


async def test_poison_dies_and_neighbours_live(house: House) -> None:
    @house.subscriptions.on(SomethingHappened)
    async def handle(session: AsyncSession, event: SomethingHappened) -> None:
        await note(session, event.key)

    poison = [(reason, aio_pika.Message(body)) for reason, bodies in POISON.items() for body in bodies]
    newer = house.message("newer", new_id(), event_type="kit_messaging.something_happened.v2")
    wrong = house.message("wrong", new_id())
    wrong.body = wrong.body.replace(b'"key":"wrong"', b'"key":7')
    poison += [("unknown-type", newer), ("wrong-data", wrong)]
    async with house.running() as messaging:
        await house.ready(messaging)
        for number, (_, message) in enumerate(poison):
            await house.post(message)
            await house.tell(str(number))
        await house.all_done(*(str(number) for number in range(len(poison))))
        letters = await house.dead(len(poison))
    assert sorted(str(letter.headers[REASON_HEADER]) for letter in letters) == sorted(reason for reason, _ in poison)
    assert {letter.headers[ATTEMPT_HEADER] for letter in letters} == {1}
    (detail,) = (letter.headers[DETAIL_HEADER] for letter in letters if letter.headers[REASON_HEADER] == "wrong-data")
    assert detail == "key: string_type"


@pytest.mark.parametrize("way", ["closed", "frozen"])
async def test_database_away_kills_no_message(house: House, way: str) -> None:
    attempts = []

    @house.subscriptions.on(SomethingHappened)
    async def handle(session: AsyncSession, event: SomethingHappened) -> None:
        attempts.append(event.key)
        await asyncio.sleep(0.05)
        await note(session, event.key)

    keys = [str(number) for number in range(60)]
    await house.tell(*keys)
    async with house.running() as messaging:
        await house.ready(messaging)
        for _ in range(2):  # once with the messages in hand, once while they come back
            if way == "closed":
                await house.database_proxy.down()
                await asyncio.sleep(1)
                await house.database_proxy.up()
            else:
                house.database_proxy.freeze()
                await asyncio.sleep(4)
                house.database_proxy.thaw()
            await asyncio.sleep(1)
        await house.all_done(*keys)
        assert await house.depth(f"{house.queue}.dead") == 0
    assert set((await house.effects()).values()) == {1}


async def test_slow_statement_is_the_messages_fault(house: House) -> None:
    @house.subscriptions.on(SomethingHappened, max_attempts=2)
    async def handle(session: AsyncSession, event: SomethingHappened) -> None:
        await session.execute(sa.text("SET LOCAL statement_timeout = '50ms'"))
        await session.execute(sa.text("SELECT pg_sleep(1)"))

    async with house.running() as messaging:
        await house.ready(messaging)
        await house.tell("a")
        (letter,) = await house.dead()
    assert letter.headers[REASON_HEADER] == "attempts-exhausted"


async def test_connections_stay_flat_through_a_broker_outage(house: House) -> None:
    @house.subscriptions.on(SomethingHappened)
    async def handle(session: AsyncSession, event: SomethingHappened) -> None:
        await note(session, event.key)

    async def connections() -> int:
        rows = await house.rows("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'house'")
        return int(rows[0][0])

    async with house.running() as messaging:
        await house.ready(messaging)
        early = [f"before {number}" for number in range(30)]
        await house.tell(*early)
        await house.all_done(*early)
        before = await connections()
        await house.broker_proxy.down()
        most = 0
        for number in range(10):
            await house.tell(f"meanwhile {number}")
            await asyncio.sleep(0.3)
            most = max(most, await connections())
        await house.broker_proxy.up()
        await house.all_done(*(f"meanwhile {number}" for number in range(10)))
        assert most <= before + 2
        assert await connections() <= before + 2


async def test_long_handler_outlives_the_connection_and_runs_once(house: House) -> None:
    calls = []
    may_end = asyncio.Event()

    @house.subscriptions.long(SomethingHappened)
    async def handle(context: WorkerContext, event: SomethingHappened, delivery: Delivery) -> None:
        calls.append(delivery.attempt)
        await may_end.wait()
        async with context.database.transaction() as session:
            await note(session, event.key)

    async with house.running() as messaging:
        await house.ready(messaging)
        await house.tell("a")

        async def has_begun() -> bool:
            return bool(calls)

        await house.eventually(has_begun)
        await house.broker_proxy.down()
        await asyncio.sleep(0.5)
        await house.broker_proxy.up()
        await house.ready(messaging)
        await asyncio.sleep(1)
        may_end.set()
        await house.all_done("a")
        await asyncio.sleep(0.5)
    assert calls == [1]
    assert await house.effects() == {"a": 1}
    assert await house.depth(house.queue) == 0


async def test_long_handlers_run_side_by_side_up_to_their_number(house: House) -> None:
    running = set()
    most = 0

    @house.subscriptions.long(SomethingHappened, concurrency=3)
    async def handle(context: WorkerContext, event: SomethingHappened, delivery: Delivery) -> None:
        nonlocal most
        running.add(event.key)
        most = max(most, len(running))
        await asyncio.sleep(0.1)
        running.discard(event.key)

    async with house.running() as messaging:
        await house.ready(messaging)
        await house.tell(*(str(number) for number in range(12)))

        async def are_settled() -> bool:
            return most == 3 and not running and await house.depth(house.queue) == 0

        await house.eventually(are_settled)
    assert most == 3


async def test_hanging_handler_is_cut_off_and_tried_again(house: House) -> None:
    attempts = []

    @house.subscriptions.long(SomethingHappened, timeout=timedelta(seconds=1))
    async def handle(context: WorkerContext, event: SomethingHappened, delivery: Delivery) -> None:
        attempts.append(delivery.attempt)
        if delivery.attempt == 1:
            await asyncio.sleep(60)
        async with context.database.transaction() as session:
            await note(session, event.key)

    async with house.running() as messaging:
        await house.ready(messaging)
        await house.tell("a")
        await house.all_done("a")
    assert attempts == [1, 2]


async def test_stop_finishes_what_is_in_hand_and_leaves_the_rest(house: House) -> None:
    begun = []
    may_end = asyncio.Event()

    @house.subscriptions.long(SomethingHappened, concurrency=2)
    async def handle(context: WorkerContext, event: SomethingHappened, delivery: Delivery) -> None:
        begun.append(event.key)
        await may_end.wait()
        async with context.database.transaction() as session:
            await note(session, event.key)

    async with house.running() as messaging:
        await house.ready(messaging)
        await house.tell(*(str(number) for number in range(6)))

        async def have_begun() -> bool:
            return len(begun) == 2

        await house.eventually(have_begun)
        asyncio.get_running_loop().call_later(0.5, may_end.set)  # when the stop has long begun
    assert set(await house.effects()) == set(begun)
    assert len(begun) == 2
    assert await house.depth(house.queue) == 4


async def test_stop_cuts_off_after_the_grace_time(house: House) -> None:
    begun = asyncio.Event()

    @house.subscriptions.long(SomethingHappened)
    async def handle(context: WorkerContext, event: SomethingHappened, delivery: Delivery) -> None:
        begun.set()
        await asyncio.sleep(60)

    async with house.running(grace=timedelta(seconds=0.3)) as messaging:
        await house.ready(messaging)
        await house.tell("a")
        await begun.wait()
        started = asyncio.get_running_loop().time()
    assert asyncio.get_running_loop().time() - started < 15
    assert await house.depth(house.queue) == 1


async def test_stop_without_a_broker_finishes_what_is_in_hand(house: House) -> None:
    begun = asyncio.Event()

    @house.subscriptions.long(SomethingHappened)
    async def handle(context: WorkerContext, event: SomethingHappened, delivery: Delivery) -> None:
        begun.set()
        await asyncio.sleep(2)
        async with context.database.transaction() as session:
            await note(session, event.key)

    async with house.running() as messaging:
        await house.ready(messaging)
        await house.tell("a")
        await begun.wait()
        await house.broker_proxy.down()
        await asyncio.sleep(0.5)
    assert await house.effects() == {"a": 1}


async def test_cancellation_inside_a_handler_is_a_failure(house: House) -> None:
    attempts: list[int] = []

    @house.subscriptions.long(SomethingHappened)
    async def handle(context: WorkerContext, event: SomethingHappened, delivery: Delivery) -> None:
        attempts.append(delivery.attempt)
        if delivery.is_last:
            raise Reject("enough")
        inner = asyncio.ensure_future(asyncio.sleep(60))
        inner.cancel()
        await inner

    async with house.running() as messaging:
        await house.ready(messaging)
        await house.tell("a")
        await house.dead()
    assert attempts == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("missing", ["broker", "database"])
async def test_start_does_not_wait_for_what_is_missing(house: House, missing: str) -> None:
    @house.subscriptions.on(SomethingHappened)
    async def handle(session: AsyncSession, event: SomethingHappened) -> None:
        await note(session, event.key)

    proxy = house.broker_proxy if missing == "broker" else house.database_proxy
    await proxy.down()
    async with house.running() as messaging:
        await asyncio.sleep(0.5)
        await proxy.up()
        await house.ready(messaging)
        await house.tell("a")
        await house.all_done("a")


async def test_stop_is_quick_without_a_broker(house: House) -> None:
    @house.subscriptions.on(SomethingHappened)
    async def handle(session: AsyncSession, event: SomethingHappened) -> None:
        pass

    await house.broker_proxy.down()
    async with house.running():
        await asyncio.sleep(2)
        started = asyncio.get_running_loop().time()
    assert asyncio.get_running_loop().time() - started < 2.5  # less than a broker is given to say goodbye


async def test_deleted_queue_is_declared_again(house: House, broker: TestBroker) -> None:
    @house.subscriptions.on(SomethingHappened)
    async def handle(session: AsyncSession, event: SomethingHappened) -> None:
        await note(session, event.key)

    async with house.running() as messaging:
        await house.ready(messaging)
        await broker.delete_queues()
        await asyncio.sleep(0.5)
        await house.tell("a")
        await house.all_done("a")


async def test_many_queues_share_the_pool(house: House) -> None:
    """More handlers than connections must wait for each other and not take each other for an outage."""
    events: list[type[SomethingHappened]] = [
        type(f"Event{n}", (SomethingHappened,), {"event_type": f"{SERVICE}.event_{n}.v1"}) for n in range(8)
    ]

    async def handle(session: AsyncSession, event: SomethingHappened) -> None:
        await note(session, event.key)
        await asyncio.sleep(0.6)  # four in a row on one connection: longer than the pool's patience

    for event in events:
        house.subscriptions.on(event, concurrency=5)(handle)
    keys = [f"{event.event_type} {number}" for event in events for number in range(5)]
    async with house.running() as messaging:
        await house.ready(messaging)
        for event in events:
            await house.tell(*(key for key in keys if key.startswith(f"{event.event_type} ")), event=event)
        await house.all_done(*keys)
        assert messaging.consumers is not None
        assert messaging.consumers.interruptions == 0
