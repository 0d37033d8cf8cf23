"""Events between services: outbox, relay, queues, inbox, retries and dead letters over RabbitMQ."""

from kit.messaging.events import EventPayload
from kit.messaging.inbox import inbox_table
from kit.messaging.outbox import outbox_table, publish
from kit.messaging.runner import Messaging, run_messaging
from kit.messaging.subscriptions import Delivery, Reject, Subscription, Subscriptions, WorkerContext
from kit.messaging.topology import EXCHANGE

__all__ = [
    "EXCHANGE",
    "Delivery",
    "EventPayload",
    "Messaging",
    "Reject",
    "Subscription",
    "Subscriptions",
    "WorkerContext",
    "inbox_table",
    "outbox_table",
    "publish",
    "run_messaging",
]
