"""The passwords everybody tries first: the list that the zxcvbn package ships."""

import runpy
from functools import cache
from importlib.metadata import distribution

MIN_LENGTH = 8


@cache
def common_passwords() -> frozenset[str]:
    """Return the common passwords that are long enough to be tried here, in lower case.

    Only the list is read: importing the package keeps 14 MB of dictionaries that nobody asks.
    """
    path = distribution("zxcvbn").locate_file("zxcvbn/frequency_lists.py")
    listed: str | list[str] = runpy.run_path(str(path))["FREQUENCY_LISTS"]["passwords"]
    words = listed.split(",") if isinstance(listed, str) else listed
    return frozenset(word.lower() for word in words if len(word) >= MIN_LENGTH)


def is_common(password: str) -> bool:
    """Tell whether everybody who guesses passwords guesses this one."""
    return password.lower() in common_passwords()
