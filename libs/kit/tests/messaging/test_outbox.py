"""What is saved is sent, once it is committed, and not before."""

import asyncio
import json
from datetime import timedelta

import pytest
from kit.clock import now
from kit.messaging import metrics, publish
from kit.messaging.broker import PUBLISH_TIMEOUT
from kit.messaging.housekeeping import Housekeeping
from kit.messaging.topology import EXCHANGE
from kit.tracing import current_traceparent, trace_scope
from sqlalchemy.ext.asyncio import AsyncSession

from libs.kit.tests.messaging.house import House, NobodyCares, SomethingHappened, inbox, note, outbox


async def test_event_becomes_message_after_commit(house: House) -> None:
    received = []

    @house.subscriptions.on(SomethingHappened)
    async def handle(session: AsyncSession, event: SomethingHappened) -> None:
        received.append((event, current_traceparent()))
        await note(session, event.key)

    async with house.running() as messaging:
        await house.ready(messaging)
        with trace_scope() as trace:
            (message_id,) = await house.tell("a")
        await house.all_done("a")
    ((event, traceparent),) = received
    assert event == SomethingHappened(key="a")
    assert trace.trace_id in (traceparent or "")
    assert await house.rows("SELECT message_id, queue FROM kit_messaging.inbox") == [(message_id, house.queue)]
    assert await house.unsent() == 0


async def test_message_is_a_persistent_cloudevent(house: House) -> None:
    async with house.channel() as channel:
        exchange = await channel.declare_exchange(EXCHANGE, "topic", durable=True)
        queue = await channel.declare_queue("looking", exclusive=True)
        await queue.bind(exchange, SomethingHappened.event_type)
        with trace_scope() as trace:
            (message_id,) = await house.tell("a")
        async with house.running(subscriptions=None):
            message = None
            while message is None:
                message = await queue.get(fail=False)
        await message.ack()
    envelope = json.loads(message.body)
    assert envelope.pop("time") <= now().isoformat()
    assert envelope == {
        "specversion": "1.0",
        "id": str(message_id),
        "source": "urn:interview-kit:kit_messaging",
        "type": "kit_messaging.something_happened.v1",
        "subject": "a",
        "datacontenttype": "application/json",
        "traceparent": trace.traceparent,
        "data": {"key": "a"},
    }
    assert message.delivery_mode == 2
    assert message.message_id == str(message_id)
    assert message.content_type == "application/cloudevents+json"
    assert message.headers["traceparent"] == trace.traceparent


