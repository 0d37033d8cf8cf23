"""The stand-in against what is known of the real API's wire format."""

import base64
import io
import json
import wave
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from fake_gemini import API_KEY, FakeGemini

HELLO = {"contents": [{"role": "user", "parts": [{"text": "Hello"}]}]}
SCHEMA = {"type": "object", "properties": {"word": {"type": "string"}, "count": {"type": "integer"}}}


@pytest_asyncio.fixture(loop_scope="session")
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    async with FakeGemini() as fake, httpx2.AsyncClient(base_url=fake.url) as client:
        yield client


async def ask(client: httpx2.AsyncClient, body: Any = None, **options: Any) -> httpx2.Response:
    path = options.get("path", "/v1beta/models/gemini-3.5-flash-lite:generateContent")
    headers = {"x-goog-api-key": options.get("key", API_KEY)} if options.get("key", API_KEY) else {}
    return await client.post(path, json=body or HELLO, headers=headers)


@pytest.mark.parametrize("version", ["v1", "v1beta", "v1alpha"])
async def test_any_version_answers(client: httpx2.AsyncClient, version: str) -> None:
    reply = (await ask(client, path=f"/{version}/models/gemini-3.8-flash:generateContent")).json()
    assert reply["candidates"][0]["finishReason"] == "STOP"
    assert reply["candidates"][0]["content"]["role"] == "model"
    assert reply["modelVersion"] == "gemini-3.8-flash"
    usage = reply["usageMetadata"]
    parts = ("promptTokenCount", "candidatesTokenCount", "thoughtsTokenCount")
    assert usage["totalTokenCount"] == sum(usage[one] for one in parts)


@pytest.mark.parametrize("field", ["responseSchema", "responseJsonSchema"])
async def test_schema_is_kept_to(client: httpx2.AsyncClient, field: str) -> None:
    config = {"responseMimeType": "application/json", field: SCHEMA}
    reply = (await ask(client, {**HELLO, "generationConfig": config})).json()
    value = json.loads(reply["candidates"][0]["content"]["parts"][0]["text"])
    assert isinstance(value["word"], str)
    assert isinstance(value["count"], int)


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ({"contents": []}, "contents is not specified"),
        ({**HELLO, "prompt": "x"}, 'Unknown name "prompt"'),
        ({**HELLO, "generationConfig": {"temperature": 0.2}}, "temperature is not supported"),
        (
            {
                **HELLO,
                "generationConfig": {
                    "responseMimeType": "application/json",
                    "responseSchema": SCHEMA,
                    "responseJsonSchema": SCHEMA,
                },
            },
            "Only one of",
        ),
        ({**HELLO, "generationConfig": {"responseJsonSchema": SCHEMA}}, "response_mime_type"),
    ],
)
async def test_malformed_request_is_refused(client: httpx2.AsyncClient, body: Any, complaint: str) -> None:
    response = await ask(client, body)
    error = response.json()["error"]
    assert (response.status_code, error["code"], error["status"]) == (400, 400, "INVALID_ARGUMENT")
    assert complaint in error["message"]


async def test_key_is_checked(client: httpx2.AsyncClient) -> None:
    missing, wrong = await ask(client, key=""), await ask(client, key="nope")
    assert (missing.status_code, missing.json()["error"]["status"]) == (403, "PERMISSION_DENIED")
    assert wrong.status_code == 400
    assert wrong.json()["error"]["details"][0]["reason"] == "API_KEY_INVALID"


async def test_unknown_model_is_not_found(client: httpx2.AsyncClient) -> None:
    response = await ask(client, path="/v1/models/gemini-1.5-flash:generateContent")
    assert (response.status_code, response.json()["error"]["status"]) == (404, "NOT_FOUND")


async def test_stream_comes_in_server_sent_events(client: httpx2.AsyncClient) -> None:
    response = await ask(client, path="/v1/models/gemini-3.5-flash-lite:streamGenerateContent?alt=sse")
    assert response.headers["content-type"].startswith("text/event-stream")
    lines = [line for line in response.text.split("\r\n\r\n") if line]
    assert len(lines) > 1
    chunks = [json.loads(line.removeprefix("data: ")) for line in lines]
    said = "".join(chunk["candidates"][0]["content"]["parts"][0]["text"] for chunk in chunks)
    assert said == "A plain reply."
    assert [chunk["candidates"][0].get("finishReason") for chunk in chunks] == [None] * (len(chunks) - 1) + ["STOP"]


async def test_faults_can_be_ordered_over_http(client: httpx2.AsyncClient) -> None:
    await client.post("/_control/faults", json=[{"kind": "status", "status": 429, "retry_after": 2.5}])
    limited = await ask(client)
    assert limited.status_code == 429
    assert limited.headers["retry-after"] == "2.5"
    assert limited.json()["error"]["details"][0]["retryDelay"] == "2.5s"
    assert (await ask(client)).status_code == 200
    assert len((await client.get("/_control/requests")).json()) == 2
    await client.post("/_control/reset")
    assert (await client.get("/_control/requests")).json() == []


def recording(*, seconds: float = 2.0, kind: str = "audio/wav") -> dict[str, Any]:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16_000)
        sound.writeframes(b"\1\0" * round(16_000 * seconds))
    return {"inlineData": {"mimeType": kind, "data": base64.b64encode(file.getvalue()).decode()}}


WORDS = {"type": "object", "properties": {"text": {"type": "string"}, "start_s": {"type": "number"}}}
HEARD = {
    "type": "object",
    "properties": {"text": {"type": "string"}, "words": {"type": "array", "items": WORDS}},
}


def transcribe(part: dict[str, Any]) -> dict[str, Any]:
    return {
        "contents": [{"role": "user", "parts": [{"text": "Write down what is said."}, part]}],
        "generationConfig": {"responseMimeType": "application/json", "responseJsonSchema": HEARD},
    }


async def test_recordings_are_heard_as_the_test_says_and_counted_as_audio(client: httpx2.AsyncClient) -> None:
    await client.post("/_control/heard", json=["good morning"])
    replies = [(await ask(client, transcribe(recording(seconds=s)))).json() for s in (2.0, 2.0, 1.0)]
    heard = [json.loads(reply["candidates"][0]["content"]["parts"][0]["text"]) for reply in replies]
    assert [one["text"] for one in heard] == ["good morning", "good morning", ""]
    assert [word["text"] for word in heard[0]["words"]] == ["good", "morning"]
    assert heard[2]["words"] == []
    details = {one["modality"]: one["tokenCount"] for one in replies[0]["usageMetadata"]["promptTokensDetails"]}
    assert details["AUDIO"] == 64


@pytest.mark.parametrize(
    ("part", "complaint"),
    [
        (recording(kind="audio/webm"), "Unsupported MIME type"),
        ({"inlineData": {"mimeType": "audio/wav", "data": "not base64!"}}, "Base64"),
        ({"inlineData": {"mimeType": "audio/wav", "data": ""}}, "Unable to process input audio"),
        ({"audio": "x"}, 'Unknown name "audio"'),
    ],
)
async def test_recording_that_google_would_not_take_is_refused(
    client: httpx2.AsyncClient, part: dict[str, Any], complaint: str
) -> None:
    response = await ask(client, transcribe(part))
    assert response.status_code == 400
    assert complaint in response.json()["error"]["message"]
