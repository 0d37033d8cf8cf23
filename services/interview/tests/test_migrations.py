import asyncio

import asyncpg
from kit.migrations import check, downgrade, ini_path, upgrade

from services.interview.tests.candidate import Candidate
from services.interview.tests.fixtures import Hear
from services.interview.tests.test_results import hear, reported

__all__ = ["hear"]


def test_models_and_migrations_agree(service_database_url: str) -> None:
    check(ini_path("interview"), service_database_url)


async def test_reports_whose_figure_was_in_the_list_are_revealed(
    candidate: Candidate, hear: Hear, service_database_url: str
) -> None:
    made, without_figure, coming = [await candidate.completed() for _ in range(3)]
    await hear(
        reported(candidate, made, 3.4, revealed=False),
        reported(candidate, without_figure, None, status="insufficient", revealed=False),
    )
    assert await _revealed(service_database_url) == set()
    await asyncio.to_thread(downgrade, ini_path("interview"), service_database_url, "0009")
    await asyncio.to_thread(upgrade, ini_path("interview"), service_database_url)
    assert await _revealed(service_database_url) == {made["id"], without_figure["id"]}
    assert coming["report_status"] == "pending"


async def _revealed(url: str) -> set[str]:
    connection = await asyncpg.connect(url)  # of its own: the columns of the others' statements have changed
    try:
        rows = await connection.fetch("SELECT id FROM interview.interviews WHERE report_revealed")
    finally:
        await connection.close()
    return {str(row["id"]) for row in rows}
