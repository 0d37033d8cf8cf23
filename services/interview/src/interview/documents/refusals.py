"""Why a document gave no text."""

from typing import Literal

RefusedBecause = Literal["unknown", "locked", "empty", "damaged", "too_complex"]


class Refused(Exception):  # noqa: N818 - reads as what happened
    """The document gave no text.

    `unknown`: none of the kinds that are taken, or not what it says it is; `locked`: a password protects it; `empty`:
    no text in it, a scan for example; `damaged`: it breaks off or contradicts itself; `too_complex`: reading it takes
    more time or memory than a page of text ever needs.
    """

    def __init__(self, because: RefusedBecause) -> None:
        super().__init__(because)
        self.because: RefusedBecause = because
