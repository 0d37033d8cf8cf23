"""Rubrics: what each level of experience is judged by, and how administrators change it."""

import re
from typing import Any

import pytest
from interview.bank import Rubric, RubricBody, catalogue, resolved, rubrics
from interview.bank.checks import rubric_faults
from interview.bank.differences import differences
from interview.bank.places import in_words
from interview.models import BankVersion
from kit.database import Database
from kit.ids import new_id

from services.interview.tests.administrator import Admin
from services.interview.tests.candidate import Candidate, problem

BY_EXPERIENCE = {
    "behavioural": {"specificity", "ownership", "reflection"},
    "technical": {"correctness", "depth", "approach"},
}
OWN = [
    "The reply passes the question by.",
    "The reply names the question's subject and no more.",
    "The reply settles what was asked.",
    "The reply settles what was asked and what follows from it.",
    "The reply settles it first and then shows where it stops being true.",
]

every_rubric = pytest.mark.parametrize("rubric", rubrics(), ids=lambda rubric: rubric.id)
every_level = pytest.mark.parametrize("level", [level.id for level in catalogue().levels])


@every_rubric
def test_shipped_rubric_has_no_fault(rubric: Rubric) -> None:
    assert rubric_faults(rubric, rubric) == []


@every_rubric
def test_experience_decides_where_it_matters_and_mid_uses_the_common_words(rubric: Rubric) -> None:
    others = {level.id for level in catalogue().levels} - {"mid"}
    assert {one.id: set(one.by_level) for one in rubric.dimensions if one.by_level} == dict.fromkeys(
        BY_EXPERIENCE[rubric.id], others
    )
    for dimension in rubric.dimensions:
        sets = {dimension.anchors, *(own.anchors for own in dimension.by_level.values())}
        assert len(sets) == 1 + len(dimension.by_level)


@every_rubric
@every_level
def test_resolved_rubric_holds_the_five_sentences_of_one_level_of_experience(rubric: Rubric, level: str) -> None:
    found = resolved(rubric, level)
    assert (found.id, found.version, found.expectation) == (rubric.id, rubric.version, rubric.expectation_for(level))
    for here, there in zip(found.dimensions, rubric.dimensions, strict=True):
        assert (here.id, here.label, here.weight) == (there.id, there.label, there.weight)
        assert here.anchors == (there.by_level[level].anchors if level in there.by_level else there.anchors)


@every_rubric
def test_unknown_level_of_experience_is_not_resolved(rubric: Rubric) -> None:
    with pytest.raises(KeyError):
        resolved(rubric, "wizard")


@every_rubric
def test_every_anchor_is_a_sentence_about_the_answer(rubric: Rubric) -> None:
    texts = [text for one in rubric.dimensions for own in one.by_level.values() for text in own.anchors]
    assert all(text.endswith(".") and text[0].isupper() and 20 <= len(text) <= 200 for text in texts)
    assert not any(word in f" {text.lower()} " for text in texts for word in (" you ", " your "))


async def test_interviews_of_two_levels_carry_different_anchors(candidate: Candidate, stranger: Candidate) -> None:
    junior = await candidate.ready(level_id="junior")
    senior = await stranger.ready(level_id="senior")
    for who, interview, level in ((candidate, junior, "junior"), (stranger, senior, "senior")):
        [event] = await who.events("interview_ready", interview)
        for question in event.questions:
            [shipped] = [one for one in rubrics() if one.id == question.rubric.id]
            assert question.rubric == resolved(shipped, level)
            other = resolved(shipped, "junior" if level == "senior" else "senior")
            pairs = zip(question.rubric.dimensions, other.dimensions, strict=True)
            assert {one.id for one, two in pairs if one.anchors != two.anchors} == BY_EXPERIENCE[shipped.id]


async def test_anchors_go_with_the_answer_to_its_analysis(candidate: Candidate) -> None:
    interview = await candidate.started(level_id="staff-lead")
    await candidate.submit(interview)
    [event] = await candidate.events("answer_submitted", interview)
    [shipped] = [one for one in rubrics() if one.id == event.question.rubric.id]
    assert event.question.rubric == resolved(shipped, "staff-lead")


