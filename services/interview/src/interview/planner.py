"""Decides what an interview asks for, before anybody writes a question: kinds, difficulties, competencies.

Pure: the same choice and history give the same plan.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from contracts.interview import QuestionKind

from interview.bank import Level, Role

Mix = Mapping[QuestionKind, float]

# Also the order in which kinds that weigh the same get their share.
KINDS: tuple[QuestionKind, ...] = ("behavioural", "situational", "technical", "role_specific", "system_design")
ABOUT_PEOPLE: frozenset[QuestionKind] = frozenset({"behavioural", "situational"})
BUILDING_FAMILIES = frozenset({"software-engineering", "data-ai", "infrastructure-security"})

# Families that build systems: juniors are asked what they know, seniors what they would choose and why.
_BUILDING: Mapping[str, Mix] = {
    "intern": {"behavioural": 0.30, "situational": 0.10, "technical": 0.45, "role_specific": 0.15},
    "junior": {"behavioural": 0.25, "situational": 0.10, "technical": 0.45, "role_specific": 0.20},
    "mid": {
        "behavioural": 0.20,
        "situational": 0.10,
        "technical": 0.35,
        "role_specific": 0.15,
        "system_design": 0.20,
    },
    "senior": {
        "behavioural": 0.20,
        "situational": 0.10,
        "technical": 0.25,
        "role_specific": 0.20,
        "system_design": 0.25,
    },
    "staff-lead": {
        "behavioural": 0.20,
        "situational": 0.20,
        "technical": 0.15,
        "role_specific": 0.15,
        "system_design": 0.30,
    },
}

# Families whose craft is people, products and business: what they did and would do counts for more.
_PRACTISING: Mapping[str, Mix] = {
    "intern": {"behavioural": 0.35, "situational": 0.20, "technical": 0.15, "role_specific": 0.30},
    "junior": {"behavioural": 0.30, "situational": 0.20, "technical": 0.15, "role_specific": 0.35},
    "mid": {"behavioural": 0.30, "situational": 0.20, "technical": 0.15, "role_specific": 0.35},
    "senior": {"behavioural": 0.30, "situational": 0.25, "technical": 0.10, "role_specific": 0.35},
    "staff-lead": {"behavioural": 0.30, "situational": 0.30, "technical": 0.10, "role_specific": 0.30},
}

# How people work, most telling first for each level; a role's own competencies come before these.
PEOPLE_COMPETENCIES: Mapping[str, tuple[str, ...]] = {
    "intern": ("learning", "communication", "collaboration", "adaptability", "ownership", "integrity", "resilience"),
    "junior": ("ownership", "learning", "collaboration", "communication", "adaptability", "resilience", "integrity"),
    "mid": ("ownership", "collaboration", "prioritisation", "conflict-resolution", "communication", "adaptability"),
    "senior": ("decision-making", "influence", "mentoring", "ownership", "conflict-resolution", "prioritisation"),
    "staff-lead": ("leadership", "influence", "decision-making", "mentoring", "inclusion", "conflict-resolution"),
}
PEOPLE: frozenset[str] = frozenset(
    {competency for competencies in PEOPLE_COMPETENCIES.values() for competency in competencies}
    | {"problem-solving", "customer-focus"}
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for one question. `id` names it to whoever writes the question."""

    id: str
    position: int
    kind: QuestionKind
    difficulty: int
    competency: str


def kinds_for(role: Role) -> tuple[QuestionKind, ...]:
    """Return the kinds of question that are asked for a role."""
    return tuple(kind for kind in KINDS if kind != "system_design" or role.family in BUILDING_FAMILIES)


def plan(
    role: Role,
    level: Level,
    count: int,
    kinds: Sequence[QuestionKind] = (),
    practised: Mapping[str, int] | None = None,
) -> tuple[Slot, ...]:
    """Plan an interview of `count` questions.

    `kinds` limits the mix (empty: what suits role and level). `practised` counts the competencies this candidate was
    asked about before; among equals the least practised comes first.

    Raises:
        ValueError: `count` is not positive, or none of `kinds` is asked for the role.
    """
    if count < 1:
        raise ValueError("an interview has at least one question")
    order = _in_order(_apportion(_mix(role, level, kinds), count))
    difficulties = _rising(level.difficulty_min, level.difficulty_max, count)
    slots = [
        Slot(id=f"slot-{position}", position=position, kind=kind, difficulty=difficulty, competency="")
        for position, (kind, difficulty) in enumerate(zip(order, difficulties, strict=True), start=1)
    ]
    return _with_competencies(slots, role, level, practised or {})


def _mix(role: Role, level: Level, kinds: Sequence[QuestionKind]) -> Mix:
    offered = kinds_for(role)
    if kinds:
        wanted: Mix = {kind: 1.0 for kind in offered if kind in kinds}
        if not wanted:
            raise ValueError(f"none of {', '.join(kinds)} is asked for {role.id}")
        return wanted
    return (_BUILDING if role.family in BUILDING_FAMILIES else _PRACTISING)[level.id]


def _apportion(mix: Mix, count: int) -> Counter[QuestionKind]:
    """Share the places out one by one to whoever is furthest below its share (Sainte-Laguë)."""
    seats: Counter[QuestionKind] = Counter()
    for _ in range(count):
        kind = max(KINDS, key=lambda kind: mix.get(kind, 0.0) / (2 * seats[kind] + 1))
        seats[kind] += 1
    return seats


def _in_order(seats: Counter[QuestionKind]) -> list[QuestionKind]:
    """Open with something about the candidate, close with the biggest question, spread the rest evenly."""
    rest = Counter(seats)
    opening: list[QuestionKind] = []
    closing: list[QuestionKind] = []
    if rest["behavioural"]:
        opening.append("behavioural")
    rest.subtract(opening)
    if rest["system_design"]:
        closing.append("system_design")
    rest.subtract(closing)
    places = [((nth + 0.5) / seat, KINDS.index(kind), kind) for kind, seat in rest.items() for nth in range(seat)]
    return [*opening, *(kind for _, _, kind in sorted(places)), *closing]


def _rising(lowest: int, highest: int, count: int) -> list[int]:
    if count == 1:
        return [lowest]
    # Half up, not half to even: round() would give 2 for both 1.5 and 2.5 and leave 3 out.
    return [lowest + int((highest - lowest) * place / (count - 1) + 0.5) for place in range(count)]


def _with_competencies(
    slots: Sequence[Slot], role: Role, level: Level, practised: Mapping[str, int]
) -> tuple[Slot, ...]:
    about_people = list(dict.fromkeys([*(c for c in role.competencies if c in PEOPLE), *PEOPLE_COMPETENCIES[level.id]]))
    craft = [c for c in role.competencies if c not in PEOPLE or c == "problem-solving"]
    about_craft = craft if len(craft) > 1 else list(role.competencies)
    used: Counter[str] = Counter()
    planned = []
    for slot in slots:
        candidates = about_people if slot.kind in ABOUT_PEOPLE else about_craft
        competency = min(
            candidates,
            key=lambda name: (used[name], practised.get(name, 0), candidates.index(name)),
        )
        used[competency] += 1
        planned.append(replace(slot, competency=competency))
    return tuple(planned)
