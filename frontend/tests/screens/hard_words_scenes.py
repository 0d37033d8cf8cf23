"""A report with words that are hard to set: from right to left, and without a space for as long as a page is wide."""

from __future__ import annotations

import data
import report_data
from data import Json
from scenes import REPORT, I, Scene

ARABIC = (
    "في شهر مارس الماضي نُفِّذت مهمة الاسترداد مرتين (312 عميلاً)، فأوقفتها خلال 10 دقائق.\n"
    "Then I wrote to support.\n"
    "وكتبت إلى فريق الدعم عبر Slack في الساعة 09:15. بعد ذلك أضفت مفتاحًا فريدًا!"
)
ENDLESS = (
    "I wrote it down at https://example.org/" + "very_long_path" * 14 + " and named it "
    f"{'Donaudampfschifffahrtsgesellschaft' * 5}, {'a' * 260}. # *no* <b>markup</b> [here](there) `at` | all."
)
HARD = {
    "right-to-left": (ARABIC, "حدثني عن خطأ ارتكبته: كيف أصلحته (خلال 10 دقائق)؟", "مهندس برمجيات (Backend)"),
    "endless-words": (ENDLESS, ENDLESS[:200], "Q" * 120),
}


def _everywhere(value: object, words: str, quote: str) -> None:
    """Put the words wherever a person or a model may have written something; evidence stays true to the answer."""
    if isinstance(value, list):
        for one in value:
            _everywhere(one, words, quote)
    if isinstance(value, dict):
        if "quote" in value:
            value["quote"] = quote
            if "start" in value:
                value["start"] = words.index(quote)
                value["end"] = value["start"] + len(quote)
        for key, inner in value.items():
            if isinstance(inner, str) and key in ("text", "why", "do_next", "fix", "headline", "label"):
                value[key] = quote
            else:
                _everywhere(inner, words, quote)


def _hard(words: str, question: str, role: str) -> dict[str, object]:
    quote = words.split("\n", maxsplit=1)[0][:160]
    view = report_data.followed_up_report()
    _everywhere(view, words, quote)
    asked: Json = data.completed(["done", "done", "insufficient", "failed", None], "partial")
    asked["role"]["title"] = role
    for one in (*view["answers"], *asked["questions"]):
        (one.get("question") or one)["text"] = question
        (one.get("question") or one)["competency"]["label"] = question[:90]
    for one in view["answers"]:
        one["text"] = words
        for part in one["parts"]:
            part |= {"question_text": question, "text": words, "start": 0, "end": len(words)}
        if one["parts"]:
            one["text"] = f"{words}\n\n{words}"
            one["parts"][1] |= {"start": len(words) + 2, "end": len(one["text"])}
    for one in asked["questions"]:
        if one["answer"]:
            one["answer"]["text"] = words
    return {f"GET {I}": asked, f"GET /api/reports/{data.INTERVIEW_ID}": view}


HARD_WORDS_SCENES = [Scene(f"report-{name}", REPORT, _hard(*words)) for name, words in HARD.items()]
