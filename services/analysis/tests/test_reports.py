from typing import Any
from uuid import UUID

import pytest
from analysis.settings import AnalysisSettings
from contracts.analysis import InterviewReport
from fake_gemini import FakeGemini, Fault

from services.analysis.tests.house import House, eventually
from services.analysis.tests.material import (
    GOOD,
    MIDDLING,
    SLOW_ANSWER,
    VAGUE,
    Interview,
    help_question,
    slow_question,
)


def four_questions(**options: Any) -> Interview:
    return Interview(
        help_question(1), slow_question(2), help_question(3), help_question(4, competency="learning"), **options
    )


async def test_report_is_computed_from_the_answers(house: House) -> None:
    interview = four_questions()
    events = [interview.answer(text, number) for number, text in enumerate((GOOD, SLOW_ANSWER, MIDDLING, VAGUE), 1)]
    async with house.working():
        await house.post(*events, interview.completed())
        report = await house.report(interview.id)
    scores = [(await house.row(event.answer_id))["result"]["score"] for event in events]
    assert report["status"] == "done"
    assert report["coverage"] == {"planned": 4, "answered": 4, "scored": 4, "not_scored": []}
    assert report["overall"]["score"]["value"] == pytest.approx(sum(one["value"] for one in scores) / 4, abs=0.01)
    assert report["overall"]["why_not_shown"] is None
    by_competency = {one["competency"]["id"]: one for one in report["competencies"]}
    assert by_competency["collaboration"]["questions"] == 2
    assert by_competency["collaboration"]["score"]["value"] == pytest.approx(
        (scores[0]["value"] + scores[2]["value"]) / 2, abs=0.01
    )
    assert by_competency["collaboration"]["best_evidence"]["answer_id"] == str(events[0].answer_id)
    InterviewReport.model_validate(report)


async def test_report_names_at_most_three_priorities_each_with_evidence_and_one_next_action(house: House) -> None:
    interview = four_questions()
    texts = {}
    async with house.working():
        for number, answer in enumerate((GOOD, VAGUE, MIDDLING, VAGUE), 1):
            event = interview.answer(answer, number)
            texts[str(event.answer_id)] = answer
            await house.post(event)
        await house.post(interview.completed())
        report = await house.report(interview.id)
    assert 1 <= len(report["priorities"]) <= 3
    assert [one["rank"] for one in report["priorities"]] == list(range(1, len(report["priorities"]) + 1))
    for priority in report["priorities"]:
        assert priority["do_next"]
        assert priority["evidence"]
        assert all(one["quote"] in texts[one["answer_id"]] for one in priority["evidence"])
    assert report["kept_well"]
    assert all(one["quote"] in texts[one["answer_id"]] for kept in report["kept_well"] for one in kept["evidence"])
    assert any("without AI" in one for one in report["limits"])


async def test_fewer_than_three_scores_give_no_overall_figure(house: House) -> None:
    interview = four_questions()
    async with house.working():
        await house.post(
            interview.answer(GOOD, 1),
            interview.answer(SLOW_ANSWER, 2),
            interview.answer("fine", 3),
            interview.completed(),
        )
        report = await house.report(interview.id)
    assert report["status"] == "partial"
    assert report["overall"]["score"] is None
    assert report["overall"]["why_not_shown"] == "2 answers have a score; an overall figure needs at least 3."
    reasons = {one["question_id"]: one["reason"] for one in report["coverage"]["not_scored"]}
    assert reasons[str(interview.questions[2].id)].startswith("Too little to judge")
    assert reasons[str(interview.questions[3].id)] == "Not answered."
    assert report["priorities"][0]["evidence"][0]["quote"] == "fine"


async def test_an_answer_in_another_language_is_not_told_to_be_too_short(house: House) -> None:
    interview = Interview(help_question(1), help_question(2))
    german = (
        "Unsere neue Kollegin kam mit dem Programm nicht zurecht, also setzte ich mich eine Stunde zu ihr und habe ihr "
        "alles gezeigt. Danach hat sie die Aufgabe allein geschafft und mir ein paar Wochen später dafür gedankt."
    )
    async with house.working():
        await house.post(interview.answer("fine", 1), interview.answer(german, 2), interview.completed())
        report = await house.report(interview.id)
    short, foreign = report["priorities"]
    assert short["redo_question_ids"] == [str(interview.questions[0].id)]
    assert "sentences" in short["do_next"]
    assert foreign["redo_question_ids"] == [str(interview.questions[1].id)]
    assert (foreign["text"], "in English" in foreign["do_next"]) == ("Answer in English.", True)
    assert foreign["evidence"][0]["quote"] in german
    assert "for question 2 the reason is: The answer does not read as English" in foreign["why"]


