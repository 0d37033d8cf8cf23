"""A worker that dies in the middle of an answer: a real process, ended by SIGKILL while the model works."""

import asyncio
import os
import signal
import subprocess
import sys

from analysis.settings import AnalysisSettings
from fake_gemini import API_KEY, FakeGemini, Fault

from services.analysis.tests.house import House, eventually
from services.analysis.tests.material import GOOD, Interview


def worker(settings: AnalysisSettings) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "ANALYSIS_ENVIRONMENT": "test",
        "ANALYSIS_OPS_PORT": "0",
        "ANALYSIS_DATABASE_URL": str(settings.database_url),
        "ANALYSIS_AMQP_URL": settings.amqp_url,
        "ANALYSIS_JWKS_URL": settings.jwks_url,
        "ANALYSIS_LEASE": "4",
        "ANALYSIS_RECONCILE_INTERVAL": "0.2",
        "GEMINI_API_KEY": API_KEY,
        "GEMINI_BASE_URL": settings.gemini_base_url or "",
        "GEMINI_TIMEOUT": "30",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "analysis.worker"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


async def test_answer_of_a_killed_worker_is_judged_by_the_next_one(
    house: House, with_gemini: AnalysisSettings, gemini: FakeGemini
) -> None:
    interview = Interview()
    event = interview.answer(GOOD)
    gemini.next(Fault(kind="hang"))
    first = await asyncio.to_thread(worker, with_gemini)
    try:
        await house.queues_ready()
        await house.post(event)

        async def asked() -> bool:
            return bool(gemini.requests)

        await eventually(asked)
        assert (await house.row(event.answer_id))["status"] == "running"
    finally:
        first.send_signal(signal.SIGKILL)
        await asyncio.to_thread(first.wait)
    second = await asyncio.to_thread(worker, with_gemini)
    try:
        row = await house.ended(event.answer_id)
    finally:
        second.terminate()
        code = await asyncio.to_thread(second.wait, 20)
    assert row["status"] == "done"
    assert row["runs"] == 2
    assert row["result"]["provenance"]["provider"] == "gemini"
    assert len(await house.published("answer_analysed", interview.id)) == 1
    assert code == 0


async def test_stopped_worker_gives_its_answer_back_at_once(
    house: House, with_gemini: AnalysisSettings, gemini: FakeGemini
) -> None:
    slow = AnalysisSettings.model_validate({**with_gemini.model_dump(), "gemini_timeout": 30, "shutdown_timeout": 0.2})
    event = Interview().answer(GOOD)
    gemini.next(Fault(kind="hang"))
    async with house.working(slow):
        await house.post(event)

        async def asked() -> bool:
            return bool(gemini.requests)

        await eventually(asked)
    row = await house.row(event.answer_id)
    assert row["status"] == "queued"
    async with house.working(with_gemini):
        row = await house.ended(event.answer_id)
    assert row["status"] == "done"