async def test_own_anchors_are_saved_shown_used_and_taken_back(
    admin: Admin, candidate: Candidate, stranger: Candidate
) -> None:
    body = await admin.rubric()
    common = body["dimensions"][0]["anchors"]
    assert body["dimensions"][0]["by_level"] == {}
    body["dimensions"][0]["by_level"] = {"senior": {"anchors": [*OWN]}}
    saved = (await admin.save_rubric(1, body)).json()
    # Said to be wording, and yet a level means something else for seniors now.
    assert saved["content"]["version"] == "behavioural-edited-3"
    assert saved["content"]["dimensions"][0]["by_level"] == {"senior": {"anchors": OWN}}
    fields = [difference["field"] for difference in saved["history"][0]["differences"]]
    places = [f"dimensions.relevance.by_level.senior.anchors.{level}" for level in range(1, 6)]
    assert fields == ["version", *places]
    labels = [difference["label"] for difference in saved["history"][0]["differences"]]
    assert labels == ["Version", *(f"Relevance, anchors for senior, level {level}" for level in range(1, 6))]
    assert await _relevance(candidate, "senior") == tuple(OWN)
    assert await _relevance(stranger, "mid") == tuple(common)

    body["dimensions"][0]["by_level"]["senior"]["anchors"][4] = "The reply settles it and says where it stops."
    assert (await admin.save_rubric(2, body)).json()["content"]["version"] == "behavioural-edited-3.1"
    body["dimensions"][0]["by_level"] = {}
    assert (await admin.save_rubric(3, body)).json()["content"]["version"] == "behavioural-edited-4"
    assert await _relevance(candidate, "senior") == tuple(common)
    restored = await admin.do("POST", "/bank/rubrics/behavioural/restore", {"version": 4, "to": 2, "note": "Fairer."})
    assert restored.json()["content"]["dimensions"][0]["by_level"] == {"senior": {"anchors": OWN}}


@pytest.mark.parametrize(
    ("own", "place"),
    [
        ({"wizard": {"anchors": OWN}}, ["wizard"]),
        ({"senior": {"anchors": OWN[:4]}}, ["senior", "anchors", 4]),
        ({"senior": {"anchors": [*OWN[:4], "Short."]}}, ["senior", "anchors", 4]),
        ({"senior": {"anchors": [*OWN[:4], OWN[0]]}}, ["senior", "anchors", 4]),
        ({"senior": {"anchors": None}}, ["senior"]),
        ({"senior": {"anchors": OWN, "typo": 1}}, ["senior", "typo"]),
    ],
)
async def test_bad_anchors_name_their_field_and_change_nothing(
    admin: Admin, own: dict[str, Any], place: list[Any]
) -> None:
    body = await admin.rubric()
    if own.get("senior") == {"anchors": None}:  # the same words as everybody's
        own = {"senior": {"anchors": body["dimensions"][1]["anchors"]}}
    body["dimensions"][1]["by_level"] = own
    refused = await admin.save_rubric(1, body)
    assert (refused.status_code, problem(refused)) == (422, "validation")
    found = [error["loc"] for error in refused.json()["errors"]]
    assert ["body", "content", "dimensions", 1, "by_level", *place] in found
    assert (await admin.do("GET", "/bank/rubrics/behavioural")).json()["version"] == 1


async def test_common_sentence_said_twice_is_refused_where_it_stands(admin: Admin) -> None:
    body = await admin.rubric()
    body["dimensions"][2]["anchors"][3] = body["dimensions"][2]["anchors"][1]
    refused = await admin.save_rubric(1, body)
    assert ["body", "content", "dimensions", 2, "anchors", 3] in [one["loc"] for one in refused.json()["errors"]]


async def test_page_from_before_there_were_any_cannot_take_own_anchors_away(admin: Admin) -> None:
    body = await admin.rubric()
    for dimension in body["dimensions"]:
        del dimension["by_level"]
    body["dimensions"][0]["anchors"][2] = "The answer gives what was asked for."
    refused = await admin.save_rubric(1, body)
    assert (refused.status_code, problem(refused)) == (422, "validation")
    places = [error["loc"] for error in refused.json()["errors"]]
    assert places == [["body", "content", "dimensions", index, "by_level"] for index in range(5)]
    assert (await admin.do("GET", "/bank/rubrics/behavioural")).json()["version"] == 1


