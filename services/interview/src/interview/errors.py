"""The rules that say no."""

from kit.problems import Conflict, Forbidden, NotFound, PayloadTooLarge, Unprocessable, UnsupportedMediaType


class InterviewNotFound(NotFound):
    """No such interview, or somebody else's: whether it exists is not told."""

    type = "interview-not-found"
    title = "There is no such interview"


class QuestionNotFound(NotFound):
    """The interview has no such question."""

    type = "question-not-found"
    title = "There is no such question in this interview"


class RoleUnknown(NotFound):
    """The catalogue has no such role."""

    type = "role-unknown"
    title = "There is no such job role"


class LevelUnknown(NotFound):
    """The catalogue has no such level."""

    type = "level-unknown"
    title = "There is no such experience level"


class KindNotOffered(Conflict):
    """None of the wanted kinds of question is asked for this role."""

    type = "kind-not-offered"
    title = "Questions of that kind are not asked for this role"


class IllegalTransition(Conflict):
    """The state machine has no such move."""

    type = "illegal-transition"
    title = "That is not possible at this stage of the interview"

    def __init__(self, current: str, wanted: str) -> None:
        super().__init__(f"It is {_words(current)} and cannot become {_words(wanted)}.", current=current, wanted=wanted)


class InterviewNotReady(Conflict):
    """It was started before its questions were there."""

    type = "interview-not-ready"
    title = "The questions are not ready yet"


class InterviewNotInProgress(Conflict):
    """It has not been started, or is over."""

    type = "interview-not-in-progress"
    title = "This interview is not in progress"


class InterviewFinished(Conflict):
    """It is over; nothing about it changes any more."""

    type = "interview-finished"
    title = "This interview is over"


class QuestionNotOpen(Conflict):
    """Only the question that is being asked can be answered."""

    type = "question-not-open"
    title = "This question is not the one being asked"


class AnswerAlreadySubmitted(Conflict):
    """Another answer was handed in before."""

    type = "answer-already-submitted"
    title = "An answer to this question was already submitted"


class DraftStale(Conflict):
    """The draft was saved from somewhere else in the meantime; the body carries the newer one."""

    type = "draft-stale"
    title = "A newer draft was saved in another window"

    def __init__(self, revision: int, text: str) -> None:
        super().__init__(revision=revision, text=text)


class AnswerEmpty(Unprocessable):
    """Nothing but white space was submitted."""

    type = "answer-empty"
    title = "The answer is empty"


class AnswerTooLong(Unprocessable):
    """The answer is longer than an answer may be."""

    type = "answer-too-long"
    title = "The answer is too long"


def _words(status: str) -> str:
    return status.replace("_", " ")


# Consents, notices and presence.


class CaptureNotOffered(Forbidden):
    """This server does not offer that capture."""

    type = "capture-not-offered"
    title = "This is not offered here"


class ExpressionNotOffered(Forbidden):
    """Expressions are looked at in practice for oneself only: not at schools, not by employers."""

    type = "expression-not-offered"
    title = "Expressions are not looked at here"


class ConsentOutdated(Conflict):
    """The statement that was agreed to is not the one of today; the body names the version of today."""

    type = "consent-outdated"
    title = "The statement has changed, please read it again"

    def __init__(self, current: str) -> None:
        super().__init__(current=current)


class ConsentNotFound(NotFound):
    """Nothing was agreed to that could be withdrawn."""

    type = "consent-not-found"
    title = "There was no such consent"


class ConsentMissing(Conflict):
    """Nothing is captured without consent; the body names the capture."""

    type = "consent-missing"
    title = "There is no consent to this"

    def __init__(self, capture: str) -> None:
        super().__init__(capture=capture)


class NoticeNotFound(NotFound):
    """The interview has no such notice."""

    type = "notice-not-found"
    title = "There is no such notice in this interview"


class NoticeDiffers(Conflict):
    """A notice with this id was recorded before and is about something else."""

    type = "notice-differs"
    title = "Another notice was recorded under this id"


class NoticesFull(Conflict):
    """An interview holds only so many notices."""

    type = "notices-full"
    title = "This interview has as many notices as it can hold"


class NoticeTimeImpossible(Unprocessable):
    """It begins before the interview, or ends after it, or has not happened yet."""

    type = "notice-time-impossible"
    title = "The notice is of a time that cannot be"


class PresenceTimeImpossible(Unprocessable):
    """It counts more seconds than have passed since the question was asked."""

    type = "presence-time-impossible"
    title = "More time was counted than has passed since the question was asked"


# Recordings.


class RecordingNotFound(NotFound):
    """No such recording, or somebody else's: whether it exists is not told."""

    type = "recording-not-found"
    title = "There is no such recording"


class RecordingDiffers(Conflict):
    """The id was used before for a recording of another kind."""

    type = "recording-differs"
    title = "This recording was begun with another format"


class RecordingsFull(Conflict):
    """The interview has as many recordings as it may have."""

    type = "recordings-full"
    title = "This interview has too many recordings"


class RecordingTimeImpossible(Unprocessable):
    """It begins in the future, or before the interview was set up."""

    type = "recording-time-impossible"
    title = "The recording cannot have begun at that time"


class RecordingClosed(Conflict):
    """The browser said that it was complete; it takes no more."""

    type = "recording-closed"
    title = "This recording is closed"


class RecordingNotReady(Conflict):
    """The video is not there, or not yet."""

    type = "recording-not-ready"
    title = "The video is not there yet"

    def __init__(self, status: str) -> None:
        super().__init__(recording_status=status)


class ChunkDiffers(Conflict):
    """Another chunk came under this number before; that one is kept."""

    type = "chunk-differs"
    title = "Another chunk was received under this number"


class ChunksMissing(Conflict):
    """Not all chunks have arrived; the body says which are wanted, the first hundred of them."""

    type = "chunks-missing"
    title = "Some chunks of the recording have not arrived"

    def __init__(self, missing: list[int]) -> None:
        super().__init__(missing=missing)


class ChunkOutOfRange(Unprocessable):
    """No recording has so many chunks."""

    type = "chunk-out-of-range"
    title = "The number of the chunk is out of range"


class ChunkEmpty(Unprocessable):
    """There was nothing in the body."""

    type = "chunk-empty"
    title = "The chunk is empty"


class DigestDiffers(Unprocessable):
    """What arrived is not what was sent, or the digest cannot be read."""

    type = "digest-differs"
    title = "The chunk does not match its digest"


class RecordingTooLarge(PayloadTooLarge):
    """The recording has as many bytes as one may have."""

    type = "recording-too-large"
    title = "The recording is too large"

    def __init__(self, max_bytes: int) -> None:
        super().__init__(max_bytes=max_bytes)


class RecordingTooLong(PayloadTooLarge):
    """The recording goes on for longer than one may."""

    type = "recording-too-long"
    title = "The recording is too long"

    def __init__(self, max_seconds: int) -> None:
        super().__init__(max_seconds=max_seconds)


class QuotaExceeded(PayloadTooLarge):
    """The candidate's recordings take all the room there is for them."""

    type = "quota-exceeded"
    title = "There is no room left for recordings"

    def __init__(self, used_bytes: int, quota_bytes: int) -> None:
        super().__init__("Delete a recording to make room.", used_bytes=used_bytes, quota_bytes=quota_bytes)


class VideoNotRecognised(UnsupportedMediaType):
    """It is neither WebM nor MP4, or not the one that was announced."""

    type = "video-not-recognised"
    title = "This is not a video that can be kept"
