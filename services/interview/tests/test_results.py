import itertools
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import aio_pika
import pytest
from contracts.analysis import (
    AnalysisFailed,
    AnalysisStarted,
    AnswerAnalysed,
    AnswerAnalysis,
    Coverage,
    InterviewReport,
    Overall,
    Provenance,
    ReportReady,
    ReportRevealed,
    Score,
)
from interview.consumers import (
    on_analysis_failed,
    on_analysis_started,
    on_answer_analysed,
    on_report_ready,
    on_report_revealed,
)
from kit.clock import now
from kit.database import Database
from kit.ids import new_id
from kit.messaging import EXCHANGE
from kit.messaging.envelope import encode, message_for
from kit.testing.brokers import TestBroker

from services.interview.tests.candidate import Candidate, eventually
from services.interview.tests.fixtures import Hear, Working

START = now()


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


def facts(candidate: Candidate, interview: dict[str, Any], number: int = 0) -> dict[str, Any]:
    question = interview["questions"][number]
    return {
        "interview_id": interview["id"],
        "candidate_id": candidate.id,
        "answer_id": question["answer"]["id"],
        "question_id": question["id"],
    }


def started(candidate: Candidate, interview: dict[str, Any], minute: int = 1) -> AnalysisStarted:
    return AnalysisStarted(**facts(candidate, interview), started_at=at(minute))


def failed(candidate: Candidate, interview: dict[str, Any], minute: int = 2) -> AnalysisFailed:
    return AnalysisFailed(**facts(candidate, interview), reason="Gemini was away", failed_at=at(minute))


def analysed(
    candidate: Candidate, interview: dict[str, Any], minute: int = 3, status: Any = "done", reason: str | None = None
) -> AnswerAnalysed:
    about = facts(candidate, interview)
    analysis = AnswerAnalysis(
        answer_id=about["answer_id"],
        question_id=about["question_id"],
        attempt=1,
        status=status,
        status_reason=reason,
        provenance=Provenance(
            provider="offline",
            model=None,
            prompt_version=None,
            rubric_version="technical-1",
            fallback_reason=None,
            input_hash="0" * 64,
            created_at=at(minute),
        ),
        words=16,
        score=None,
        headline=None,
        dimensions=(),
        key_points=(),
        strengths=(),
        gaps=(),
        missing_facts=(),
        limits=(),
    )
    return AnswerAnalysed(interview_id=about["interview_id"], candidate_id=candidate.id, analysis=analysis)


def reported(
    candidate: Candidate,
    interview: dict[str, Any],
    value: float | None,
    minute: int = 5,
    status: Any = "done",
    *,
    revealed: bool = True,
) -> ReportReady:
    score = Score(value=value, low=1, high=5, band="solid", uncertainty="low", computed_by="mean") if value else None
    report = InterviewReport(
        interview_id=interview["id"],
        status=status,
        coverage=Coverage(planned=3, answered=3, scored=3, not_scored=()),
        overall=Overall(score=score, why_not_shown=None if score else "Too little was said."),
        competencies=(),
        priorities=(),
        kept_well=(),
        limits=(),
        created_at=at(minute),
    )
    return ReportReady(interview_id=interview["id"], candidate_id=candidate.id, report=report, revealed=revealed)


def revealed(candidate: Candidate, interview: dict[str, Any], minute: int = 7) -> ReportRevealed:
    return ReportRevealed(interview_id=interview["id"], candidate_id=candidate.id, revealed_at=at(minute))


HANDLERS: dict[type[Any], Callable[..., Awaitable[None]]] = {
    AnalysisStarted: on_analysis_started,
    AnswerAnalysed: on_answer_analysed,
    AnalysisFailed: on_analysis_failed,
    ReportReady: on_report_ready,
    ReportRevealed: on_report_revealed,
}


@pytest.fixture
def hear(database: Database) -> Hear:
    async def deliver(*events: Any) -> None:
        for event in events:
            async with database.transaction() as session:
                await HANDLERS[type(event)](session, event)

    return deliver


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))), ids=str)
async def test_events_in_any_order_end_in_the_result(candidate: Candidate, hear: Hear, order: Any) -> None:
    interview = await candidate.submit(await candidate.started())
    events = [
        started(candidate, interview, 1),
        failed(candidate, interview, 2),
        started(candidate, interview, 3),
        analysed(candidate, interview, 4, "partial", "One scale could not be judged."),
    ]
    await hear(*(events[number] for number in order))
    answer = (await candidate.read(interview["id"]))["questions"][0]["answer"]
    assert (answer["analysis"], answer["analysis_reason"]) == ("partial", "One scale could not be judged.")


async def test_each_step_is_shown_and_moves_the_version(candidate: Candidate, hear: Hear) -> None:
    interview = await candidate.submit(await candidate.started())
    versions = [interview["version"]]
    shown = []
    for event in (
        started(candidate, interview, 1),
        failed(candidate, interview, 2),
        started(candidate, interview, 3),
        analysed(candidate, interview, 4),
    ):
        await hear(event)
        interview = await candidate.read(interview["id"])
        versions.append(interview["version"])
        shown.append(interview["questions"][0]["answer"]["analysis"])
    assert shown == ["running", "failed", "running", "done"]
    assert versions == sorted(set(versions))


async def test_event_told_twice_changes_nothing(candidate: Candidate, hear: Hear) -> None:
    interview = await candidate.submit(await candidate.started())
    for event in (started(candidate, interview), analysed(candidate, interview)):
        await hear(event)
        once = await candidate.read(interview["id"])
        await hear(event)
        assert await candidate.read(interview["id"]) == once


