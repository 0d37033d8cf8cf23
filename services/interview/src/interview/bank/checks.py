"""What makes no sense in a question or a rubric although every field has its shape."""

from collections.abc import Iterable, Sequence
from math import isclose

from interview.bank.loader import catalogue, find_role
from interview.bank.models import QuestionBody, Rubric, RubricBody, RubricDimension

Place = tuple[str | int, ...]
Fault = tuple[Place, str]


def question_faults(question: QuestionBody, *, builds: Iterable[str]) -> list[Fault]:
    """Return where a question does not fit the catalogue or itself; `builds` names the families that design systems."""
    known = catalogue()
    found: list[Fault] = []
    if question.competency not in {competency.id for competency in known.competencies}:
        found.append((("competency",), "choose a competency of the catalogue"))
    if question.family is not None and question.family not in {family.id for family in known.families}:
        found.append((("family",), "choose a family of the catalogue"))
    for index, role_id in enumerate(question.roles):
        role = find_role(role_id)
        if role is None or (question.family is not None and role.family != question.family):
            found.append((("roles", index), "choose a job of the family"))
    found += [(("roles", index), "this job is listed twice") for index in _again(question.roles)]
    if question.kind == "system_design" and question.family not in set(builds):
        found.append((("kind",), "only families that build systems are asked to design one"))
    found += [
        (("key_points", i, "id"), "two key points share this id") for i in _again([p.id for p in question.key_points])
    ]
    for index, point in enumerate(question.key_points):
        found += [(("key_points", index, "terms", i), "this term is listed twice") for i in _again(point.terms)]
    anchors = question.anchors
    if len({anchors.weak, anchors.solid, anchors.strong}) < 3:  # noqa: PLR2004 - weak, solid and strong
        found.append((("anchors",), "weak, solid and strong must differ"))
    return found


def rubric_faults(rubric: RubricBody, before: Rubric) -> list[Fault]:
    """Return what is wrong with a rubric. Its dimensions stay: the engines know how to look for each by its id."""
    found: list[Fault] = []
    if [dimension.id for dimension in rubric.dimensions] != [dimension.id for dimension in before.dimensions]:
        found.append((("dimensions",), "the dimensions must stay the same, in the same order"))
    total = sum(dimension.weight for dimension in rubric.dimensions)
    if not isclose(total, 1, abs_tol=1e-6):
        found.append((("dimensions",), f"the weights must add up to 1, and add up to {total:.2f}"))
    levels = [level.id for level in catalogue().levels]
    for index, dimension in enumerate(rubric.dimensions):
        found += _anchor_faults(("dimensions", index), dimension, levels)
    if sorted(expectation.level for expectation in rubric.expectations) != sorted(levels):
        found.append((("expectations",), "say once for each level of experience what is expected"))
    return found


def unsaid_faults(rubric: RubricBody) -> list[Fault]:
    """Return where a rubric to save does not say whose anchors differ.

    What was stored before there were any may leave it out. But a page that was opened before a release knows nothing of
    them either, and what it saves must not take them all away.
    """
    return [
        (("dimensions", index, "by_level"), "say whose anchors differ, or that nobody's do: {}")
        for index, dimension in enumerate(rubric.dimensions)
        if "by_level" not in dimension.model_fields_set
    ]


def same_meaning(rubric: RubricBody, before: RubricBody) -> bool:
    """Tell whether all weights are the same, and the levels of experience that have anchors of their own.

    Whether an anchor in other words means the same only people can say. But a level of experience gets anchors of its
    own, or loses them, because a level means something else there.
    """
    return [(dimension.weight, set(dimension.by_level)) for dimension in rubric.dimensions] == [
        (dimension.weight, set(dimension.by_level)) for dimension in before.dimensions
    ]


def _anchor_faults(place: Place, dimension: RubricDimension, levels: Sequence[str]) -> list[Fault]:
    found = _repeats((*place, "anchors"), dimension.anchors)
    for level, own in dimension.by_level.items():
        there = (*place, "by_level", level)
        if level not in levels:
            found.append((there, "choose a level of experience of the catalogue"))
        if own.anchors == dimension.anchors:
            found.append((there, "these are the common sentences: change one, or use the common wording"))
        found += _repeats((*there, "anchors"), own.anchors)
    return found


def _repeats(place: Place, sentences: Sequence[str]) -> list[Fault]:
    return [((*place, index), "each level needs a sentence of its own") for index in _again(sentences)]


def _again(values: Sequence[str]) -> list[int]:
    return [index for index, value in enumerate(values) if value in values[:index]]
