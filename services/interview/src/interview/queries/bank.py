"""Versions of the bank's questions and rubrics."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from interview.models import BankVersion
from interview.models.bank import BankItemKind

Fingerprint = tuple[int, UUID | None]
_LOCK = func.hashtextextended("interview.bank_versions", 0)


async def fingerprint(session: AsyncSession) -> Fingerprint:
    """Return what is the same only while no version was added: rows are never changed or deleted."""
    last = select(BankVersion.id).order_by(BankVersion.id.desc()).limit(1).scalar_subquery()
    count = select(func.count()).select_from(BankVersion).scalar_subquery()
    row = (await session.execute(select(count, last))).one()
    return (row[0], row[1])


async def heads(session: AsyncSession) -> Sequence[BankVersion]:
    """Return the last version of everything that was ever changed."""
    named = (BankVersion.kind, BankVersion.item_id)
    last = select(*named, func.max(BankVersion.number)).group_by(*named)
    statement = select(BankVersion).where(tuple_(*named, BankVersion.number).in_(last)).order_by(*named)
    return (await session.scalars(statement)).all()


async def versions_of(session: AsyncSession, kind: BankItemKind, item_id: str) -> Sequence[BankVersion]:
    """Return all versions of one question or rubric, newest first."""
    statement = (
        select(BankVersion)
        .where(BankVersion.kind == kind, BankVersion.item_id == item_id)
        .order_by(BankVersion.number.desc())
    )
    return (await session.scalars(statement)).all()


async def lock_for_change(session: AsyncSession) -> None:
    """Until the transaction ends nobody else changes the bank, and no interview gets ready with what it was."""
    await session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


async def hold(session: AsyncSession) -> None:
    """Until the transaction ends nobody changes the bank."""
    await session.execute(select(func.pg_advisory_xact_lock_shared(_LOCK)))
