"""Nothing that was noticed or visible during an interview can reach a score: there is no way for it to get here."""

import ast
import json
import re
from itertools import count
from pathlib import Path
from typing import Any

import aio_pika
import analysis
import contracts.interview as told
import pytest
from analysis.consumers import subscriptions
from analysis.models import Base
from contracts.analysis import ImprovementRequested
from contracts.base import Event
from contracts.interview import AnswerSubmitted, InterviewAiUsed, InterviewCompleted
from fake_gemini import FakeGemini
from kit.clock import now
from kit.ids import new_id
from kit.messaging import EXCHANGE
from kit.messaging.envelope import encode, message_for
from sqlalchemy import text

from services.analysis.tests.house import House, eventually
from services.analysis.tests.material import GOOD, MIDDLING, SLOW_ANSWER, Interview, help_question, slow_question

CONSUMED = (AnswerSubmitted, InterviewAiUsed, InterviewCompleted, ImprovementRequested)
WATCHING = (told.NoticeRecorded, told.NoticeReplied, told.PresenceSharingChanged)
ABOUT_WATCHING = re.compile(
    r"notice|presence|monitor|emotion|expression|facing|gaze|face(?!t)|camera|consent|recording|readable|confidence"
)
GOLDEN = Path(__file__).parents[3] / "libs" / "contracts" / "golden"


def golden(event: type[Event]) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((GOLDEN / f"{event.event_type}.json").read_text(encoding="utf-8"))
    return read


def fields(schema: dict[str, Any]) -> set[str]:
    """Every field of an event, at whatever depth."""
    return {
        name
        for shape in (schema, *schema.get("$defs", {}).values())
        for name in (*shape.get("properties", ()), shape.get("title", ""))
    }


def test_analysis_hears_of_answers_and_of_the_end_and_of_nothing_else() -> None:
    assert {one.event.event_type for one in subscriptions} == {event.event_type for event in CONSUMED}


@pytest.mark.parametrize("event", CONSUMED)
def test_what_is_heard_has_no_field_about_watching(event: type[Event]) -> None:
    assert [name for name in fields(event.model_json_schema()) if ABOUT_WATCHING.search(name.lower())] == []


@pytest.mark.parametrize("event", WATCHING)
def test_a_field_about_watching_would_be_found(event: type[Event]) -> None:
    assert [name for name in fields(event.model_json_schema()) if ABOUT_WATCHING.search(name.lower())]


def test_no_table_of_the_analysis_could_hold_it() -> None:
    names = {name for table in Base.metadata.tables.values() for name in (table.name, *table.columns.keys())}
    assert [name for name in names if ABOUT_WATCHING.search(name)] == []


def test_no_line_of_the_analysis_imports_it() -> None:
    of_watching = {name for name in vars(told) if ABOUT_WATCHING.search(name.lower())}
    assert {"Notice", "NoticeRecorded", "AnswerPresence", "ExpressionShare", "PresenceSharingChanged"} <= of_watching
    imported = {
        alias.name
        for file in Path(analysis.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert "AnswerSubmitted" in imported
    assert imported & of_watching == set()


async def test_no_queue_of_the_analysis_gets_what_is_told_to_reviewers(house: House) -> None:
    async with house.working():
        bindings = (await house.broker.api("GET", f"bindings/{house.broker.vhost}")).json()
    heard = {
        one["routing_key"]
        for one in bindings
        if one["source"] == EXCHANGE and one["destination"].startswith("analysis.")
    }
    assert AnswerSubmitted.event_type in heard
    assert heard.isdisjoint(event.event_type for event in WATCHING)
    assert not any("*" in key or "#" in key for key in heard)


def smuggled(event: Event) -> str:
    """The body of an event as a careless publisher might send it: with everything that was noticed and visible."""
    body = json.loads(event.model_dump_json())
    watched = {
        "notices": [golden(told.NoticeRecorded)["notice"] | {"reply": golden(told.NoticeReplied)["reply"]}] * 40,
        "presence": golden(told.PresenceSharingChanged),
    }
    body |= watched
    for place in filter(None, (body.get("question"), *body.get("questions", ()))):
        place.update(watched)
    return json.dumps(body)


async def post(house: House, *events: Event, watched: bool) -> None:
    connection = await aio_pika.connect(house.broker.url)
    async with connection:
        channel = await connection.channel(publisher_confirms=True, on_return_raises=True)
        exchange = await channel.get_exchange(EXCHANGE)
        for event in events:
            message_id = new_id()
            body = encode(
                message_id=message_id,
                event_type=event.event_type,
                subject=event.subject,
                time=now(),
                traceparent=None,
                data=smuggled(event) if watched else event.model_dump_json(),
            )
            message = message_for(body, message_id=str(message_id), event_type=event.event_type, traceparent=None)
            await exchange.publish(message, routing_key=event.event_type, mandatory=True)


async def results(house: House, interview: Interview) -> str:
    """Everything that was made of an interview, without ids and times, and with the hashes of what was judged."""
    made = [await house.published("answer_analysed", interview.id), await house.published("report_ready", interview.id)]
    numbers: dict[str, int] = {}
    following = count(1)
    written = re.sub(
        r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        lambda found: f"id-{numbers.setdefault(found.group(), next(following))}",
        json.dumps(made),
    )
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)", "time", written)


@pytest.mark.parametrize("engine", ["offline", "gemini"])
async def test_report_is_the_same_byte_for_byte_whatever_was_noticed(
    house: House, with_gemini: Any, gemini: FakeGemini, engine: str
) -> None:
    made: list[str] = []
    prompts: list[list[str]] = []
    # The same questions for both, because their ids are part of the hash of what was judged.
    questions = (help_question(1), slow_question(2), help_question(3))
    async with house.working(with_gemini if engine == "gemini" else None):
        for watched in (False, True):
            gemini.requests.clear()
            interview = Interview(*questions)
            # One after the other, so that what is made comes in the same order both times.
            for number, answer in enumerate((GOOD, SLOW_ANSWER, MIDDLING), 1):
                event = interview.answer(answer, number)
                await post(house, event, watched=watched)
                await house.ended(event.answer_id)
            await post(house, interview.completed(), watched=watched)
            await house.report(interview.id)
            made.append(await results(house, interview))
            prompts.append([str(request["body"]) for request in gemini.requests])
    assert made[0] == made[1]
    assert '"overall"' in made[0]
    assert prompts[0] == prompts[1]
    assert bool(prompts[0]) is (engine == "gemini")
    async with house.database.transaction() as session:
        stored = str(
            (await session.execute(text("SELECT a.*, r.* FROM analysis.analyses a, analysis.reports r"))).all()
        )
    assert "pick up my pen" not in stored


async def test_stored_question_keeps_nothing_that_was_smuggled_in(house: House) -> None:
    interview = Interview(help_question())
    event = interview.answer(GOOD)
    async with house.working():
        await post(house, event, watched=True)

        async def there() -> dict[str, Any]:
            return await house.row(event.answer_id)

        row = await eventually(there)
    assert "pick up my pen" not in str(row)
