"""One interview as the other services would tell it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from contracts.analysis import AnalysisAiUsed, AnalysisFailed, AnalysisStarted, AnswerAnalysed, ReportReady
from contracts.auth import UserRegistered, UserUpdated
from contracts.base import Event
from contracts.interview import (
    AnswerSubmitted,
    InterviewAiUsed,
    InterviewCompleted,
    InterviewCreated,
    InterviewReady,
    InterviewStarted,
    NoticeRecorded,
    NoticeReplied,
    PresenceSharingChanged,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ANSWER = "I cut the nightly import from four hours to twenty minutes by batching the writes."


class Story:
    """Makes the events of one interview; times count in minutes after noon."""

    def __init__(
        self,
        *,
        name: str = "Ada Example",
        role: str = "backend-engineer",
        level: str = "mid",
        started: timedelta = timedelta(0),
        candidate_id: UUID | None = None,
    ) -> None:
        self.candidate_id = candidate_id or uuid4()
        self.interview_id = uuid4()
        self.answer_id = uuid4()
        self.notice_id = uuid4()
        self.seen_id = uuid4()
        self.name = name
        self.start = NOON + started
        self.role = {"id": role, "title": role.replace("-", " ").capitalize(), "family": "software-engineering"}
        self.level = {"id": level, "label": level.capitalize()}
        self.questions = [self._question(position) for position in (1, 2)]
        self._about = {"interview_id": self.interview_id, "candidate_id": self.candidate_id}

    def at(self, minutes: int) -> datetime:
        return self.start + timedelta(minutes=minutes)

    def _question(self, position: int) -> dict[str, Any]:
        levels = tuple(f"level {number}" for number in range(1, 6))
        return {
            "id": uuid4(),
            "position": position,
            "kind": "technical",
            "difficulty": position,
            "competency": {"id": "performance", "label": "Performance"},
            "text": f"Question {position}: tell me about something you made faster.",
            "key_points": [{"id": "measure", "text": "Measures before and after."}],
            "rubric": {
                "id": "technical",
                "version": "technical-1",
                "expectation": "Meets what is expected.",
                "dimensions": [{"id": "coverage", "label": "Coverage", "weight": 1.0, "anchors": levels}],
            },
            "suggested_seconds": 120,
        }

    def registered(self) -> UserRegistered:
        email = f"{self.name.split()[0].lower()}@example.com"
        return UserRegistered(
            user_id=self.candidate_id, email=email, display_name=self.name, role="candidate", registered_at=self.start
        )

    def renamed(self, name: str, minutes: int) -> UserUpdated:
        return UserUpdated(
            user_id=self.candidate_id,
            email="new@example.com",
            display_name=name,
            role="candidate",
            updated_at=self.at(minutes),
        )

    def created(self) -> InterviewCreated:
        return InterviewCreated.model_validate(
            self._about
            | {
                "role": self.role,
                "level": self.level,
                "question_count": 2,
                "allow_fallback": True,
                "created_at": self.at(0),
            }
        )

    def ready(self) -> InterviewReady:
        return InterviewReady.model_validate(
            self._about | {"source": {"provider": "offline"}, "questions": self.questions, "ready_at": self.at(1)}
        )

    def started(self) -> InterviewStarted:
        return InterviewStarted.model_validate(self._about | {"started_at": self.at(2)})

    def answered(self, transcript: dict[str, Any] | None = None) -> AnswerSubmitted:
        return AnswerSubmitted.model_validate(
            self._about
            | {
                "answer_id": self.answer_id,
                "attempt": 1,
                "question": self.questions[0],
                "role": self.role,
                "level": self.level,
                "text": ANSWER,
                "source": "typed" if transcript is None else "voice",
                "transcript": transcript,
                "duration_s": 61.5,
                "submitted_at": self.at(4),
                "allow_fallback": True,
            }
        )

    def questions_cost(self, usd: str) -> InterviewAiUsed:
        """Gemini wrote the questions just now: the overview counts by the clock."""
        return InterviewAiUsed.model_validate(self._about | {"usage": _usage("questions", 1_000, 500, usd)})

    def answer_cost(self, usd: str | None) -> AnalysisAiUsed:
        return AnalysisAiUsed.model_validate(self._about | {"usage": _usage("answer", 500, 200, usd)})

    def completed(self, outcome: str = "completed") -> InterviewCompleted:
        asked = [
            {
                "question_id": question["id"],
                "position": question["position"],
                "competency": question["competency"],
                "text": question["text"],
                "answer_id": self.answer_id if question["position"] == 1 else None,
            }
            for question in self.questions
        ]
        return InterviewCompleted.model_validate(
            self._about
            | {
                "outcome": outcome,
                "role": self.role,
                "level": self.level,
                "questions": asked,
                "completed_at": self.at(6),
            }
        )

    def analysis_started(self, minutes: int = 5) -> AnalysisStarted:
        return AnalysisStarted.model_validate(
            self._about
            | {"answer_id": self.answer_id, "question_id": self.questions[0]["id"], "started_at": self.at(minutes)}
        )

    def analysis_failed(self, minutes: int = 7) -> AnalysisFailed:
        return AnalysisFailed.model_validate(
            self._about
            | {
                "answer_id": self.answer_id,
                "question_id": self.questions[0]["id"],
                "reason": "The AI did not answer in time.",
                "failed_at": self.at(minutes),
            }
        )

    def analysed(self, minutes: int = 7) -> AnswerAnalysed:
        evidence = {"quote": "twenty minutes", "start": 40, "end": 54}
        score = {
            "value": 3.0,
            "low": 2.5,
            "high": 3.5,
            "band": "solid",
            "uncertainty": "medium",
            "computed_by": "weighted_mean_v1",
        }
        return AnswerAnalysed.model_validate(
            self._about
            | {
                "analysis": {
                    "answer_id": self.answer_id,
                    "question_id": self.questions[0]["id"],
                    "attempt": 1,
                    "status": "done",
                    "status_reason": None,
                    "provenance": {
                        "provider": "offline",
                        "model": None,
                        "prompt_version": None,
                        "rubric_version": "technical-1",
                        "fallback_reason": None,
                        "input_hash": "0" * 64,
                        "created_at": self.at(minutes),
                    },
                    "words": 16,
                    "score": score,
                    "headline": "A measured result.",
                    "dimensions": [],
                    "key_points": [
                        {"id": "measure", "text": "Measures before and after.", "covered": True, "evidence": [evidence]}
                    ],
                    "strengths": [],
                    "gaps": [],
                    "missing_facts": [],
                    "limits": [],
                }
            }
        )

    def reported(self, minutes: int = 8, overall: float | None = 3.0) -> ReportReady:
        score = overall and {
            "value": overall,
            "low": max(1.0, overall - 0.5),
            "high": min(5.0, overall + 0.5),
            "band": "solid",
            "uncertainty": "medium",
            "computed_by": "mean_v1",
        }
        return ReportReady.model_validate(
            self._about
            | {
                "report": {
                    "interview_id": self.interview_id,
                    "status": "done",
                    "coverage": {"planned": 2, "answered": 1, "scored": 1, "not_scored": []},
                    "overall": {"score": score, "why_not_shown": None if score else "Too few scored answers."},
                    "competencies": [],
                    "priorities": [],
                    "kept_well": [],
                    "limits": [],
                    "created_at": self.at(minutes),
                }
            }
        )

    def noticed(self, seconds: float = 6.0, notice_id: UUID | None = None, minutes: int = 3) -> NoticeRecorded:
        return NoticeRecorded.model_validate(
            self._about
            | {
                "notice": {
                    "id": notice_id or self.notice_id,
                    "kind": "no_face",
                    "question_id": None,
                    "started_at": self.at(minutes),
                    "duration_s": seconds,
                    "confidence": 0.8,
                    "reason": f"No face was in the picture for {seconds:.0f} s.",
                    "recorded_at": self.at(minutes),
                }
            }
        )

    def replied(self, reply: str = "I picked up my pen.", minutes: int = 9) -> NoticeReplied:
        return NoticeReplied.model_validate(
            self._about | {"notice_id": self.notice_id, "reply": reply, "replied_at": self.at(minutes)}
        )

    def sharing(self, readable_share: float | None, minutes: int) -> PresenceSharingChanged:
        """With a share: what is visible now; without: no longer shared."""
        answer = {
            "question_id": self.seen_id,
            "seconds": 61.5,
            "samples": 180,
            "readable_share": readable_share,
            "facing_share": None,
            "expressions": [{"label": "neutral", "share": 1.0}],
        }
        return PresenceSharingChanged.model_validate(
            self._about
            | {
                "shared": readable_share is not None,
                "answers": [answer] if readable_share is not None else [],
                "changed_at": self.at(minutes),
            }
        )

    def events(self) -> list[Event]:
        return [
            self.registered(),
            self.created(),
            self.ready(),
            self.started(),
            self.answered(),
            self.analysis_started(),
            self.completed(),
            self.analysed(),
            self.reported(),
            self.noticed(6),
            self.noticed(9),
            self.replied("I do not know.", minutes=9),
            self.replied("I picked up my pen.", minutes=10),
            self.sharing(0.8, minutes=9),
            self.sharing(None, minutes=10),
            self.sharing(0.9, minutes=11),
        ]


def _usage(purpose: str, read: int, written: int, usd: str | None) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "purpose": purpose,
        "provider": "gemini",
        "model": "gemini-3.5-flash-lite",
        "input_tokens": read,
        "output_tokens": written,
        "cost_usd": usd,
        "used_at": datetime.now(UTC),
    }
