"""What Prometheus scrapes. Labels are route templates and names from code, never user input."""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST

CONTENT_TYPE = CONTENT_TYPE_LATEST

registry = CollectorRegistry()
ProcessCollector(registry=registry)
GCCollector(registry=registry)

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

http_requests_total = Counter(
    "http_requests_total",
    "Requests answered, by route template.",
    ("method", "route", "status"),
    registry=registry,
)
http_request_duration_seconds = Histogram(
    "http_request_duration_seconds",
    "Time until the response was complete, by route template.",
    ("method", "route"),
    buckets=_SECONDS,
    registry=registry,
)
http_requests_in_progress = Gauge("http_requests_in_progress", "Requests being answered.", registry=registry)
outbox_pending = Gauge("outbox_pending", "Events waiting to be published.", registry=registry)
outbox_oldest_seconds = Gauge(
    "outbox_oldest_seconds", "Age of the oldest event waiting to be published.", registry=registry
)
messages_total = Counter("messages_total", "Deliveries handled, by outcome.", ("queue", "outcome"), registry=registry)
event_loop_lag_seconds = Gauge(
    "event_loop_lag_seconds", "How late the event loop ran its last timer.", registry=registry
)
build_info = Gauge("build_info", "What is running; the value is 1.", ("service", "version"), registry=registry)


def exposition() -> bytes:
    """Return all metrics in the text format."""
    return generate_latest(registry)
