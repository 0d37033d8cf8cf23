"""Who an AI call is charged to, what it cost, and how much may be spent."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Protocol
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_core import from_json
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from kit.ai.errors import ModelUnavailable
from kit.ai.unprefixed import unprefixed

_VERSION = re.compile(r"-\d{3}$")  # gemini-3.5-flash-lite-001 costs what gemini-3.5-flash-lite costs
_MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Charge:
    """Who pays: an account, the job it is done for, and what part of the job it is."""

    account: UUID
    job: UUID
    purpose: str


_current: ContextVar[Charge | None] = ContextVar("ai_charge", default=None)


@contextmanager
def charged_to(account: UUID, job: UUID, purpose: str) -> Iterator[None]:
    """Charge every call that is made inside the block, by this task and those it starts."""
    token = _current.set(Charge(account, job, purpose))
    try:
        yield
    finally:
        _current.reset(token)


def current_charge() -> Charge | None:
    """Return who pays for a call made now; None when nobody was named."""
    return _current.get()


@dataclass(frozen=True, slots=True)
class Usage:
    """One request as the provider counted it; tokens and cost are None when it did not, or no price is known."""

    id: UUID
    purpose: str | None
    provider: str
    model: str
    input_tokens: int | None
    output_tokens: int | None
    cost_usd: Decimal | None
    used_at: datetime


class Meter(Protocol):
    """Lets calls pass while there is something left to spend, and writes down what they used."""

    async def admit(self, charge: Charge | None) -> None:
        """Let a call pass.

        Raises:
            AllowanceSpent: there is nothing left for it.
        """

    async def note(
        self, charge: Charge | None, *, provider: str, model: str, input_tokens: int | None, output_tokens: int | None
    ) -> None:
        """Write down one request. Never raises: a result that was paid for is not lost over its bill."""


class AllowanceSpent(ModelUnavailable):
    """What may be spent on AI is spent; the calling is left to those who have something left."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, permanent=True)


class Price(BaseModel):
    """US dollars per million tokens; the model's thinking counts as output."""

    model_config = ConfigDict(extra="forbid")

    input: Decimal = Field(ge=0)
    output: Decimal = Field(ge=0)


class SpendingSettings(BaseSettings):
    """How much AI may be used. A limit that is left empty is none; calls already under way may pass it a little."""

    model_config = SettingsConfigDict(populate_by_name=True, extra="ignore")

    ai_tokens_per_interview: int | None = Field(
        default=400_000,
        ge=0,
        validation_alias=unprefixed("ai_tokens_per_interview"),
        description="Most tokens for one interview, questions and speech included; empty: no limit",
    )
    ai_usd_per_interview: Decimal | None = Field(
        default=Decimal("0.50"),
        ge=0,
        validation_alias=unprefixed("ai_usd_per_interview"),
        description="Most US dollars for one interview, where prices are known; empty: no limit",
    )
    ai_tokens_per_user_day: int | None = Field(
        default=2_000_000,
        ge=0,
        validation_alias=unprefixed("ai_tokens_per_user_day"),
        description="Most tokens for one account in 24 hours; empty: no limit",
    )
    ai_usd_per_user_day: Decimal | None = Field(
        default=Decimal("2.00"),
        ge=0,
        validation_alias=unprefixed("ai_usd_per_user_day"),
        description="Most US dollars for one account in 24 hours, where prices are known; empty: no limit",
    )
    ai_prices: Annotated[dict[str, Price], NoDecode] = Field(
        default_factory=dict,
        validation_alias=unprefixed("ai_prices"),
        description='Prices that are not, or no longer, in prices.toml: {"model": {"input": 0.3, "output": 2.5}}',
    )

    @field_validator(
        "ai_tokens_per_interview",
        "ai_usd_per_interview",
        "ai_tokens_per_user_day",
        "ai_usd_per_user_day",
        mode="before",
    )
    @classmethod
    def _none_is_no_limit(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("ai_prices", mode="before")
    @classmethod
    def _read_prices(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return from_json(value) if value.strip() else {}


def cost_of(
    model: str, input_tokens: int | None, output_tokens: int | None, on: date, prices: Mapping[str, Price]
) -> Decimal | None:
    """Return what a request cost in US dollars; None when its tokens or its price are not known."""
    if input_tokens is None or output_tokens is None:
        return None
    name = _VERSION.sub("", model.removeprefix("models/"))
    price = prices.get(model) or prices.get(name) or _listed(name, on)
    if price is None:
        return None
    return (price.input * input_tokens + price.output * output_tokens) / _MILLION


def _listed(model: str, on: date) -> Price | None:
    """Return the price that holds on a day, by the shipped list."""
    holding = [row for row in _list() if row["model"] == model and row["from"] <= on]
    if not holding:
        return None
    row = max(holding, key=lambda one: one["from"])
    return Price(input=row["input"], output=row["output"])


@cache
def _list() -> list[dict[str, Any]]:
    text = files("kit.ai").joinpath("prices.toml").read_text()
    rows: list[dict[str, Any]] = tomllib.loads(text, parse_float=Decimal)["price"]
    return rows