async def test_rollback_leaves_nothing(house: House) -> None:
    async def fail_after_publishing() -> None:
        async with house.database.transaction() as session:
            await publish(session, SomethingHappened(key="a"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail_after_publishing()
    assert await house.rows("SELECT id FROM kit_messaging.outbox") == []


async def test_event_of_another_publisher_is_refused(house: House) -> None:
    class Foreign(SomethingHappened):
        event_type = "elsewhere.something_happened.v1"

    async with house.database.transaction() as session:
        with pytest.raises(LookupError, match="outbox"):
            await publish(session, Foreign(key="a"))


async def test_commit_wakes_the_relay(house: House) -> None:
    @house.subscriptions.on(SomethingHappened)
    async def handle(session: AsyncSession, event: SomethingHappened) -> None:
        await note(session, event.key)

    async with house.running(poll=timedelta(minutes=5)) as messaging:
        await house.ready(messaging)
        await asyncio.sleep(0.3)
        await house.tell("a")
        await house.all_done("a")


async def test_broker_away_at_publish_is_made_up_for(house: House) -> None:
    @house.subscriptions.on(SomethingHappened)
    async def handle(session: AsyncSession, event: SomethingHappened) -> None:
        await note(session, event.key)

    await house.broker_proxy.down()
    keys = [str(number) for number in range(300)]
    async with house.running() as messaging:
        await house.tell(*keys)
        await asyncio.sleep(1)
        assert await house.unsent() == 300
        with pytest.raises(Exception, match="no connection"):
            await messaging.ping()
        await house.broker_proxy.up()
        await house.all_done(*keys)
    assert set((await house.effects()).values()) == {1}


async def test_frozen_broker_holds_up_nobody(house: House) -> None:
    @house.subscriptions.on(SomethingHappened)
    async def handle(session: AsyncSession, event: SomethingHappened) -> None:
        await note(session, event.key)

    async with house.running() as messaging:
        await house.ready(messaging)
        house.broker_proxy.freeze()
        keys = [str(number) for number in range(20)]
        slowest = 0.0
        for key in keys:
            started = asyncio.get_running_loop().time()
            await house.tell(key)
            slowest = max(slowest, asyncio.get_running_loop().time() - started)
            await asyncio.sleep(0.4)
        assert slowest < PUBLISH_TIMEOUT.total_seconds() / 2
        house.broker_proxy.thaw()
        await house.all_done(*keys)
    assert set((await house.effects()).values()) == {1}


async def test_crash_between_confirm_and_mark_has_one_effect(house: House) -> None:
    seen = []

    @house.subscriptions.on(SomethingHappened)
    async def handle(session: AsyncSession, event: SomethingHappened) -> None:
        seen.append(event.key)
        await note(session, event.key)

    await house.observer.execute(
        """
        CREATE FUNCTION kit_messaging.crash() RETURNS trigger LANGUAGE plpgsql
            AS $$ BEGIN RAISE EXCEPTION 'crash'; END $$;
        CREATE TRIGGER crash BEFORE UPDATE ON kit_messaging.outbox EXECUTE FUNCTION kit_messaging.crash();
        """
    )
    before = metrics.messages_total.labels(house.queue, "duplicate")._value.get()
    try:
        async with house.running() as messaging:
            await house.ready(messaging)
            await house.tell("a")
            await house.all_done("a")
            assert await house.unsent() == 1
            await house.observer.execute("DROP FUNCTION kit_messaging.crash CASCADE")

            await house.all_sent()

            async def was_seen_again() -> bool:
                return bool(metrics.messages_total.labels(house.queue, "duplicate")._value.get() > before)

            await house.eventually(was_seen_again)
    finally:
        await house.observer.execute("DROP FUNCTION IF EXISTS kit_messaging.crash CASCADE")
    assert seen == ["a"]
    assert await house.effects() == {"a": 1}


async def test_unroutable_event_stays_and_is_counted(house: House) -> None:
    @house.subscriptions.on(SomethingHappened)
    async def handle(session: AsyncSession, event: SomethingHappened) -> None:
        await note(session, event.key)

    counter = metrics.outbox_unroutable_total.labels(NobodyCares.event_type)
    before = counter._value.get()
    async with house.running() as messaging:
        await house.ready(messaging)
        await house.tell("unwanted", event=NobodyCares)
        await house.tell("wanted")
        await house.all_done("wanted")
    assert counter._value.get() > before
    rows = await house.rows("SELECT subject, attempts, last_error FROM kit_messaging.outbox WHERE published_at IS NULL")
    assert rows == [("unwanted", 1, "no queue takes it")]


async def test_two_relays_send_each_event_once(house: House) -> None:
    keys = [str(number) for number in range(500)]
    await house.tell(*keys)
    async with house.channel() as channel:
        exchange = await channel.declare_exchange(EXCHANGE, "topic", durable=True)
        queue = await channel.declare_queue("counting", exclusive=True)
        await queue.bind(exchange, SomethingHappened.event_type)
        async with house.running(subscriptions=None), house.running(subscriptions=None):
            await house.all_sent()
        declared = await channel.declare_queue("counting", exclusive=True)
        assert declared.declaration_result.message_count == 500


async def test_old_rows_are_swept_and_unsent_ones_kept(house: House) -> None:
    await house.tell("sent long ago", "sent just now", "unsent")
    await house.observer.execute(
        """
        UPDATE kit_messaging.outbox SET published_at = now() - interval '2 hours' WHERE subject = 'sent long ago';
        UPDATE kit_messaging.outbox SET published_at = now() WHERE subject = 'sent just now';
        UPDATE kit_messaging.outbox SET created_at = now() - interval '30 days';
        INSERT INTO kit_messaging.inbox SELECT id, 'q', now() - interval '15 days' FROM kit_messaging.outbox;
        """
    )
    housekeeping = Housekeeping(house.database, outbox=outbox, inbox=inbox)
    assert await housekeeping.sweep() == 4
    await housekeeping.measure()
    assert metrics.outbox_pending._value.get() == 1
    assert metrics.outbox_oldest_seconds._value.get() > 29 * 86400
    rows = await house.rows("SELECT subject FROM kit_messaging.outbox ORDER BY id")
    assert rows == [("sent just now",), ("unsent",)]
