"""Where a sentence ends: at a mark before white space, but not behind "Mrs.", "e.g." or "No." before a number."""

import re


def _behind(*shortened: str, flags: str = "i") -> str:
    """Return what matches behind one of these and its full stop."""
    words = "|".join(rf"(?<=\b{re.escape(one)}\.)" for one in shortened)
    return rf"(?{flags}:{words})" if flags else f"(?:{words})"


# Behind "Main St." a sentence may begin; with one of these words it does.
_BEGINS = r"(?:I|I'\w+|We|The|It|He|She|They|You|This|That|There|So|But|And|Then|After|When|In|My|Our)\b"
_GOES_ON = "|".join(
    (
        rf"{_behind('mr', 'mrs', 'dr', 'prof', 'rev', 'capt', 'sgt', 'st')}(?=\s+(?!{_BEGINS}))",
        rf"{_behind('Ms', 'Mx', 'Lt', flags='')}(?=\s+(?!{_BEGINS}))",  # "200 ms." ends a sentence
        rf"{_behind('e.g', 'i.e', 'cf', 'vs', 'approx', 'incl')}(?=\s)",
        rf"{_behind('ca', 'fig', 'vol', 'pp', 'para', 'nr')}(?=\s+\d)",
        r"(?:(?<=[\w,(] No\.)|(?<=[\w,(] Nos\.))(?=\s+\d)",  # the answer "No." has the end of a sentence before it
        rf"{_behind('etc', 'a.m', 'p.m', 'inc', 'ltd', 'co', 'corp', 'jr', 'dept', 'avg')}(?=\s+[a-z\d])",
    )
)
SENTENCE_END = re.compile(rf"(?<=[.!?])(?!{_GOES_ON})\s+|\n+")
# A full stop that ends nothing, the one inside "e.g." too.
INNER_STOP = rf"(?:(?<=\d)\.(?=\d)|\.(?:{_GOES_ON})|(?<=\b[eiap])\.(?=[egm]\.))"
