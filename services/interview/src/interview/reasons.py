"""What a notice says: plain sentences about the picture or the page, never about the person."""

from contracts.interview import NoticeKind

# One sentence for what lasted, one for what is over in a moment or happens at a point in time.
_SENTENCES: dict[NoticeKind, tuple[str, str]] = {
    "no_face": ("No face was in the picture for {}.", "No face was in the picture."),
    "several_faces": ("More than one face was in the picture for {}.", "More than one face was in the picture."),
    "looking_away": (
        "The face in the picture was turned away from the camera for {}.",
        "The face in the picture was turned away from the camera.",
    ),
    "could_not_tell": ("The camera picture could not be read for {}.", "The camera picture could not be read."),
    "monitoring_off": ("The camera picture was not watched for {}.", "The camera picture was not watched."),
    "page_hidden": ("The page was hidden for {}.", "The page was hidden."),
    "window_blur": ("The page was not in focus for {}.", "The page was not in focus."),
    "paste": ("Text was pasted into the answer.", "Text was pasted into the answer."),
    "fullscreen_exit": ("Full screen was left.", "Full screen was left."),
    "second_screen": ("A second screen was connected for {}.", "A second screen was connected."),
}
_MINUTE, _HOUR = 60, 3600


def reason_for(kind: NoticeKind, duration_s: float) -> str:
    """Return the sentence for a notice that lasted so many seconds."""
    lasting, momentary = _SENTENCES[kind]
    seconds = round(duration_s)
    return lasting.format(_in_words(seconds)) if seconds >= 1 else momentary


def _in_words(seconds: int) -> str:
    if seconds < _MINUTE:
        return f"{seconds} s"
    if seconds < _HOUR:
        minutes, rest = divmod(seconds, _MINUTE)
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, rest = divmod(round(seconds / _MINUTE), _MINUTE)
    return f"{hours} h {rest} min" if rest else f"{hours} h"
