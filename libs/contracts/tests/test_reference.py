from pathlib import Path

from contracts.reference import render
from contracts.registry import EVENTS

PAGE = Path(__file__).parents[3] / "docs" / "events.md"


def test_events_page_is_what_the_models_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(), "run: python -m contracts.reference > docs/events.md"


def test_every_event_type_names_publisher_and_version() -> None:
    for event_type, event in EVENTS.items():
        publisher, what, version = event_type.split(".")
        assert event.__module__ == f"contracts.{publisher}"
        assert what
        assert version.startswith("v")
        assert int(version[1:]) >= 1
