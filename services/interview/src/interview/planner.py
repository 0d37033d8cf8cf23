"""Decides what an interview asks for, before anybody writes a question: kinds, difficulties, competencies.

The first question is the easiest, the last but one the hardest, and the last is easier again, so that the hardest is
not what stays in mind. Pure: the same choice and history give the same plan.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from contracts.interview import QuestionKind

from interview.bank import Level, Role

Mix = Mapping[QuestionKind, float]
AskedFor = Literal["focus", "weak_point"]

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

# How much of the mix follows what the candidate asks for; the rest stays what suits role and level.
_STEERED_SHARE = 0.4
# So many of the places at most are for weak points and focus together.
_STEERED_PLACES = 0.6

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
    """A place for one question. `id` names it to whoever writes the question.

    `asked_for` says why it looks for this competency; None: because role and level do.
    """

    id: str
    position: int
    kind: QuestionKind
    difficulty: int
    competency: str
    asked_for: AskedFor | None = None


def kinds_for(role: Role) -> tuple[QuestionKind, ...]:
    """Return the kinds of question that are asked for a role."""
    return tuple(kind for kind in KINDS if kind != "system_design" or role.family in BUILDING_FAMILIES)


def plan(
    role: Role,
    level: Level,
    count: int,
    kinds: Sequence[QuestionKind] = (),
    practised: Mapping[str, int] | None = None,
    *,
    focus: Sequence[str] = (),
    weak_points: Sequence[str] = (),
) -> tuple[Slot, ...]:
    """Plan an interview of `count` questions.

    `kinds` limits the mix (empty: what suits role and level). `practised` counts the competencies this candidate was
    asked about before; among equals the least practised comes first. Each competency in `focus` gets a place, then
    those in `weak_points` while there are places left for them; both shift the mix towards their kinds.

    Raises:
        ValueError: `count` is not positive, or none of `kinds` is asked for the role.
    """
    if count < 1:
        raise ValueError("an interview has at least one question")
    wanted: dict[str, AskedFor] = {**dict.fromkeys(weak_points, "weak_point"), **dict.fromkeys(focus, "focus")}
    mix = _mix(role, level, kinds)
    order = _in_order(_apportion(mix if kinds else _shifted(mix, wanted), count))
    difficulties = _rising(level.difficulty_min, level.difficulty_max, count)
    slots = [
        Slot(id=f"slot-{position}", position=position, kind=kind, difficulty=difficulty, competency="")
        for position, (kind, difficulty) in enumerate(zip(order, difficulties, strict=True), start=1)
    ]
    first = sorted(wanted.items(), key=lambda one: one[1] == "weak_point")
    steered = _steered(slots, dict(first), may_change_kind=not kinds)
    return _with_competencies(steered, role, level, practised or {})


def _mix(role: Role, level: Level, kinds: Sequence[QuestionKind]) -> Mix:
    offered = kinds_for(role)
    if kinds:
        wanted: Mix = {kind: 1.0 for kind in offered if kind in kinds}
        if not wanted:
            raise ValueError(f"none of {', '.join(kinds)} is asked for {role.id}")
        return wanted
    return (_BUILDING if role.family in BUILDING_FAMILIES else _PRACTISING)[level.id]


def _shifted(mix: Mix, wanted: Mapping[str, AskedFor]) -> Mix:
    """Move the mix towards the kinds that ask about the wanted competencies."""
    if not wanted:
        return mix
    about_people = sum(1 for competency in wanted if competency in PEOPLE) / len(wanted)
    people = sum(share for kind, share in mix.items() if kind in ABOUT_PEOPLE)
    shifted = people * (1 - _STEERED_SHARE) + about_people * _STEERED_SHARE
    return {
        kind: share * (shifted / people if kind in ABOUT_PEOPLE else (1 - shifted) / (1 - people))
        for kind, share in mix.items()
    }


def _apportion(mix: Mix, count: int) -> Counter[QuestionKind]:
    """Share the places out one by one to whoever is furthest below its share (Sainte-Laguë)."""
    seats: Counter[QuestionKind] = Counter()
    for _ in range(count):
        kind = max(KINDS, key=lambda kind: mix.get(kind, 0.0) / (2 * seats[kind] + 1))
        seats[kind] += 1
    return seats


def _in_order(seats: Counter[QuestionKind]) -> list[QuestionKind]:
    """Open with something about the candidate, put the biggest question last but one, spread the rest evenly."""
    rest = Counter(seats)
    opening: list[QuestionKind] = []
    biggest: list[QuestionKind] = []
    if rest["behavioural"]:
        opening.append("behavioural")
    rest.subtract(opening)
    if rest["system_design"]:
        biggest.append("system_design")
    rest.subtract(biggest)
    places = [((nth + 0.5) / seat, KINDS.index(kind), kind) for kind, seat in rest.items() for nth in range(seat)]
    spread = [kind for _, _, kind in sorted(places)]
    return [*opening, *spread[:-1], *biggest, *spread[-1:]]


def _rising(lowest: int, highest: int, count: int) -> list[int]:
    """Rise from the lowest to the highest at the last place but one, and end halfway; two questions only rise."""
    if count == 1:
        return [lowest]
    steps = count - 1 if count > 2 else count  # noqa: PLR2004 - with two there is nothing between first and last
    # Half up, not half to even: round() would give 2 for both 1.5 and 2.5 and leave 3 out.
    rising = [lowest + int((highest - lowest) * place / (steps - 1) + 0.5) for place in range(steps)]
    return [*rising, (lowest + highest) // 2][:count]


def _steered(slots: Sequence[Slot], wanted: Mapping[str, AskedFor], *, may_change_kind: bool) -> list[Slot]:
    """Give the wanted competencies their places: where the kind suits, hardest last, and the opening only at need.

    For a focus without such a place another kind of question makes room, unless the candidate chose the kinds.
    """
    planned = list(slots)
    places = max(1, int(len(slots) * _STEERED_PLACES + 0.5))
    for competency, asked_for in wanted.items():
        free = [slot for slot in planned if slot.asked_for is None]
        if not free or (asked_for == "weak_point" and len(planned) - len(free) >= places):
            break
        suits = [slot for slot in free if _suits(competency, slot.kind)]
        if suits:
            slot = suits[1] if len(suits) > 1 and suits[0].position == 1 else suits[0]
            chosen = replace(slot, competency=competency, asked_for=asked_for)
        elif asked_for == "focus" and may_change_kind:
            kind: QuestionKind = "situational" if competency in PEOPLE else "technical"
            chosen = replace(free[-1], kind=kind, competency=competency, asked_for=asked_for)
        else:
            continue
        planned[chosen.position - 1] = chosen
    return planned


def _suits(competency: str, kind: QuestionKind) -> bool:
    return competency == "problem-solving" or (competency in PEOPLE) == (kind in ABOUT_PEOPLE)


def _with_competencies(
    slots: Sequence[Slot], role: Role, level: Level, practised: Mapping[str, int]
) -> tuple[Slot, ...]:
    about_people = list(dict.fromkeys([*(c for c in role.competencies if c in PEOPLE), *PEOPLE_COMPETENCIES[level.id]]))
    craft = [c for c in role.competencies if c not in PEOPLE or c == "problem-solving"]
    about_craft = craft if len(craft) > 1 else list(role.competencies)
    used: Counter[str] = Counter(slot.competency for slot in slots if slot.asked_for is not None)
    planned = []
    for slot in slots:
        if slot.asked_for is not None:
            planned.append(slot)
            continue
        candidates = about_people if slot.kind in ABOUT_PEOPLE else about_craft
        competency = min(
            candidates,
            key=lambda name: (used[name], practised.get(name, 0), candidates.index(name)),
        )
        used[competency] += 1
        planned.append(replace(slot, competency=competency))
    return tuple(planned)
