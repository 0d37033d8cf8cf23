"""What llama.cpp's Python server (llama-cpp-python 0.3.36) answers, as captured from it.

`make check-openai-server` holds these bodies against the real ones.
"""

from typing import Any

CONTEXT = 4096  # tokens of prompt and reply together, as the real one is started with
KEY_REFUSED = {"detail": "Invalid API key"}  # FastAPI's own shape, and not the one of its other errors


def format_refused(kind: str) -> dict[str, Any]:
    """Return the body of the 500 for a format it does not know: FastAPI's validation error, printed."""
    found = {
        "type": "literal_error",
        "loc": ("body", "response_format", "type"),
        "msg": "Input should be 'text' or 'json_object'",
        "input": kind,
        "ctx": {"expected": "'text' or 'json_object'"},
    }
    place = 'File "llama_cpp/server/app.py", line 376, in create_chat_completion\n    POST /v1/chat/completions'
    return _error(f"1 validation error:\n  {found}\n\n  {place}", "internal_server_error", None, None)


def too_long(requested: int) -> dict[str, Any]:
    """Return the body of the 400 for a text that does not fit; one that was sent no limit for its reply says None."""
    message = (
        f"This model's maximum context length is {CONTEXT} tokens. However, you requested {requested} tokens "
        f"({requested} in the messages, None in the completion). "
        "Please reduce the length of the messages or completion."
    )
    return _error(message, "invalid_request_error", "messages", "context_length_exceeded")


def as_it_replies(completion: dict[str, Any], model: str) -> dict[str, Any]:
    """Return a completion as it writes one: its one model answers to any name, and the reply repeats that name."""
    for choice in completion["choices"] or ():
        if choice["message"]["refusal"] is None:
            del choice["message"]["refusal"]
    return {**completion, "model": model}


def _error(message: str, kind: str, param: str | None, code: str | None) -> dict[str, Any]:
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}
