"""What to do about a weak scale, in words for the candidate."""

# By id of the scale: the rubrics' own, and the two the offline engine adds.
_ADVICE = {
    "coverage": "Cover more of what a good answer holds.",
    "detail": "Back what you say with reasons, numbers and examples.",
    "relevance": "Answer the question that was asked, first.",
    "structure": "Tell it in order: the situation, your task, what you did, how it ended.",
    "specificity": "Make the example concrete: names, numbers, before and after.",
    "ownership": "Say which part was yours, and what you decided.",
    "reflection": "Say what you learnt and what you do differently since.",
    "correctness": "Check the facts and whether the approach would work.",
    "depth": "Go a step deeper: alternatives, and what each of them costs.",
    "approach": "Show the way to the answer: what you ask first, what you decide next.",
    "clarity": "Say the main point first, then explain it.",
}


def advice(scale: str, label: str) -> str:
    """Return one sentence that says what to do about a scale."""
    return _ADVICE.get(scale, f"Work on this: {label.lower()}.")
