"""Google's envelopes: replies and errors as the API writes them."""

import uuid
from typing import Any

from fake_gemini import hearing

STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}
MESSAGES = {
    429: "You exceeded your current quota, please check your plan and billing details.",
    500: "An internal error has occurred. Please retry or report in the troubleshooting guide.",
    503: "The model is overloaded. Please try again later.",
    504: "Deadline expired before operation could complete.",
}
GOOGLE = "type.googleapis.com/google.rpc."


def error(code: int, message: str | None = None, details: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """Return the body of an error."""
    body: dict[str, Any] = {
        "code": code,
        "message": message or MESSAGES.get(code, "Request failed."),
        "status": STATUS.get(code, "UNKNOWN"),
    }
    if details:
        body["details"] = details
    return {"error": body}


def retry_info(seconds: float) -> dict[str, Any]:
    """Return google.rpc.RetryInfo."""
    return {"@type": f"{GOOGLE}RetryInfo", "retryDelay": f"{seconds:g}s"}


def quota_failure(period: str) -> dict[str, Any]:
    """Return google.rpc.QuotaFailure for a quota per `period` (Minute or Day)."""
    violation = {
        "quotaMetric": "generativelanguage.googleapis.com/generate_content_free_tier_requests",
        "quotaId": f"GenerateRequestsPer{period}PerProjectPerModel-FreeTier",
    }
    return {"@type": f"{GOOGLE}QuotaFailure", "violations": [violation]}


def key_invalid() -> dict[str, Any]:
    """Return the body for a key that Google does not know."""
    info = {
        "@type": f"{GOOGLE}ErrorInfo",
        "reason": "API_KEY_INVALID",
        "domain": "googleapis.com",
        "metadata": {"service": "generativelanguage.googleapis.com"},
    }
    return error(400, "API key not valid. Please pass a valid API key.", [info])


def reply(model: str, request: dict[str, Any], text: str | None, finish: str | None = "STOP") -> dict[str, Any]:
    """Return a GenerateContentResponse. `text` None gives no candidates."""
    text_tokens = max(1, sum(len(text) for text in _texts(request)) // 4)
    audio_tokens = hearing.tokens(request)
    details = [{"modality": "TEXT", "tokenCount": text_tokens}]
    if audio_tokens:
        details.append({"modality": "AUDIO", "tokenCount": audio_tokens})
    prompt_tokens = text_tokens + audio_tokens
    output_tokens = len(text or "") // 4
    thoughts = 16 if "thinkingConfig" in request.get("generationConfig", {}) else 0
    body: dict[str, Any] = {
        "usageMetadata": {
            "promptTokenCount": prompt_tokens,
            "candidatesTokenCount": output_tokens,
            "thoughtsTokenCount": thoughts,
            "totalTokenCount": prompt_tokens + output_tokens + thoughts,
            "promptTokensDetails": details,
        },
        "modelVersion": model,
        "responseId": uuid.uuid4().hex,
    }
    if text is not None:
        candidate: dict[str, Any] = {
            "content": {"role": "model", "parts": [{"text": text}] if text else []},
            "index": 0,
        }
        if finish:
            candidate["finishReason"] = finish
        body["candidates"] = [candidate]
    return body


def _texts(request: dict[str, Any]) -> list[str]:
    return [str(part.get("text", "")) for turn in request.get("contents", []) for part in turn.get("parts", [])]


def blocked(model: str, request: dict[str, Any]) -> dict[str, Any]:
    """Return the reply to a prompt that the safety rules stopped."""
    body = reply(model, request, None)
    rating = {"category": "HARM_CATEGORY_DANGEROUS_CONTENT", "probability": "HIGH"}
    body["promptFeedback"] = {"blockReason": "SAFETY", "safetyRatings": [rating]}
    return body
