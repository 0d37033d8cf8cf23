"""The trained trees, read from `weights.json`, and what they say about the measures of an answer."""

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from analysis.engines.offline.grading.features import NAMES

LEAF = -1  # in place of a feature's number
NAMED_BY = 8  # hex digits of the weights' SHA-256, in the name of a model


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt: rarity of words, trees, and the curve from their sum to a mark.

    A tree is a list of nodes: feature, threshold, where to go when the feature is at most that, where else; a leaf has
    `LEAF` for a feature and its value for a threshold.
    """

    version: str
    rarity: dict[str, float]
    unknown: float  # rarity of a word that was seen hardly ever, or never
    start: float
    trees: tuple[tuple[tuple[int, float, int, int], ...], ...]
    curve: tuple[tuple[float, ...], tuple[float, ...]]

    def raw(self, values: Sequence[float]) -> float:
        """Return the sum over the trees."""
        total = self.start
        for tree in self.trees:
            at = 0
            while (node := tree[at])[0] != LEAF:
                at = node[2] if values[node[0]] <= node[1] else node[3]
            total += tree[at][1]
        return total

    def mark(self, values: Sequence[float]) -> float:
        """Return the mark, from 0 to 1."""
        return on_curve(self.curve, self.raw(values))


def on_curve(curve: tuple[Sequence[float], Sequence[float]], raw: float) -> float:
    """Return the mark of a sum, on straight lines between the curve's points."""
    xs, ys = curve
    place = bisect_right(xs, raw)
    if place == 0:
        return ys[0]
    if place == len(xs):
        return ys[-1]
    left, right = xs[place - 1], xs[place]
    return ys[place - 1] + (ys[place] - ys[place - 1]) * (raw - left) / (right - left)


def model_of(saved: dict[str, Any]) -> Model:
    """Return the model that was saved.

    Raises:
        ValueError: it was trained on other measures than there are.
    """
    if tuple(saved["features"]) != NAMES:
        raise ValueError("weights.json was trained on other features: run make train-analysis")
    return Model(
        version=saved["version"],
        rarity=saved["rarity"],
        unknown=saved["unknown"],
        start=saved["start"],
        trees=tuple(tuple((n[0], n[1], n[2], n[3]) for n in tree) for tree in saved["trees"]),
        curve=(tuple(saved["curve"][0]), tuple(saved["curve"][1])),
    )


def read_model(saved: bytes) -> Model:
    """Return the model of a file. Its name carries what was learnt, which differs with the data.

    Raises:
        ValueError: it was trained on other measures than there are.
    """
    model = model_of(json.loads(saved))
    return replace(model, version=f"{model.version}-{sha256(saved).hexdigest()[:NAMED_BY]}")


@cache
def shipped() -> Model:
    """Return the model that comes with the product."""
    return read_model(files("analysis.engines.offline.grading").joinpath("weights.json").read_bytes())
