import asyncio
from datetime import datetime
from uuid import UUID

from kit.clock import now
from kit.migrations import check, downgrade, ini_path, upgrade
from sqlalchemy import text

from services.analysis.tests.house import House
from services.analysis.tests.material import GOOD, MIDDLING, SLOW_ANSWER, Interview, help_question, slow_question


def test_models_and_migrations_agree(service_database_url: str) -> None:
    check(ini_path("analysis"), service_database_url)


async def test_report_that_was_in_the_lists_or_has_nothing_to_rate_is_revealed(
    house: House, service_database_url: str
) -> None:
    """0007 on reports as 0006 kept them: whoever was not asked yet, nobody had opened."""
    made, single, asked = (Interview(help_question(1), slow_question(2)) for _ in range(3))
    left, single_coming, coming, running = (Interview(help_question(1), slow_question(2)) for _ in range(4))
    async with house.working():
        await house.post(made.answer(GOOD, 1), made.answer(SLOW_ANSWER, 2), made.completed())
        await house.post(single.answer(GOOD, 1), single.completed())
        await house.post(asked.answer(MIDDLING, 1), asked.answer(SLOW_ANSWER, 2), asked.completed())
        for interview in (made, single, asked):
            await house.report(interview.id)
        # Their answers have not arrived, so there is no report yet.
        ends = [single_coming.completed_later(1), coming.completed_later(2)]
        left.completed_later(2)
        await house.post(*ends, left.completed("abandoned"), running.answer(GOOD, 1))
        await house.ended(running.answers[running.questions[0].id])
    await house.reveal(asked.id, asked.candidate_id)
    seen_at = (await _revealed(house))[asked.id]
    async with house.database.transaction() as session:
        await session.execute(
            text("UPDATE analysis.reports SET revealed_at = NULL WHERE interview_id <> :asked"), {"asked": asked.id}
        )
    before = now()

    await asyncio.to_thread(downgrade, ini_path("analysis"), service_database_url, "0006")
    await asyncio.to_thread(upgrade, ini_path("analysis"), service_database_url)

    revealed = await _revealed(house)
    assert set(revealed) == {made.id, single.id, asked.id, left.id, single_coming.id}
    assert revealed[asked.id] == seen_at
    assert all(at < before for at in revealed.values())
    assert (await house.get(f"/reports/{coming.id}", coming.candidate_id)).json()["revealed"] is False
    assert (await house.get(f"/reports/{running.id}", running.candidate_id)).json()["revealed"] is False


async def _revealed(house: House) -> dict[UUID, datetime]:
    async with house.database.transaction() as session:
        rows = await session.execute(
            text("SELECT interview_id, revealed_at FROM analysis.reports WHERE revealed_at IS NOT NULL")
        )
        return {row.interview_id: row.revealed_at for row in rows}
