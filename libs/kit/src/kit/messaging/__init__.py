"""Events between services: outbox, relay, queues, inbox, retries and dead letters over RabbitMQ."""

from kit.messaging.broker import BrokerUnavailable
from kit.messaging.dead_letters import DeadLetter
from kit.messaging.events import EventPayload
from kit.messaging.inbox import inbox_table
from kit.messaging.outbox import outbox_table, publish
from kit.messaging.runner import Messaging, run_messaging
from kit.messaging.subscriptions import Delivery, Reject, Subscription, Subscriptions, WorkerContext
from kit.messaging.topology import EXCHANGE, dead_queue

__all__ = [
    "EXCHANGE",
    "BrokerUnavailable",
    "DeadLetter",
    "Delivery",
    "EventPayload",
    "Messaging",
    "Reject",
    "Subscription",
    "Subscriptions",
    "WorkerContext",
    "dead_queue",
    "inbox_table",
    "outbox_table",
    "publish",
    "run_messaging",
]
