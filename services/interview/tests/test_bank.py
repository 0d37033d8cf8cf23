"""The bank as the planner uses it: enough questions for every choice a candidate has."""

from collections import Counter
from importlib.resources import files
from itertools import combinations

import pytest
from interview.bank import (
    BankQuestion,
    Level,
    Role,
    catalogue,
    find_level,
    find_role,
    questions,
    rubric,
)
from pydantic import ValidationError

MOST_QUESTIONS = 10
KINDS = ("behavioural", "situational", "technical", "system_design", "role_specific")
DIFFICULTIES = range(1, 6)
FAMILIES = [family.id for family in catalogue().families]
SYSTEM_DESIGN_FAMILIES = {"software-engineering", "data-ai", "infrastructure-security"}


def _in_range(question: BankQuestion, level: Level) -> bool:
    return level.difficulty_min <= question.difficulty <= level.difficulty_max


def _of_family(family: str) -> list[BankQuestion]:
    return [question for question in questions() if question.family == family]


def test_catalogue_holds_six_families_and_five_levels() -> None:
    assert FAMILIES == [
        "software-engineering",
        "data-ai",
        "infrastructure-security",
        "product-design",
        "business-growth",
        "people-operations",
    ]
    assert [level.id for level in catalogue().levels] == ["intern", "junior", "mid", "senior", "staff-lead"]


def test_catalogue_holds_four_to_six_roles_per_family() -> None:
    roles = Counter(role.family for role in catalogue().roles)
    assert set(roles) == set(FAMILIES)
    assert all(4 <= count <= 6 for count in roles.values())
    assert sum(roles.values()) >= 28


def test_catalogue_ids_are_unique() -> None:
    held = catalogue()
    for things in (held.families, held.roles, held.levels, held.competencies):
        ids = [thing.id for thing in things]
        assert len(ids) == len(set(ids))


def test_role_titles_and_aliases_name_one_role_each() -> None:
    names = [name.lower() for role in catalogue().roles for name in (role.title, *role.aliases)]
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_role_competencies_exist_and_are_asked_about() -> None:
    known = {competency.id for competency in catalogue().competencies}
    for role in catalogue().roles:
        asked = {question.competency for question in questions() if question.fits(role)}
        assert set(role.competencies) <= known, role.id
        assert set(role.competencies) <= asked, role.id


def test_every_competency_is_asked_about() -> None:
    assert {competency.id for competency in catalogue().competencies} == {
        question.competency for question in questions()
    }


def test_level_difficulties_rise() -> None:
    ranges = [(level.difficulty_min, level.difficulty_max) for level in catalogue().levels]
    assert ranges == sorted(ranges)
    assert all(low < high for low, high in ranges)


def test_find_role_and_level_return_none_for_unknown_ids() -> None:
    assert find_role("backend-engineer") is not None
    assert find_role("astronaut") is None
    assert find_level("mid") is not None
    assert find_level("wizard") is None


def test_general_questions_are_behavioural_or_situational() -> None:
    general = [question for question in questions() if question.family is None]
    kinds = Counter(question.kind for question in general)
    assert set(kinds) == {"behavioural", "situational"}
    assert kinds["behavioural"] >= 40
    assert len(general) >= 42
    assert all(not question.roles for question in general)


@pytest.mark.parametrize("family", FAMILIES)
def test_family_has_enough_questions_of_every_kind(family: str) -> None:
    held = _of_family(family)
    kinds = {question.kind for question in held}
    assert len(held) >= 18
    assert {"technical", "situational", "role_specific"} <= kinds
    assert ("system_design" in kinds) == (family in SYSTEM_DESIGN_FAMILIES)
    assert "behavioural" not in kinds


@pytest.mark.parametrize("family", [*FAMILIES, None])
def test_family_covers_every_difficulty(family: str | None) -> None:
    difficulties = Counter(question.difficulty for question in questions() if question.family == family)
    assert all(difficulties[difficulty] >= 2 for difficulty in DIFFICULTIES)


@pytest.mark.parametrize("level", catalogue().levels, ids=lambda level: level.id)
@pytest.mark.parametrize("role", catalogue().roles, ids=lambda role: role.id)
def test_role_and_level_can_be_asked_ten_questions_twice_without_repeat(role: Role, level: Level) -> None:
    fitting = [question for question in questions() if question.fits(role) and _in_range(question, level)]
    of_the_job = [question for question in fitting if question.family is not None]
    assert len(fitting) >= 2 * MOST_QUESTIONS
    assert len(of_the_job) >= 5
    assert {question.difficulty for question in fitting} == set(range(level.difficulty_min, level.difficulty_max + 1))


def test_question_fits_only_its_family_and_roles() -> None:
    backend, frontend, recruiter = (find_role(role) for role in ("backend-engineer", "frontend-engineer", "recruiter"))
    assert backend is not None
    assert frontend is not None
    assert recruiter is not None
    slow_query = next(question for question in questions() if question.id == "swe-slow-query")
    mistake = next(question for question in questions() if question.id == "beh-mistake")
    assert [slow_query.fits(role) for role in (backend, frontend, recruiter)] == [True, False, False]
    assert all(mistake.fits(role) for role in (backend, frontend, recruiter))


@pytest.mark.parametrize("kind", KINDS)
def test_rubric_weights_sum_to_one(kind: str) -> None:
    dimensions = rubric(kind).dimensions  # type: ignore[arg-type]  # the ids come from a plain list
    assert sum(dimension.weight for dimension in dimensions) == pytest.approx(1)
    assert len({dimension.id for dimension in dimensions}) == len(dimensions)
    assert all(len(set(dimension.anchors)) == 5 for dimension in dimensions)


def test_rubric_follows_the_kind_of_question() -> None:
    assert {kind: rubric(kind).id for kind in KINDS} == {  # type: ignore[arg-type]  # same
        "behavioural": "behavioural",
        "situational": "behavioural",
        "technical": "technical",
        "system_design": "technical",
        "role_specific": "technical",
    }


@pytest.mark.parametrize("kind", ["behavioural", "technical"])
def test_rubric_says_what_each_experience_level_must_show(kind: str) -> None:
    held = rubric(kind)  # type: ignore[arg-type]  # same
    texts = [held.expectation_for(level.id) for level in catalogue().levels]
    assert len(set(texts)) == len(texts) == len(held.expectations)
    with pytest.raises(KeyError):
        held.expectation_for("wizard")


def test_data_is_read_once_and_cannot_be_changed() -> None:
    assert questions() is questions()
    assert catalogue() is catalogue()
    with pytest.raises(ValidationError):
        catalogue().roles[0].title = "Changed"  # type: ignore[misc]  # that it cannot is the test


def test_unknown_key_in_a_question_is_refused() -> None:
    written = questions()[0].model_dump()
    with pytest.raises(ValidationError, match="extra"):
        BankQuestion.model_validate({**written, "keypoints": []})


def test_data_files_belong_to_the_package() -> None:
    bank = files("interview.bank")
    expected = {"behavioural.toml", *(f"{family}.toml" for family in FAMILIES)}
    assert {file.name for file in (bank / "questions").iterdir() if file.name.endswith(".toml")} == expected
    assert (bank / "catalogue.toml").is_file()


def test_no_two_questions_share_an_id() -> None:
    ids = [first.id for first, second in combinations(questions(), 2) if first.id == second.id]
    assert ids == []
