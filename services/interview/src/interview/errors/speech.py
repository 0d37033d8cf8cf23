"""Of what was said and is to become text."""

from kit.problems import Conflict, NotFound, Unprocessable, UnsupportedMediaType


class SpeechNotFound(NotFound):
    """Nothing arrived under this take and number."""

    type = "speech-not-found"
    title = "There is no such part of speech"


class SpeechNotOffered(Conflict):
    """This server has no engine that turns speech into text."""

    type = "speech-not-offered"
    title = "This server does not turn speech into text"


class PartDiffers(Conflict):
    """Another sound arrived under this take and number before."""

    type = "part-differs"
    title = "Another recording arrived under this number"


class SpeechFull(Conflict):
    """The question holds as many parts of speech as it may."""

    type = "speech-full"
    title = "There is no room for more speech on this question"


class SpeechGone(Conflict):
    """The sound was deleted, so it cannot be tried again."""

    type = "speech-gone"
    title = "The recording is no longer here, please say it again"


class AudioNotRecognised(UnsupportedMediaType):
    """It is none of the kinds of recording that are taken, or not what it says it is."""

    type = "audio-not-recognised"
    title = "This is not a recording that can be read"


class SpeechTimeImpossible(Unprocessable):
    """It is longer than a part may be, or was said before the question was asked."""

    type = "speech-time-impossible"
    title = "The recording is of a time that cannot be"