async def test_rubric_that_was_edited_before_there_were_any_still_counts(
    admin: Admin, candidate: Candidate, database: Database
) -> None:
    [shipped] = [one for one in rubrics() if one.id == "behavioural"]
    await _stored_earlier(database, "behavioural-1.1", number=2)
    shown = (await admin.do("GET", "/bank/rubrics/behavioural")).json()["content"]
    assert shown["version"] == "behavioural-1.1"
    assert [dimension["by_level"] for dimension in shown["dimensions"]] == [{}] * 5
    interview = await candidate.ready(level_id="senior", kinds=["behavioural"])
    [event] = await candidate.events("interview_ready", interview)
    for question in event.questions:
        assert question.rubric.version == "behavioural-1.1"
        assert [one.anchors for one in question.rubric.dimensions] == [one.anchors for one in shipped.dimensions]
    body = await admin.rubric()
    body["dimensions"][3]["by_level"] = {"senior": {"anchors": OWN}}
    # Not behavioural-2: a rubric with other sentences is shipped by that name.
    assert (await admin.save_rubric(2, body)).json()["content"]["version"] == "behavioural-edited-3"


async def test_dump_of_a_rubric_can_be_sent_back(admin: Admin) -> None:
    for rubric in rubrics():
        body = await admin.rubric(rubric.id)
        assert RubricBody.model_validate(body).dimensions == rubric.dimensions
        assert problem(await admin.save_rubric(1, body, rubric_id=rubric.id)) == "bank-nothing-changed"


async def test_rubric_changes_its_minor_number_with_words_and_its_major_with_meaning(
    admin: Admin, candidate: Candidate, stranger: Candidate
) -> None:
    old = await candidate.ready(kinds=["behavioural"])
    body = await admin.rubric()
    body["dimensions"][0]["anchors"][2] = "The answer gives what was asked for."
    first = await admin.save_rubric(1, body, "wording")
    assert first.json()["content"]["version"] == "behavioural-2.1"
    body["dimensions"][0]["weight"] = 0.15
    refused = await admin.save_rubric(2, body, "wording")
    assert "add up to 1" in refused.json()["errors"][0]["msg"]
    body["dimensions"][1]["weight"] = 0.25
    second = await admin.save_rubric(2, body, "wording")
    assert second.json()["content"]["version"] == "behavioural-edited-3"
    assert [entry["label"] for entry in second.json()["history"]] == [
        "behavioural-edited-3",
        "behavioural-2.1",
        "behavioural-2",
    ]
    new = await stranger.ready(kinds=["behavioural"])
    assert await _rubric_versions(candidate, old) == {"behavioural-2"}
    assert await _rubric_versions(stranger, new) == {"behavioural-edited-3"}
    restored = await admin.do("POST", "/bank/rubrics/behavioural/restore", {"version": 3, "to": 1, "note": "Fairer."})
    assert restored.json()["content"]["version"] == "behavioural-edited-4"
    late = await admin.save_rubric(2, body, "meaning")
    assert problem(late) == "bank-changed"
    now = (await admin.do("GET", "/bank/rubrics/behavioural")).json()["content"]
    one, other = (dimension["id"] for dimension in body["dimensions"][:2])
    assert {found["field"] for found in late.json()["differences"]} == {
        f"dimensions.{one}.anchors.3",
        f"dimensions.{one}.weight",
        f"dimensions.{other}.weight",
    }
    assert late.json()["current"]["content"] == now


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("dimensions.ownership.by_level.staff-lead.anchors.4", "Ownership, anchors for staff or lead, level 4"),
        ("dimensions.ownership.anchors.5", "Ownership, level 5"),
        ("dimensions.ownership.weight", "Ownership, weight"),
        ("expectations.mid.text", "What level 3 shows, mid-level"),
        ("key_points.small-steps.text", "Key point small steps"),
        ("key_points.small-steps.terms", "Words that show key point small steps"),
        ("anchors.weak", "A weak answer"),
        ("text", "Question"),
        ("suggested_seconds", "Suggested seconds"),
        ("difficulty", "Difficulty"),
        ("dimensions.order", "Order of the dimensions"),
        ("expectations.order", "Order of the levels of experience"),
    ],
)
def test_places_have_the_words_of_their_forms(field: str, label: str) -> None:
    assert in_words(field, {"ownership": "Ownership"}) == label


def test_dimensions_and_levels_in_another_order_are_called_by_their_names() -> None:
    before = {
        "dimensions": [{"id": "ownership", "label": "Taking it on"}, {"id": "result", "label": "What came of it"}],
        "expectations": [{"level": "staff-lead", "text": "All."}, {"level": "intern", "text": "Some."}],
    }
    after = {name: things[::-1] for name, things in before.items()}
    found = {
        one.label: "".join(part.text for part in one.parts if part.change != "removed")
        for one in differences(before, after)
    }
    assert found == {
        "Order of the dimensions": "What came of it, Taking it on",
        "Order of the levels of experience": "intern, staff or lead",
    }


