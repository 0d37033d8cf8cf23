"""A rubric as one interview is judged by it."""

from contracts import interview as contract

from interview.bank.models import Rubric


def resolved(rubric: Rubric, level_id: str) -> contract.Rubric:
    """Return what is sent along with each question: of all anchors and expectations those for one level of experience.

    Whoever judges then needs no list of levels, and a change of the rubric cannot reach an interview that is under way.

    Raises:
        KeyError: the rubric does not know the experience level.
    """
    return contract.Rubric(
        id=rubric.id,
        version=rubric.version,
        expectation=rubric.expectation_for(level_id),
        dimensions=tuple(
            contract.RubricDimension(
                id=dimension.id,
                label=dimension.label,
                weight=dimension.weight,
                anchors=dimension.anchors_for(level_id),
            )
            for dimension in rubric.dimensions
        ),
    )
