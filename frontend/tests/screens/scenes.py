"""Every screen in every state: its address, what the API answers, and what is done before looking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import data
import report_data
import room_data
from browser import Answers, Fault
from playwright.sync_api import Page

I = f"/api/interviews/{data.INTERVIEW_ID}"
ROOM = f"/interviews/{data.INTERVIEW_ID}"
REPORT = f"{ROOM}/report"
NEVER = Fault(-1)
DRAFT = rf"PUT {I}/questions/.*/draft"


@dataclass
class Scene:
    name: str
    path: str
    answers: Answers = field(default_factory=dict)
    act: Callable[[Page], None] | None = None
    anonymous: bool = False
    # Before the page is opened: permissions, devices and recognisers that are not there.
    prepare: Callable[[Page], None] | None = None
    # Of the window, where it is not the usual one: a phone with its keyboard up.
    height: int | None = None

    def table(self) -> Answers:
        base: Answers = {
            "GET /api/session": data.session(None if self.anonymous else data.USER),
            "GET /api/catalog": data.catalog(),
            rf"GET {I}/events": NEVER,
            "GET /api/room": room_data.offer(),
            DRAFT: {"revision": 4, "saved_at": data.NOW},
        }
        return self.answers | {k: v for k, v in base.items() if k not in self.answers}


def _fill_login(page: Page) -> None:
    page.get_by_label("E-mail").fill("robin@example.org")
    page.get_by_label("Password", exact=True).fill("correct horse")
    page.get_by_role("button", name="Log in", exact=True).click()
    page.get_by_role("alert").wait_for()


def _fill_signup(page: Page) -> None:
    page.get_by_label("Name").fill("Robin")
    page.get_by_label("E-mail").fill("robin@example.org")
    page.get_by_label("Password", exact=True).fill("correct horse")
    page.get_by_role("button", name="Create account").click()
    page.get_by_role("alert").wait_for()


def _click(*names: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        for name in names:
            page.get_by_role("button", name=name).first.click()
        page.wait_for_timeout(450)

    return act


def _type(text: str, wait: int = 2400) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.get_by_label("Your answer", exact=True).fill(text)
        page.wait_for_timeout(wait)

    return act


def _rate(page: Page) -> None:
    page.get_by_role("radio", name="4 strong").first.check()
    page.get_by_role("button", name="Save and show the report").click()
    page.get_by_role("alert").wait_for()


def _search(text: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.get_by_label("Search jobs").fill(text)

    return act


def _type_and_submit(page: Page) -> None:
    page.get_by_label("Your answer", exact=True).fill("I would ask both teams what happens if they wait.")
    page.get_by_role("button", name="Hand in answer").click()
    page.get_by_role("alert").wait_for()


def _offline(page: Page) -> None:
    page.context.set_offline(True)
    _type("I stopped the job first and wrote to support.")(page)


def _interview(value: object, report: object = None) -> Answers:
    return {f"GET {I}": value, f"GET /api/reports/{data.INTERVIEW_ID}": report or Fault(404, "report-not-found")}


def _prepared(stage: str, message: str | None = None, status: str = "preparing") -> dict[str, object]:
    return data.interview(
        status, preparation={"stage": stage, "message": message, "since": data.NOW}, questions=[], question_source=None
    )


FALLBACK = {
    "provider": "bank",
    "model": None,
    "fallback_reason": "Gemini did not answer in time, so the built-in bank stepped in.",
}
LISTS: Answers = {"GET /api/interviews": data.page(data.MANY, "next"), "GET /api/reports": data.page(report_data.TREND)}
DONE = ["done", "done", "insufficient", "failed", None]

SCENES = [
    Scene("landing", "/", anonymous=True),
    Scene("landing-signed-in", "/"),
    Scene("landing-no-catalogue", "/", {"GET /api/catalog": Fault(503, "service-unavailable")}, anonymous=True),
    Scene("signup", "/signup", anonymous=True),
    Scene("signup-empty", "/signup", act=_click("Create account"), anonymous=True),
    Scene(
        "signup-taken", "/signup", {"POST /api/session/signup": Fault(409, "email-taken")}, _fill_signup, anonymous=True
    ),
    Scene("login", "/login?next=/history", anonymous=True),
    Scene(
        "login-wrong", "/login", {"POST /api/session": Fault(401, "invalid-credentials")}, _fill_login, anonymous=True
    ),
    Scene(
        "login-throttled",
        "/login",
        {"POST /api/session": Fault(429, "too-many-attempts", {"Retry-After": "42"})},
        _fill_login,
        anonymous=True,
    ),
    Scene("login-offline", "/login", {"POST /api/session": Fault(0)}, _fill_login, anonymous=True),
    Scene("home-first", "/home", {"GET /api/interviews": data.page([])}),
    Scene("home-many", "/home", LISTS),
    Scene("home-report", "/home", {"GET /api/interviews": data.page([data.MANY[1]])}),
    Scene(
        "home-report-unopened", "/home", {"GET /api/interviews": data.page([data.summary(1, report_revealed=False)])}
    ),
    Scene("home-loading", "/home", {"GET /api/interviews": NEVER}),
    Scene("home-failed", "/home", {"GET /api/interviews": Fault(403, "forbidden")}),
    Scene("new", "/interviews/new"),
    Scene("new-search", "/interviews/new", act=_search("owner")),
    Scene("new-no-match", "/interviews/new", act=_search("astronaut")),
    Scene("new-chosen", "/interviews/new?role=backend-engineer&level=mid"),
    Scene(
        "new-gemini",
        "/interviews/new?role=learning-development-specialist&level=senior",
        {"GET /api/catalog": data.catalog("gemini")},
    ),
    Scene("new-missing", "/interviews/new", act=_click("Prepare my questions")),
    Scene("preparing", ROOM, _interview(_prepared("writing", "Writing question 3 of 5."))),
    Scene("preparing-failed", ROOM, _interview(_prepared("failed", "Gemini refused the key.", "draft"))),
    Scene("ready-fallback", ROOM, _interview(data.interview("ready", question_source=FALLBACK))),
    Scene("room", ROOM, _interview(data.room(1))),
    Scene("room-writing", ROOM, _interview(data.room(0, data.ANSWERS[0]))),
    Scene("room-long-question", ROOM, _interview(data.room(3)), _type("I would keep one row per customer and day.")),
    Scene("room-last", ROOM, _interview(data.room(4, data.ANSWERS[4]))),
    Scene("room-empty", ROOM, _interview(data.room(1)), _click("Hand in answer")),
    Scene("room-too-long", ROOM, _interview(data.room(1)), _type("word " * 4010, 300)),
    Scene("room-offline", ROOM, _interview(data.room(0)) | {DRAFT: Fault(0)}, _offline),
    Scene(
        "room-conflict",
        ROOM,
        _interview(data.room(0, "Mine."))
        | {DRAFT: Fault(409, "draft-stale", revision=9, text="Written in the other tab, a little longer.")},
        _type("Mine, changed."),
    ),
    Scene(
        "room-submit-failed",
        ROOM,
        _interview(data.room(2))
        | {rf"POST {I}/questions/.*/answers": Fault(503, "service-unavailable", request_id="0190eeee")},
        _type_and_submit,
    ),
    Scene("room-skip", ROOM, _interview(data.room(1)), _click("Skip")),
    Scene("room-leave", ROOM, _interview(data.room(2, "Half an answer.")), _click("Leave the interview")),
    Scene(
        "room-session-ended",
        ROOM,
        _interview(data.room(1)) | {DRAFT: Fault(401, "session-expired")},
        _type("Half an answer."),
    ),
    Scene("left", ROOM, _interview(data.interview("abandoned"))),
    Scene("interview-unknown", ROOM, _interview(Fault(404, "interview-not-found"))),
    Scene(
        "analysing",
        REPORT,
        _interview(data.completed(["done", "running", "queued", None, None], "pending"), report_data.pending_report()),
    ),
    Scene(
        "analysing-unheard", REPORT, _interview(data.completed(["queued", "queued", "queued", None, None], "pending"))
    ),
    Scene("rate-first", REPORT, _interview(data.completed(DONE, "pending"), report_data.unseen_report())),
    Scene(
        "rate-first-failed",
        REPORT,
        _interview(data.completed(DONE, "pending"), report_data.unseen_report())
        | {
            f"PUT /api/reports/{data.INTERVIEW_ID}/answers/{data.answer(0, 'done')['id']}/self-rating": Fault(
                503, "service-unavailable"
            )
        },
        _rate,
    ),
    Scene("report", REPORT, _interview(data.completed(DONE, "partial"), report_data.full_report())),
    Scene("report-follow-up", REPORT, _interview(data.completed(DONE, "partial"), report_data.followed_up_report())),
    Scene(
        "report-save",
        REPORT,
        _interview(data.completed(DONE, "partial"), report_data.full_report()),
        _click("Save report"),
    ),
    Scene(
        "report-save-failed",
        REPORT,
        _interview(data.completed(DONE, "partial"), report_data.full_report())
        | {f"GET /api/reports/{data.INTERVIEW_ID}/export.pdf": Fault(503, "report-not-drawn")},
        _click("Save report", "PDF, to print or send"),
    ),
    Scene(
        "report-one-answer",
        REPORT,
        _interview(data.completed([None, None, None, "done", None], "partial"), report_data.single_report()),
    ),
    Scene(
        "report-insufficient",
        REPORT,
        _interview(
            data.completed(["insufficient", None, "insufficient", None, None], "insufficient"),
            report_data.insufficient_report(),
        ),
        _click("Prioritisation"),
    ),
    Scene("report-none-answered", REPORT, _interview(data.completed([None] * 5, "insufficient"))),
    Scene("report-loading", REPORT, {f"GET {I}": NEVER}),
    Scene("history", "/history", LISTS),
    Scene(
        "history-one",
        "/history",
        {"GET /api/interviews": data.page([data.MANY[1]]), "GET /api/reports": data.page([report_data.TREND[0]])},
    ),
    Scene("history-empty", "/history", {"GET /api/interviews": data.page([]), "GET /api/reports": data.page([])}),
    Scene("not-found", "/nowhere"),
    Scene("no-permission", "/admin"),
]
