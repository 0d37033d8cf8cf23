"""What a line of the input holds, and every reason to refuse one."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, BinaryIO, NoReturn, Self

from contracts.interview import Rubric
from kit.text import is_storable
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

LONGEST_LINE = 512 * 1024  # bytes; every field at its longest fits
LONGEST_ANSWER = 20_000  # characters; the interview service takes no more
MOST_POINTS = 100
MOST_SCALES = 10


def _clean(text: str) -> str:
    if not is_storable(text):
        raise ValueError("must not contain NUL characters or lone surrogates")
    return text


def _said(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be blank")
    return text


# Nothing is stripped: the places of the evidence are places in the answer as it was given.
Text = Annotated[str, Field(max_length=LONGEST_ANSWER), AfterValidator(_clean)]
Statement = Annotated[str, Field(max_length=4_000), AfterValidator(_clean), AfterValidator(_said)]
Name = Annotated[str, Field(max_length=200), AfterValidator(_clean), AfterValidator(_said)]
Number = Annotated[float, Field(allow_inf_nan=False)]


class _Strict(BaseModel):
    """Takes no text for a number; what else a data set holds beside our fields is left alone."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class Point(_Strict):
    """One thing a good answer says."""

    id: Name
    text: Statement
    terms: Annotated[tuple[Name, ...], Field(max_length=MOST_POINTS)] = ()


class Line(_Strict):
    """One answer to score."""

    id: Name | int
    question: Statement
    answer: Text
    reference: Annotated[Text, AfterValidator(_said)] | None = None
    key_points: Annotated[tuple[Statement | Point, ...], Field(min_length=1, max_length=MOST_POINTS)] | None = None
    rubric: Statement | Rubric | None = None
    duration_s: Annotated[Number, Field(gt=0, le=86_400)] | None = None
    max: Annotated[Number, Field(gt=0, le=1_000_000)] | None = None

    @model_validator(mode="after")
    def _can_be_judged(self) -> Self:
        if self.reference is None and self.key_points is None:
            raise ValueError("reference or key_points is missing")
        names = [point.id for point in self.points]
        if len(set(names)) != len(names):
            raise ValueError("key_points must not name the same id twice")
        if isinstance(self.rubric, Rubric):
            scales = [one.id for one in self.rubric.dimensions]
            if not 0 < len(scales) <= MOST_SCALES or len(set(scales)) != len(scales):
                raise ValueError(f"rubric must have 1 to {MOST_SCALES} dimensions, each with an id of its own")
        return self

    @property
    def points(self) -> tuple[Point, ...]:
        """The key points; one given as plain text is named by its place, from 1."""
        return tuple(
            one if isinstance(one, Point) else Point(id=str(place), text=one)
            for place, one in enumerate(self.key_points or (), start=1)
        )


@dataclass(frozen=True, slots=True)
class Bad:
    """A line that cannot be scored, and why; the reason quotes nothing of the line."""

    number: int
    reason: str


def read(source: BinaryIO) -> Iterator[Line | Bad]:
    """Read one line after the other and hold none of them; blank lines are passed over."""
    number = 0
    while raw := source.readline(LONGEST_LINE + 1):
        number += 1
        if len(raw) > LONGEST_LINE and not raw.endswith(b"\n"):
            while (rest := source.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield Bad(number, f"longer than {LONGEST_LINE:,} bytes")
            continue
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")  # the mark some editors put first
        if raw.strip():
            yield parse(raw, number)


def parse(raw: bytes, number: int) -> Line | Bad:
    """Read one line."""
    try:
        # Twice, on purpose: only this one can refuse NaN and a key that is there twice, wherever they stand.
        json.loads(raw.decode(), parse_constant=_no_number, object_pairs_hook=_each_key_once)
        return Line.model_validate_json(raw)
    except UnicodeDecodeError:
        return Bad(number, "not UTF-8")
    except json.JSONDecodeError as error:
        return Bad(number, f"not JSON: {error.msg} at character {error.pos + 1}")
    except ValidationError as error:
        return Bad(number, _reason(error))
    except RecursionError:
        return Bad(number, "not JSON we can read: nested too deeply")
    except ValueError as error:
        return Bad(number, str(error))


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number of JSON")


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is there twice in one object")
    return found


def _reason(error: ValidationError) -> str:
    """Name the first fault of each field; a union reports each of its members, which helps nobody."""
    faults: dict[str, str] = {}
    for one in error.errors(include_url=False, include_input=False, include_context=False):
        field = str(one["loc"][0]) if one["loc"] else ""
        faults.setdefault(field, one["msg"].removeprefix("Value error, "))
    return "; ".join(f"{field}: {message}" if field else message for field, message in faults.items())
