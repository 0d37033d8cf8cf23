"""What Prometheus can ask about messaging, beside the gauges of the outbox in `kit.metrics`."""

from prometheus_client import Counter, Gauge, Histogram

from kit.metrics import messages_total, outbox_oldest_seconds, outbox_pending, registry

__all__ = [
    "broker_connected",
    "message_handling_seconds",
    "messages_in_progress",
    "messages_total",
    "outbox_oldest_seconds",
    "outbox_pending",
    "outbox_published_total",
    "outbox_refused_total",
    "outbox_unroutable_total",
]

outbox_published_total = Counter("outbox_published_total", "Events the broker confirmed.", registry=registry)
outbox_unroutable_total = Counter(
    "outbox_unroutable_total",
    "Times an event found no queue; it stays in the outbox.",
    ("event_type",),
    registry=registry,
)
outbox_refused_total = Counter(
    "outbox_refused_total",
    "Times a queue could not take an event; it stays in the outbox.",
    ("event_type",),
    registry=registry,
)
message_handling_seconds = Histogram(
    "message_handling_seconds",
    "Time a handler took, by queue.",
    ("queue",),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0),
    registry=registry,
)
messages_in_progress = Gauge("messages_in_progress", "Messages being handled.", ("queue",), registry=registry)
broker_connected = Gauge(
    "broker_connected",
    "Whether this part of the process has a working connection to the broker.",
    ("part",),
    registry=registry,
)