async def test_event_about_something_unknown_is_left_aside(
    candidate: Candidate, stranger: Candidate, hear: Hear
) -> None:
    interview = await candidate.submit(await candidate.started())
    before = await candidate.read(interview["id"])
    event = analysed(candidate, interview)
    await hear(
        event.model_copy(update={"interview_id": new_id()}),
        event.model_copy(update={"candidate_id": stranger.id}),
        event.model_copy(update={"analysis": event.analysis.model_copy(update={"answer_id": new_id()})}),
        reported(candidate, {"id": new_id()}, 3.0),
    )
    assert await candidate.read(interview["id"]) == before


async def test_report_brings_the_overall_figure_into_the_list(candidate: Candidate, hear: Hear) -> None:
    interview = await candidate.completed()
    await hear(reported(candidate, interview, 3.4))
    [item] = (await candidate.do("GET", "/interviews")).json()["items"]
    assert item["report_status"] == "done"
    assert item["overall"] == {"value": 3.4, "band": "solid"}


async def test_figure_is_not_told_before_the_report_is_revealed(candidate: Candidate, hear: Hear) -> None:
    interview = await candidate.completed()
    await hear(reported(candidate, interview, 3.4, revealed=False))
    [item] = (await candidate.do("GET", "/interviews")).json()["items"]
    assert (item["report_status"], item["report_revealed"], item["overall"]) == ("done", False, None)
    alone = await candidate.do("GET", f"/interviews/{interview['id']}")
    assert alone.json()["report_revealed"] is False
    assert "3.4" not in alone.text
    await hear(revealed(candidate, interview), revealed(candidate, interview))
    [item] = (await candidate.do("GET", "/interviews")).json()["items"]
    assert item["report_revealed"] is True
    assert (await candidate.read(interview["id"]))["report_revealed"] is True
    assert item["overall"] == {"value": 3.4, "band": "solid"}
    # One that is made anew is seen at once.
    await hear(reported(candidate, interview, 2.6, minute=9))
    [item] = (await candidate.do("GET", "/interviews")).json()["items"]
    assert item["overall"]["value"] == 2.6


async def test_reveal_may_be_told_before_the_report_it_is_about(candidate: Candidate, hear: Hear) -> None:
    interview = await candidate.completed()
    await hear(revealed(candidate, interview), reported(candidate, interview, 3.4, revealed=False))
    [item] = (await candidate.do("GET", "/interviews")).json()["items"]
    assert item["overall"] == {"value": 3.4, "band": "solid"}


async def test_event_of_an_older_writer_carries_a_report_that_was_shown_at_once(
    candidate: Candidate, hear: Hear
) -> None:
    interview = await candidate.completed()
    told = reported(candidate, interview, 3.4).model_dump(mode="json", exclude={"revealed"})
    await hear(ReportReady.model_validate(told))
    [item] = (await candidate.do("GET", "/interviews")).json()["items"]
    assert item["overall"] == {"value": 3.4, "band": "solid"}


async def test_report_without_a_figure_shows_none(candidate: Candidate, hear: Hear) -> None:
    interview = await candidate.completed()
    await hear(reported(candidate, interview, None, status="insufficient"))
    [item] = (await candidate.do("GET", "/interviews")).json()["items"]
    assert (item["report_status"], item["overall"]) == ("insufficient", None)


async def test_newer_report_wins_whenever_it_is_told(candidate: Candidate, hear: Hear) -> None:
    interview = await candidate.completed()
    await hear(reported(candidate, interview, 4.0, minute=9), reported(candidate, interview, 2.0, minute=5))
    [item] = (await candidate.do("GET", "/interviews")).json()["items"]
    assert item["overall"]["value"] == 4.0


async def test_events_arrive_over_the_real_broker_and_repeats_do_nothing(
    candidate: Candidate, working: Working, clean_queues: None, broker: TestBroker, rabbitmq: str
) -> None:
    interview = await candidate.completed()
    events = [reported(candidate, interview, 3.4), analysed(candidate, interview), started(candidate, interview)]
    async with working():

        async def are_bound() -> bool:
            bindings = (await broker.api("GET", f"bindings/{broker.vhost}")).json()
            return {"interview.report_ready", "interview.answer_analysed", "interview.analysis_started"} <= {
                binding["destination"] for binding in bindings if binding["source"] == EXCHANGE
            }

        await eventually(are_bound)
        await _publish(rabbitmq, [(event, new_id()) for event in events] * 2)

        async def is_told() -> Any:
            found = await candidate.read(interview["id"])
            return found if found["report_status"] == "done" and _analysis(found) == "done" else None

        await eventually(is_told)
    # Read once the worker has stopped: one read may see the row before and the answers after an event.
    found = await candidate.read(interview["id"])
    # The report, the analysis, and its start if its queue was the faster one: six messages, each told once.
    assert found["version"] - interview["version"] in {2, 3}


def _analysis(interview: dict[str, Any]) -> str:
    return str(interview["questions"][0]["answer"]["analysis"])


async def _publish(url: str, events: Any) -> None:
    async with await aio_pika.connect(url) as connection, connection.channel() as channel:
        exchange = await channel.get_exchange(EXCHANGE)
        for event, message_id in events:
            body = encode(
                message_id=message_id,
                event_type=event.event_type,
                subject=event.subject,
                time=now(),
                traceparent=None,
                data=event.model_dump_json(),
            )
            message = message_for(body, message_id=str(message_id), event_type=event.event_type, traceparent=None)
            await exchange.publish(message, routing_key=event.event_type)
