"""Writes interview questions from the plan in the prompt, one for each slot."""

import re
from typing import Any

from fake_gemini.prompts import label
from fake_gemini.shapes import fill, fit, items_of

_LISTS = ("slots", "plan", "questions", "question_plan")
_TEMPLATES = {
    "behavioural": "Tell me about a time when {competency} decided how your work as {role} turned out",
    "situational": "Imagine that in your first month as {role} a problem with {competency} holds up a release",
    "technical": "Explain how you would use {competency} to find and mend a fault that only some customers see",
    "system_design": "Design a service for a team of {role} colleagues where {competency} matters most",
    "role_specific": "Which part of the daily work of a {role} depends most on {competency}, and why",
}
_POINTS = (
    ("goal", "States the goal and what stood in its way", ("goal", "problem")),
    ("own-part", "Names the own decision and the reason for it", ("decided", "because")),
    ("steps", "Describes the steps taken in their order", ("first", "then")),
    ("result", "Gives the result with a number or a comparison", ("result", "percent")),
)


def asks(schema: dict[str, Any]) -> bool:
    """Tell whether the schema asks for questions."""
    return bool(items_of(schema, "questions"))


def ask(schema: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """Return one question for each slot, in the schema's shape."""
    slots: list[Any] = next((data[key] for key in _LISTS if isinstance(data.get(key), list)), [])
    role = label(data.get("role"), "title", "label", "name", "id") or "engineer"
    level = label(data.get("level"), "label", "title", "id") or "any level"
    item = items_of(schema, "questions")
    questions = [_question(item, slot, number, role, level) for number, slot in enumerate(slots, start=1)]
    return fit(schema, {"questions": questions})


def _question(item: dict[str, Any], slot: Any, number: int, role: str, level: str) -> dict[str, Any]:
    slot = slot if isinstance(slot, dict) else {"kind": str(slot)}
    competency = label(slot.get("competency"), "label", "title", "id") or "teamwork"
    lead = _TEMPLATES.get(str(slot.get("kind")), _TEMPLATES["role_specific"])
    # The description keeps two questions of one kind apart, as far as their words go.
    detail = slot["competency"].get("description", "") if isinstance(slot.get("competency"), dict) else ""
    text = " ".join(
        part
        for part in (
            f"{lead.format(competency=competency.lower(), role=role)}?",
            detail,
            f"(Level {level}, question {number})",
        )
        if part
    )
    wanted: dict[str, Any] = {**slot, "text": text, "question": text, "position": slot.get("position", number)}
    wanted["suggested_seconds"] = slot.get("suggested_seconds", 120)
    properties = item.get("properties", {})
    if isinstance(slot.get("competency"), dict) and properties.get("competency", {}).get("type") == "string":
        wanted["competency"] = slot["competency"].get("id")
    point = items_of(item, "key_points")
    wanted["key_points"] = [_point(point, *one, competency=competency) for one in _POINTS]
    if "anchors" in properties:
        wanted["anchors"] = fit(
            properties["anchors"],
            {
                "weak": f"A general opinion about {competency.lower()} without an example.",
                "solid": "One concrete example with the own part and how it ended.",
                "strong": "A measured example with the choice, what it cost and what was learned.",
            },
        )
    return {key: wanted[key] if key in wanted else fill(child, key) for key, child in properties.items()}


def _point(schema: dict[str, Any], slug: str, text: str, terms: tuple[str, ...], *, competency: str) -> Any:
    if schema.get("type") != "object":
        return text
    words = re.findall(r"[a-z]{4,}", competency.lower())
    all_terms = [*terms, *words][:6]
    as_text = schema.get("properties", {}).get("terms", {}).get("type") == "string"
    return fit(
        schema,
        {"id": slug, "text": f"{text} ({competency})", "terms": "; ".join(all_terms) if as_text else all_terms},
    )
