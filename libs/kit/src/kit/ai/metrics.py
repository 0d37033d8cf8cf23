"""What the calls to AI providers cost and how they end."""

from prometheus_client import Counter, Histogram

from kit.metrics import registry

CALLS = Counter(
    "ai_requests_total",
    "Requests sent to an AI provider, by how they ended",
    ["provider", "model", "outcome"],
    registry=registry,
)
SECONDS = Histogram(
    "ai_call_seconds",
    "Time of one call, with queueing, retries and repair",
    ["provider", "model"],
    buckets=(0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120),
    registry=registry,
)
TOKENS = Counter(
    "ai_tokens_total", "Tokens as counted by the provider", ["provider", "model", "direction"], registry=registry
)
