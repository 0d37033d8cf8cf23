"""From graded answers to a model: the only place that needs scikit-learn."""

import random
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingRegressor

from analysis.engines.offline.grading.features import DIRECTIONS, NAMES, Wanted, features, read
from analysis.engines.offline.grading.marking import Expected, expected, mark
from analysis.engines.offline.grading.model import LEAF, Model, model_of
from analysis.engines.offline.grading.orders import without_orders
from benchmarks.analysis.data import Row, by_question
from benchmarks.analysis.made import made_of
from benchmarks.analysis.rarity import rarity_of

VERSION = "trees-1"  # of the method; a model is named by its weights too, see read_model
SEED = 7
SETTINGS: dict[str, Any] = {
    "max_iter": 120,
    "learning_rate": 0.08,
    "max_leaf_nodes": 5,  # small trees: what two sets have in common, and not what is special about one
    "min_samples_leaf": 60,
    "l2_regularization": 5,
    "max_bins": 64,
    "early_stopping": False,
    "random_state": 0,
}
# How much a made answer counts beside the real ones to its question; kinds that are not named count OTHER_KINDS.
MADE = {
    "other reference": 0.6,
    "two correct": 0.75,
    "long reference": 0.45,
    "reference": 4.5,
    "reference and rambling": 4.5,
    "correct and rambling": 1.05,
    "another": 1.5,
    "salad": 1.5,
    "copied": 1.8,
    "stuffed": 1.35,
}
OTHER_KINDS = 0.9
USUAL = 40  # made answers of a question weigh together about as much as its real ones


def measured(rows: Sequence[Row], rarity: dict[str, float], unknown: float) -> "np.ndarray[Any, Any]":
    """Return the measures of each answer."""
    wanted: dict[tuple[str, str], Wanted] = {}
    values = []
    for row in rows:
        key = (row.question, row.reference)
        if key not in wanted:
            wanted[key] = Wanted(read(row.question), read(row.reference), rarity, unknown)
        values.append(features(wanted[key], read(without_orders(row.answer))))
    return np.array(values)


def trained(rows: Sequence[Row]) -> dict[str, Any]:
    """Learn from these answers and from what is made of them; return the model as it is saved."""
    rarity, unknown = rarity_of(rows)
    every = with_made(rows)
    return fitted(every, measured(every, rarity, unknown), rarity, unknown)


def fitted(every: Sequence[Row], values: Any, rarity: dict[str, float], unknown: float) -> dict[str, Any]:
    """Grow the trees; return the model as it is saved."""
    trees = HistGradientBoostingRegressor(monotonic_cst=[DIRECTIONS[name] for name in NAMES], **SETTINGS)
    trees.fit(values, [row.target for row in every], sample_weight=_weights(every))
    return {
        "version": VERSION,
        "features": list(NAMES),
        "unknown": unknown,
        "rarity": rarity,
        "curve": CURVE,
        "start": round(float(trees._baseline_prediction.ravel()[0]), 6),  # noqa: SLF001  # there is no other way to it
        "trees": [_tree(one[0].nodes) for one in trees._predictors],  # noqa: SLF001
    }


def with_made(rows: Sequence[Row]) -> list[Row]:
    """Return the rows with the made ones behind them."""
    draw = random.Random(SEED)  # noqa: S311  # the same every time
    every = list(rows)
    for group, own in by_question(rows).items():
        every += made_of(own, [row for row in rows if row.group != group], draw)
    return every


# From what the trees say to a mark: see docs/model-card.md, "What a mark means".
CURVE = [[0.0, 0.25, 0.5, 0.75, 0.96], [0.0, 0.25, 0.62, 0.87, 1.0]]


def marks(model: Model, rows: Sequence[Row]) -> list[float]:
    """Return the marks that the product would give with a model."""
    wanted: dict[tuple[str, str], Expected] = {}
    found = []
    for row in rows:
        key = (row.question, row.reference)
        if key not in wanted:
            wanted[key] = expected(read(row.question), read(row.reference), model)
        found.append(mark(model, wanted[key], read(without_orders(row.answer))))
    return found


def model_from(rows: Sequence[Row]) -> Model:
    """Learn, and return what the product would run."""
    return model_of(trained(rows))


def _weights(rows: Sequence[Row]) -> list[float]:
    """Let a question with many answers count more, but not as much more as it has answers."""
    real = Counter(row.group for row in rows if row.kind == "real")
    found = []
    for row in rows:
        size = real[row.group]
        share = 1 / size if row.kind == "real" else MADE.get(row.kind, OTHER_KINDS) / USUAL
        found.append(share * size**0.5)
    return found


def _tree(nodes: Any) -> list[list[float]]:
    return [
        [LEAF, round(float(node["value"]), 5), 0, 0]
        if node["is_leaf"]
        else [
            int(node["feature_idx"]),
            round(float(node["num_threshold"]), 5),
            int(node["left"]),
            int(node["right"]),
        ]
        for node in nodes
    ]
