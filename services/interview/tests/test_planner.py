import itertools
from collections import Counter
from typing import Any

import pytest
from interview.bank import Level, Role, catalogue, find_level, find_role
from interview.planner import (
    ABOUT_PEOPLE,
    BUILDING_FAMILIES,
    KINDS,
    PEOPLE,
    PEOPLE_COMPETENCIES,
    kinds_for,
    plan,
)

ROLES = catalogue().roles
LEVELS = catalogue().levels
COUNTS = range(1, 11)


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.id)
def test_plan_holds_its_promises_for_every_level_and_count(role: Role) -> None:
    known = {competency.id for competency in catalogue().competencies}
    for level, count in itertools.product(LEVELS, COUNTS):
        slots = plan(role, level, count)
        assert [slot.position for slot in slots] == list(range(1, count + 1))
        assert len({slot.id for slot in slots}) == count
        assert {slot.kind for slot in slots} <= set(kinds_for(role))
        assert {slot.competency for slot in slots} <= known
        difficulties = [slot.difficulty for slot in slots]
        assert difficulties == sorted(difficulties)
        assert difficulties[0] == level.difficulty_min
        if count > 1:
            assert difficulties[-1] == level.difficulty_max
        for slot in slots:
            if slot.kind not in ABOUT_PEOPLE:
                assert slot.competency in role.competencies


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.id)
def test_mixed_plan_asks_about_person_and_craft_and_opens_with_the_person(role: Role) -> None:
    for level, count in itertools.product(LEVELS, range(3, 11)):
        kinds = [slot.kind for slot in plan(role, level, count)]
        assert kinds[0] == "behavioural"
        assert any(kind not in ABOUT_PEOPLE for kind in kinds)
        if count >= 5:
            assert len(set(kinds)) >= 3


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.id)
def test_competencies_are_spread(role: Role) -> None:
    for level, count in itertools.product(LEVELS, COUNTS):
        times = Counter((slot.kind in ABOUT_PEOPLE, slot.competency) for slot in plan(role, level, count))
        for about_people in (True, False):
            counts = [n for (people, _), n in times.items() if people is about_people]
            # Nothing comes a third time before everything has come twice: there are at least two to choose from.
            assert not counts or max(counts) - min(counts) <= 4
        assert len(times) >= min(count, 3)


def test_longer_plan_keeps_the_kinds_of_the_shorter_one() -> None:
    for role, level in itertools.product(ROLES, LEVELS):
        for count in range(1, 10):
            shorter = Counter(slot.kind for slot in plan(role, level, count))
            longer = Counter(slot.kind for slot in plan(role, level, count + 1))
            assert shorter <= longer


@pytest.mark.parametrize("kind", KINDS)
def test_chosen_kind_is_the_only_one(kind: Any) -> None:
    for role, level in itertools.product(ROLES, LEVELS):
        if kind in kinds_for(role):
            assert {slot.kind for slot in plan(role, level, 5, [kind])} == {kind}
        else:
            with pytest.raises(ValueError, match=role.id):
                plan(role, level, 5, [kind])


def test_two_chosen_kinds_share_evenly() -> None:
    slots = plan(_role("backend-engineer"), _level("mid"), 6, ["technical", "behavioural"])
    assert Counter(slot.kind for slot in slots) == {"technical": 3, "behavioural": 3}


def test_system_design_is_asked_of_those_who_build_systems_and_comes_last() -> None:
    for role in ROLES:
        assert ("system_design" in kinds_for(role)) is (role.family in BUILDING_FAMILIES)
    kinds = [slot.kind for slot in plan(_role("backend-engineer"), _level("staff-lead"), 5)]
    assert kinds[-1] == "system_design"
    assert "system_design" not in {slot.kind for slot in plan(_role("backend-engineer"), _level("intern"), 10)}


def test_least_practised_competency_comes_first() -> None:
    role, level = _role("backend-engineer"), _level("mid")
    first = [slot.competency for slot in plan(role, level, 5)]
    again = [slot.competency for slot in plan(role, level, 5, practised=Counter(first))]
    assert set(first).isdisjoint(again[:2])
    assert again == [slot.competency for slot in plan(role, level, 5, practised=Counter(first))]


def test_no_questions_is_no_plan() -> None:
    with pytest.raises(ValueError, match="at least one"):
        plan(_role("backend-engineer"), _level("mid"), 0)


def test_planner_knows_every_family_level_and_competency_of_the_catalogue() -> None:
    assert {family.id for family in catalogue().families} >= BUILDING_FAMILIES
    assert set(PEOPLE_COMPETENCIES) == {level.id for level in LEVELS}
    assert {competency.id for competency in catalogue().competencies} >= PEOPLE


def _role(role_id: str) -> Role:
    role = find_role(role_id)
    assert role is not None
    return role


def _level(level_id: str) -> Level:
    level = find_level(level_id)
    assert level is not None
    return level