@pytest.mark.parametrize("name", ["dimensions", "expectations"])
async def test_rubric_keeps_its_dimensions_and_its_levels(admin: Admin, name: str) -> None:
    body = await admin.rubric()
    body[name] = body[name][:-1]
    refused = await admin.save_rubric(1, body, "meaning")
    assert ["body", "content", name] in [error["loc"] for error in refused.json()["errors"]]


async def test_no_major_version_is_had_twice(admin: Admin, database: Database) -> None:
    for number, version in enumerate(["behavioural-1", "behavioural-2", "behavioural-7", "behavioural-7.1"], start=1):
        await _stored_earlier(database, version, number=number)
    body = await admin.rubric()
    body["dimensions"][0]["by_level"] = {"senior": {"anchors": [*OWN]}}
    assert (await admin.save_rubric(4, body)).json()["content"]["version"] == "behavioural-edited-8"
    restored = await admin.do("POST", "/bank/rubrics/behavioural/restore", {"version": 5, "to": 2, "note": "Fairer."})
    assert restored.json()["content"]["version"] == "behavioural-edited-9"


@every_rubric
def test_no_shipped_rubric_has_the_name_of_an_edited_one(rubric: Rubric) -> None:
    assert re.fullmatch(rf"{rubric.id}-\d+(\.\d+)?", rubric.version)


async def test_what_is_shipped_today_can_be_had_after_an_edit_of_what_was_shipped_before(
    admin: Admin, candidate: Candidate, database: Database
) -> None:
    assert (await admin.do("GET", "/bank/rubrics/behavioural")).json()["shipped"] is None
    await _stored_earlier(database, "behavioural-1", number=1)
    await _stored_earlier(database, "behavioural-1.1", number=2)
    shown = (await admin.do("GET", "/bank/rubrics/behavioural")).json()
    assert shown["shipped"]["label"] == "behavioural-2"
    labels = [one["label"] for one in shown["shipped"]["differences"]]
    assert "Ownership, anchors for senior, level 5" in labels
    # What counts is what was edited, and "as shipped" in its history is the old one, without such anchors.
    assert shown["content"]["version"] == "behavioural-1.1"

    body = {"version": 2, "to": "shipped", "note": "The release says it better."}
    taken = (await admin.do("POST", "/bank/rubrics/behavioural/restore", body)).json()
    [shipped] = [one for one in rubrics() if one.id == "behavioural"]
    assert taken["content"]["version"] == "behavioural-edited-3"
    assert RubricBody.model_validate(await admin.rubric()).dimensions == shipped.dimensions
    assert (taken["shipped"], taken["history"][0]["restored_from"]) == (None, None)
    interview = await candidate.ready(level_id="senior", kinds=["behavioural"])
    [event] = await candidate.events("interview_ready", interview)
    for question in event.questions:
        assert question.rubric.dimensions == resolved(shipped, "senior").dimensions
    again = await admin.do("POST", "/bank/rubrics/behavioural/restore", body | {"version": 3})
    assert problem(again) == "bank-nothing-changed"
    odd = await admin.do("POST", "/bank/rubrics/behavioural/restore", body | {"version": 3, "to": "newest"})
    assert (odd.status_code, problem(odd)) == (422, "validation")


async def _stored_earlier(database: Database, version: str, *, number: int) -> None:
    """Store a behavioural rubric as it was saved before dimensions had anchors by level of experience."""
    [shipped] = [one for one in rubrics() if one.id == "behavioural"]
    content = shipped.model_dump(mode="json") | {"version": version}
    for dimension in content["dimensions"]:
        del dimension["by_level"]
    async with database.transaction() as session:
        session.add(
            BankVersion(
                id=new_id(),
                kind="rubric",
                item_id="behavioural",
                number=number,
                status="active",
                content=content,
                note="Says it more plainly.",
                author_id=new_id(),
                author_email=None,
                restored_from=None,
                made_at=None,
            )
        )


async def _rubric_versions(candidate: Candidate, interview: dict[str, Any]) -> set[str]:
    [ready] = await candidate.events("interview_ready", interview)
    return {question.rubric.version for question in ready.questions}


async def _relevance(candidate: Candidate, level: str) -> tuple[str, ...]:
    interview = await candidate.ready(level_id=level, kinds=["behavioural"])
    [event] = await candidate.events("interview_ready", interview)
    [anchors] = {question.rubric.dimensions[0].anchors for question in event.questions}
    return tuple(anchors)
