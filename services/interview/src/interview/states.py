"""The state machine of an interview: every move there is, and nothing else.

Transitions are written down once, here. Models check them before they change a status (`models/moves.py`), so no
route, consumer or worker can invent a move of its own.
"""

from collections.abc import Mapping
from typing import Literal

InterviewStatus = Literal["draft", "preparing", "ready", "in_progress", "completed", "abandoned"]
QuestionStatus = Literal["upcoming", "asked", "answering", "submitted", "skipped", "not_reached"]
PreparationStage = Literal["waiting", "writing", "done", "failed"]
AnalysisStatus = Literal["queued", "running", "done", "partial", "insufficient", "failed"]
RecordingStatus = Literal["receiving", "assembling", "ready", "partial", "failed"]
ReportStatus = Literal["none", "pending", "done", "partial", "insufficient", "failed"]

INTERVIEW_MOVES: Mapping[InterviewStatus, frozenset[InterviewStatus]] = {
    "draft": frozenset({"preparing", "abandoned"}),
    # Back to draft: the questions could not be written, and the candidate decides whether to try again.
    "preparing": frozenset({"ready", "draft", "abandoned"}),
    "ready": frozenset({"in_progress", "abandoned"}),
    "in_progress": frozenset({"completed", "abandoned"}),
    "completed": frozenset(),
    "abandoned": frozenset(),
}

QUESTION_MOVES: Mapping[QuestionStatus, frozenset[QuestionStatus]] = {
    "upcoming": frozenset({"asked", "not_reached"}),
    "asked": frozenset({"answering", "submitted", "skipped", "not_reached"}),
    "answering": frozenset({"submitted", "skipped", "not_reached"}),
    "submitted": frozenset(),
    "skipped": frozenset(),
    "not_reached": frozenset(),
}

RECORDING_MOVES: Mapping[RecordingStatus, frozenset[RecordingStatus]] = {
    "receiving": frozenset({"assembling", "failed"}),
    # Back to receiving: it was closed because nothing came, and then more came after all.
    "assembling": frozenset({"ready", "partial", "failed", "receiving"}),
    "ready": frozenset({"receiving", "assembling"}),
    "partial": frozenset({"receiving", "assembling"}),
    # The chunks are still there: more may come, and the candidate may have it tried again.
    "failed": frozenset({"receiving", "assembling"}),
}

OPEN_QUESTION: frozenset[QuestionStatus] = frozenset({"asked", "answering"})
FINISHED_INTERVIEW: frozenset[InterviewStatus] = frozenset({"completed", "abandoned"})
SETTLED_ANALYSIS: frozenset[AnalysisStatus] = frozenset({"done", "partial", "insufficient"})
SETTLED_REPORT: frozenset[ReportStatus] = frozenset({"done", "partial", "insufficient", "failed"})
