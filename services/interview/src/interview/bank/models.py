"""What the bank holds: the catalogue of jobs, the questions and the rubrics.

Every model is frozen and refuses unknown keys, so a typo in a data file stops the
first reader instead of quietly dropping a question's key points.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from contracts.interview import QuestionKind
from kit.text import CleanText, is_storable
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

RubricId = Literal["behavioural", "technical"]


def _require_storable(text: str) -> str:
    if not is_storable(text):
        raise ValueError("cannot be stored")
    return text


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
Sentence = Annotated[str, CleanText(8, 400)]
Label = Annotated[str, CleanText(2, 60)]
Term = Annotated[
    str, StringConstraints(pattern=r"^[^A-Z\s]([^A-Z]{0,38}[^A-Z\s])?$"), AfterValidator(_require_storable)
]
Difficulty = Annotated[int, Field(ge=1, le=5)]


class BankModel(BaseModel):
    """Data that is read once and never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Family(BankModel):
    """A group of roles that share most of their questions."""

    id: Slug
    title: Label
    summary: Sentence


class Competency(BankModel):
    """One ability that a question asks about and a report sums up."""

    id: Slug
    label: Label
    description: Sentence


class Role(BankModel):
    """A job that a candidate can practise for."""

    id: Slug
    family: Slug
    title: Label
    summary: Sentence
    aliases: Annotated[tuple[Label, ...], Field(min_length=1)]
    competencies: Annotated[tuple[Slug, ...], Field(min_length=4, max_length=6)]


class Level(BankModel):
    """How much experience the interview assumes, and how hard its questions may be."""

    id: Slug
    label: Label
    years: Label
    expectation: Sentence
    difficulty_min: Difficulty
    difficulty_max: Difficulty


class Catalogue(BankModel):
    """Everything a candidate chooses from."""

    families: tuple[Family, ...]
    roles: tuple[Role, ...]
    levels: tuple[Level, ...]
    competencies: tuple[Competency, ...]


class KeyPoint(BankModel):
    """One thing a good answer covers, and words that show it was covered."""

    id: Slug
    text: Sentence
    terms: Annotated[tuple[Term, ...], Field(min_length=2, max_length=16)]


class Anchors(BankModel):
    """What an answer at level 1, 3 and 5 of 5 to this very question looks like."""

    weak: Sentence
    solid: Sentence
    strong: Sentence


class QuestionBody(BankModel):
    """What a question written by people consists of.

    `family` is None for the questions of general use. `roles` is empty when the question
    fits every role of its family (or every role at all, when it has no family).
    """

    kind: QuestionKind
    difficulty: Difficulty
    competency: Slug
    family: Slug | None = None
    roles: tuple[Slug, ...] = ()
    text: Sentence
    key_points: Annotated[tuple[KeyPoint, ...], Field(min_length=4, max_length=7)]
    anchors: Anchors
    suggested_seconds: Annotated[int, Field(ge=60, le=300)]


class BankQuestion(QuestionBody):
    """A question and the name it keeps through all its versions."""

    id: Slug

    def fits(self, role: Role) -> bool:
        """Tell whether a candidate for this role can be asked this question."""
        if self.family is not None and self.family != role.family:
            return False
        return not self.roles or role.id in self.roles


FiveSentences = tuple[Sentence, Sentence, Sentence, Sentence, Sentence]


class LevelAnchors(BankModel):
    """The sentences for levels 1 to 5 of a dimension at one level of experience."""

    anchors: FiveSentences


class RubricDimension(BankModel):
    """One side of an answer that is given a level, with the sentence for each level 1 to 5.

    `anchors` are the common sentences. `by_level` holds, by the id of a level of experience, those that take their
    place there; a level of experience that is not in it uses the common ones. Rubrics that were saved before there
    were any have none; one that is saved now must say so.
    """

    id: Slug
    label: Label
    weight: Annotated[float, Field(gt=0, le=1)]
    description: Sentence
    anchors: FiveSentences
    by_level: Mapping[Slug, LevelAnchors] = Field(default_factory=dict)

    def anchors_for(self, level_id: str) -> FiveSentences:
        """Return the sentences that count at this level of experience."""
        own = self.by_level.get(level_id)
        return own.anchors if own is not None else self.anchors


class LevelExpectation(BankModel):
    """What "3 = meets the expectation" means at one experience level."""

    level: Slug
    text: Sentence


class RubricBody(BankModel):
    """How answers of one group of question kinds are judged."""

    label: Label
    dimensions: Annotated[tuple[RubricDimension, ...], Field(min_length=4)]
    expectations: tuple[LevelExpectation, ...]


class Rubric(RubricBody):
    """A rubric with its version, `behavioural-2` or `behavioural-2.1`, and `behavioural-edited-3` once it was edited.

    The major number changes with the meaning of a level or a weight, the minor one with the wording alone: levels given
    under different major numbers are not compared.
    """

    id: RubricId
    version: Annotated[str, StringConstraints(pattern=r"^[a-z-]+-\d+(\.\d+)?$")]

    def expectation_for(self, level_id: str) -> str:
        """Return what an answer at level 3 shows for this experience level.

        Raises:
            KeyError: the rubric does not know the experience level.
        """
        for expectation in self.expectations:
            if expectation.level == level_id:
                return expectation.text
        raise KeyError(level_id)
