import json
from pathlib import Path

import pytest
from contracts.base import Event
from contracts.registry import EVENTS

GOLDEN = Path(__file__).parents[1] / "golden"


def test_every_event_has_its_golden_file_and_every_file_its_event() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"{event_type}.json" for event_type in EVENTS}


def test_registry_knows_every_event() -> None:
    def below(parent: type[Event]) -> set[type[Event]]:
        return {one for child in parent.__subclasses__() for one in {child, *below(child)}}

    declared = {one for one in below(Event) if "event_type" in vars(one) and one.__module__.startswith("contracts.")}
    assert declared == set(EVENTS.values())


@pytest.mark.parametrize("event_type", EVENTS)
def test_golden_file_is_read_and_written_back_as_it_is(event_type: str) -> None:
    text = (GOLDEN / f"{event_type}.json").read_text(encoding="utf-8")
    event = EVENTS[event_type].model_validate_json(text)
    assert json.loads(event.model_dump_json()) == json.loads(text)
    assert event.subject in {str(getattr(event, name, "")) for name in ("interview_id", "user_id")}


@pytest.mark.parametrize("event_type", EVENTS)
def test_reader_of_today_understands_a_writer_of_tomorrow(event_type: str) -> None:
    data = json.loads((GOLDEN / f"{event_type}.json").read_text(encoding="utf-8"))
    event = EVENTS[event_type].model_validate({**data, "added_later": {"anything": 1}})
    assert json.loads(event.model_dump_json()) == data
