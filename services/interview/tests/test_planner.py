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
        assert difficulties[0] == level.difficulty_min
        assert set(difficulties) <= set(range(level.difficulty_min, level.difficulty_max + 1))
        if count > 2:
            *rising, close = difficulties
            assert rising == sorted(rising)
            assert rising[-1] == level.difficulty_max
            assert close < level.difficulty_max
        elif count == 2:
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


def test_system_design_is_asked_of_those_who_build_systems_and_comes_before_the_close() -> None:
    for role in ROLES:
        assert ("system_design" in kinds_for(role)) is (role.family in BUILDING_FAMILIES)
    kinds = [slot.kind for slot in plan(_role("backend-engineer"), _level("staff-lead"), 5)]
    assert kinds[-2] == "system_design"
    assert "system_design" not in {slot.kind for slot in plan(_role("backend-engineer"), _level("intern"), 10)}


def test_least_practised_competency_comes_first() -> None:
    role, level = _role("backend-engineer"), _level("mid")
    first = [slot.competency for slot in plan(role, level, 5)]
    again = [slot.competency for slot in plan(role, level, 5, practised=Counter(first))]
    assert set(first).isdisjoint(again[:2])
    assert again == [slot.competency for slot in plan(role, level, 5, practised=Counter(first))]


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.id)
def test_every_focus_gets_a_place_that_suits_it(role: Role) -> None:
    craft = [competency for competency in role.competencies if competency not in PEOPLE]
    for level, count in itertools.product(LEVELS, range(3, 11)):
        for focus in (["ownership"], craft[:1], [*craft[:2], "influence"], ["ownership", "learning", "inclusion"]):
            slots = plan(role, level, count, focus=focus)
            placed = {slot.competency: slot for slot in slots if slot.asked_for == "focus"}
            assert set(placed) == set(focus)
            assert [slot.difficulty for slot in slots] == [slot.difficulty for slot in plan(role, level, count)]
            for competency, slot in placed.items():
                assert (competency in PEOPLE) is (slot.kind in ABOUT_PEOPLE)


def test_focus_moves_the_mix_towards_its_kinds() -> None:
    role, level = _role("backend-engineer"), _level("mid")

    def about_people(focus: list[str]) -> int:
        return sum(slot.kind in ABOUT_PEOPLE for slot in plan(role, level, 10, focus=focus))

    craft = next(competency for competency in role.competencies if competency not in PEOPLE)
    assert about_people([craft]) < about_people([]) < about_people(["ownership", "influence"])


def test_weak_points_come_after_the_focus_and_leave_room_for_the_rest() -> None:
    role, level = _role("backend-engineer"), _level("mid")
    weak = ["resilience", "integrity", "inclusion"]
    slots = plan(role, level, 5, focus=["ownership", "resilience"], weak_points=weak)
    asked = {slot.competency: slot.asked_for for slot in slots if slot.asked_for is not None}
    assert (asked["ownership"], asked["resilience"]) == ("focus", "focus")
    assert len(asked) == 3
    assert sum(slot.asked_for is None for slot in slots) == 2


def test_chosen_kinds_stay_whatever_the_focus() -> None:
    slots = plan(_role("backend-engineer"), _level("mid"), 4, ["technical"], focus=["ownership"])
    assert {slot.kind for slot in slots} == {"technical"}
    assert all(slot.asked_for is None for slot in slots)


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
