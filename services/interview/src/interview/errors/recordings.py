"""Of recordings and their chunks."""

from kit.problems import Conflict, NotFound, PayloadTooLarge, Unprocessable, UnsupportedMediaType


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
