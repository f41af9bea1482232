"""Intervals of numbers and sets of classes that hold the truth with a promised chance."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from .columns import Floats

#: How far a rank or a level may be off by rounding.
_ROUNDING = 1e-9

#: So near to the limit a class is in, so that programs whose arithmetic rounds otherwise agree.
_TOLERANCE = 1e-6


class Regions:
    """What a bundle knows of its model's errors, by the name of a column a function of outputs and a level."""

    def __init__(self, conformal: Mapping[str, Any], classes: Sequence[str]) -> None:
        self._conformal = conformal
        self._classes = classes
        scores = conformal.get("errors") or conformal.get("improbable") or []
        self._scores = [_Scores(each["rows"], each["values"]) for each in scores]

    def columns(self, outputs: Floats, level: float) -> dict[str, npt.NDArray[Any]]:
        """The columns ``lower`` and ``upper``, or ``prediction_set``."""
        self._require(level)
        if self._conformal["type"] == "intervals":
            side = (1 + level) / 2
            # On an edge a number belongs to the range above.
            places = np.searchsorted(self._conformal["edges"], outputs[:, 0], side="right")
            below = np.array([each.lower(side) for each in self._scores])
            above = np.array([each.upper(side) for each in self._scores])
            return {"lower": outputs[:, 0] + below[places], "upper": outputs[:, 0] + above[places]}
        inside = 1 - outputs <= np.array([each.upper(level) for each in self._scores]) + _TOLERANCE
        nowhere = ~inside.any(axis=1)
        inside[nowhere, outputs[nowhere].argmax(axis=1)] = True
        return {"prediction_set": np.array([self._labels(row) for row in inside], dtype=object)}

    def _labels(self, inside: npt.NDArray[np.bool_]) -> str:
        labels = [name for name, within in zip(self._classes, inside, strict=True) if within]
        return json.dumps(labels, ensure_ascii=False, separators=(",", ":"))

    def _require(self, level: float) -> None:
        if self._conformal["type"] == "none":
            raise ValueError(f"the model has no intervals: {self._conformal['source']}")
        if not 0 < level < 1:
            raise ValueError(f"the level {level} of intervals: give a share between 0 and 1, such as 0.9")
        highest = min(each.rows / (each.rows + 1) for each in self._scores)
        if self._conformal["type"] == "intervals":
            highest = 2 * highest - 1
        if level > highest + _ROUNDING:
            allowed = math.floor((highest + _ROUNDING) * 10_000) / 10_000
            raise ValueError(
                f"the level {level} of intervals is too high for the rows that were held out in training, which allow"
                f" at most {allowed}"
            )


class _Scores:
    """Sorted scores, thinned evenly by rank."""

    def __init__(self, rows: int, values: Sequence[float]) -> None:
        self.rows = rows
        self._values = values
        last = max(1, len(values) - 1)
        self._ranks = [1 + place * (rows - 1) // last for place in range(len(values))]

    def upper(self, share: float) -> float:
        """What at least this share of rows like these does not exceed."""
        wanted = self._wanted(share)
        return next(value for rank, value in zip(self._ranks, self._values, strict=True) if rank >= wanted)

    def lower(self, share: float) -> float:
        """What at least this share of rows like these reaches."""
        wanted = self.rows + 1 - self._wanted(share)
        ranked = list(zip(self._ranks, self._values, strict=True))
        return next(value for rank, value in reversed(ranked) if rank <= wanted)

    def _wanted(self, share: float) -> int:
        return max(1, math.ceil((self.rows + 1) * share - _ROUNDING))
