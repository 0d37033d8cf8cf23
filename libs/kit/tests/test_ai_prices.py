from datetime import date
from decimal import Decimal

import pytest
from kit.ai import AISettings
from kit.ai.spending import Price, charged_to, cost_of, current_charge
from kit.ids import new_id

MILLION = 1_000_000


@pytest.mark.parametrize(
    ("model", "on", "expected"),
    [
        ("gemini-3.5-flash-lite", date(2026, 11, 27), "2.80"),
        ("models/gemini-3.5-flash-lite-001", date(2026, 11, 27), "2.80"),
        ("gemini-3.8-flash", date(2026, 12, 31), "4.50"),
        ("gemini-3.8-flash", date(2027, 1, 1), "9.00"),
        ("gemini-3.8-flash", date(2026, 9, 1), None),  # before it could be bought
        ("gemini-3.5-flash-image", date(2026, 11, 27), None),  # another model, whatever its name begins with
        ("llama-3", date(2026, 11, 27), None),
    ],
)
def test_price_is_the_one_of_the_model_and_the_day(model: str, on: date, expected: str | None) -> None:
    cost = cost_of(model, MILLION, MILLION, on, {})
    assert cost == (Decimal(expected) if expected else None)


def test_own_price_goes_before_the_list() -> None:
    prices = {"gemini-3.5-flash-lite": Price(input=Decimal(1), output=Decimal(2)), "llama-3": Price(input=0, output=0)}
    assert cost_of("gemini-3.5-flash-lite", MILLION, MILLION, date(2026, 11, 27), prices) == 3
    assert cost_of("llama-3", MILLION, MILLION, date(2026, 11, 27), prices) == 0


@pytest.mark.parametrize("counted", [(None, 5), (5, None), (None, None)])
def test_what_nobody_counted_has_no_cost(counted: tuple[int | None, int | None]) -> None:
    assert cost_of("gemini-3.5-flash-lite", *counted, date(2026, 11, 27), {}) is None


def test_settings_read_prices_and_empty_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AI_PRICES", '{"my-model": {"input": 0.1, "output": "0.4"}}')
    monkeypatch.setenv("AI_TOKENS_PER_INTERVIEW", "")
    monkeypatch.setenv("AI_USD_PER_USER_DAY", "1.25")
    monkeypatch.setenv("GEMINI_REQUESTS_PER_MINUTE", "9")
    settings = AISettings()
    assert settings.ai_prices["my-model"].output == Decimal("0.4")
    assert settings.ai_tokens_per_interview is None
    assert settings.ai_usd_per_user_day == Decimal("1.25")
    assert settings.gemini_requests_per_minute == 9


def test_no_prices_and_no_limits_may_be_written_as_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AI_PRICES", "AI_USD_PER_INTERVIEW", "AI_TOKENS_PER_USER_DAY", "GEMINI_REQUESTS_PER_MINUTE"):
        monkeypatch.setenv(name, "")
    settings = AISettings()
    assert settings.ai_prices == {}
    assert (settings.ai_usd_per_interview, settings.ai_tokens_per_user_day) == (None, None)
    assert settings.gemini_requests_per_minute is None


def test_charge_ends_with_its_block() -> None:
    account, job = new_id(), new_id()
    assert current_charge() is None
    with charged_to(account, job, "questions"):
        charge = current_charge()
        assert charge is not None
        assert (charge.account, charge.job, charge.purpose) == (account, job, "questions")
    assert current_charge() is None