async def test_a_story_that_nothing_links_to_its_question_is_not_told_to_be_empty(house: House) -> None:
    asked = help_question(1).model_copy(update={"text": "When did kindness surprise you?", "key_points": ()})
    interview = Interview(asked)
    story = (
        "In my first summer at the harbour in Bergen I noticed that the crane logs were wrong on Mondays. I compared "
        "40 of them by hand, wrote a small script, and in the end the wrong ones fell from 9 to 1 a week."
    )
    async with house.working():
        submitted = interview.answer(story, 1)
        await house.post(submitted, interview.completed())
        report = await house.report(interview.id)
        row = await house.row(submitted.answer_id)
    [priority] = report["priorities"]
    assert priority["text"] == "Say how your story answers the question."
    assert "That says nothing about how good it is." in priority["why"]
    assert priority["redo_question_ids"] == [str(asked.id)]
    assert row["status_reason"].endswith("How it is told is judged all the same, without a score.")


@pytest.mark.parametrize("order", [(2, 0, 1), (0, 2, 1), (1, 2, 0), (2, 1, 0)])
async def test_events_may_come_in_any_order(house: House, order: tuple[int, ...]) -> None:
    interview = Interview(help_question(1), slow_question(2))
    events = [interview.answer(GOOD, 1), interview.answer(SLOW_ANSWER, 2), interview.completed()]
    async with house.working():
        for number in order:
            await house.post(events[number])
        report = await house.report(interview.id)
    assert report["coverage"]["scored"] == 2
    assert len(await house.published("report_ready", interview.id)) == 1


async def test_all_answers_ending_at_once_make_one_report(house: House) -> None:
    interview = Interview(*(help_question(number) for number in range(1, 9)))
    async with house.working():
        await house.post(interview.completed_later(8))
        await house.post(*(interview.answer(GOOD, number) for number in range(1, 9)))
        report = await house.report(interview.id)
    assert report["coverage"]["scored"] == 8
    assert len(await house.published("report_ready", interview.id)) == 1


async def test_skipping_everything_gives_a_report_without_figures(house: House) -> None:
    interview = Interview(help_question(1), slow_question(2))
    async with house.working():
        await house.post(interview.completed())
        report = await house.report(interview.id)
    assert report["status"] == "insufficient"
    assert report["coverage"]["answered"] == 0
    assert report["competencies"] == []
    assert report["priorities"] == []


async def test_leaving_without_an_answer_gives_no_report(house: House) -> None:
    left, other = Interview(), Interview()
    async with house.working():
        await house.post(left.completed("abandoned"), other.completed())
        await house.report(other.id)
    assert await house.published("report_ready", left.id) == []
    assert (await house.get(f"/reports/{left.id}", left.candidate_id)).status_code == 404


async def test_leaving_after_an_answer_gives_a_report(house: House) -> None:
    interview = four_questions()
    async with house.working():
        await house.post(interview.answer(GOOD), interview.completed("abandoned"))
        report = await house.report(interview.id)
    assert report["coverage"]["planned"] == 4
    assert report["coverage"]["scored"] == 1


async def test_failed_answer_makes_a_partial_report_and_a_retry_makes_it_anew(
    house: House, with_gemini: AnalysisSettings, gemini: FakeGemini
) -> None:
    interview = Interview(help_question(1), slow_question(2), allow_fallback=False)
    first, second = interview.answer(GOOD, 1), interview.answer(SLOW_ANSWER, 2)
    async with house.working(with_gemini):
        await house.post(first)
        await house.ended(first.answer_id)
        gemini.next(Fault(kind="safety"))
        await house.post(second, interview.completed())
        report = await house.report(interview.id)
        assert report["status"] == "partial"
        assert "safety rules" in report["coverage"]["not_scored"][0]["reason"]

        answer = await retry(house, interview, second.answer_id)
        assert answer.status_code == 202
        assert answer.headers["Location"] == f"/reports/{interview.id}"

        async def made_anew() -> bool:
            return len(await house.published("report_ready", interview.id)) == 2

        await eventually(made_anew)
    report = await house.report(interview.id)
    assert report["status"] == "done"
    assert report["coverage"]["scored"] == 2


async def test_retry_without_ai_is_done_without_ai(
    house: House, with_gemini: AnalysisSettings, gemini: FakeGemini
) -> None:
    interview = Interview(allow_fallback=False)
    event = interview.answer(GOOD)
    gemini.next(Fault(kind="status", status=500, times=-1))
    async with house.working(with_gemini):
        await house.post(event)
        assert (await house.ended(event.answer_id))["status"] == "failed"
        assert (await retry(house, interview, event.answer_id, use_offline=True)).status_code == 202

        async def done() -> bool:
            return (await house.row(event.answer_id))["status"] == "done"

        await eventually(done)
    provenance = (await house.row(event.answer_id))["result"]["provenance"]
    assert provenance["provider"] == "offline"
    assert provenance["fallback_reason"] is None


async def retry(house: House, interview: Interview, answer_id: UUID, *, use_offline: bool = False) -> Any:
    return await house.client.post(
        f"/reports/{interview.id}/answers/{answer_id}/retry",
        json={"use_offline": use_offline},
        headers=house.headers(interview.candidate_id),
    )
