"""The way from raw rows to predictions."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from . import learners, outputs, steps
from .cells import lower, trim
from .columns import Column, ColumnReader, Floats
from .regions import Regions

_FORMAT = 2

#: How many features are in memory at once.
_MOST_NUMBERS = 1 << 23

_WHOLE = re.compile("-?(?:0|[1-9][0-9]{0,17})")


class _Block:
    """Neighbouring features made from one column, or from two that are joined."""

    def __init__(self, block: Mapping[str, Any]) -> None:
        self.column: str = block["column"]
        self.second: str | None = block["second"]["column"] if "second" in block else None
        self.width = len(block["features"])
        given: list[Mapping[str, Any]] = block["steps"]
        self._join = steps.join(given[0]) if self.second is not None else None
        first, *self._refinements = given if self._join is None else given[1:]
        self._encode = steps.encoding(first)

    def inputs(self) -> list[str]:
        """The columns that are read."""
        return [self.column] if self.second is None else [self.column, self.second]

    def features(self, columns: Mapping[str, Column]) -> npt.NDArray[np.float32]:
        column = columns[self.column]
        # What goes beyond the range of a number is put back into it in the end.
        with np.errstate(over="ignore"):
            if self._join is not None and self.second is not None:
                column = self._join(column, columns[self.second])
            numbers = self._encode(column)
            for step in self._refinements:
                numbers = steps.refine(step, numbers)
            return steps.single(numbers)


class Scorer:
    """A model bundle: what its program calls schema, preprocessor, model, calibration and decision.

    Args:
        bundle: The folder of the bundle.
        probabilities: Whether the probability of each class is given beside the prediction.
    """

    def __init__(self, bundle: Path, probabilities: bool = True) -> None:
        index = learners.read_json(bundle / "bundle.json")
        if index["format_version"] > _FORMAT:
            raise ValueError(f"the bundle has format {index['format_version']}, and this code reads up to {_FORMAT}")
        schema = learners.read_json(bundle / "schema.json")
        preprocessor = learners.read_json(bundle / "preprocessor.json")
        cell_format = learners.read_json(bundle / "cells.json")
        self._classes: list[str] = index["target"]["classes"]
        self._blocks = [_Block(block) for block in preprocessor["blocks"]]
        features = [feature for block in preprocessor["blocks"] for feature in block["features"]]
        self._width = max(1, len(features))
        roles = schema["roles"]
        self._required = [
            name
            for name, column in schema["columns"].items()
            if column["required"] and roles[name] in ("feature", "time")
        ]
        levels: dict[str, list[str]] = {name: [] for block in self._blocks for name in block.inputs()}
        for block in preprocessor["blocks"]:
            for name, words in steps.levels(block).items():
                levels[name] += words
        self._readers = {
            name: ColumnReader(schema["columns"][name], cell_format, words) for name, words in levels.items()
        }
        self._model = learners.load(index["learner"], bundle / "model", features)
        self._calibration = learners.read_json(bundle / "calibration.json")
        self._decision = learners.read_json(bundle / "decision.json")
        if index["format_version"] > 1:
            self._regions = Regions(learners.read_json(bundle / "conformal.json"), self._classes)
        else:
            reason = "it was trained before there were any; train it again"
            self._regions = Regions({"type": "none", "source": reason}, self._classes)
        self._probabilities = probabilities

    def predict(self, model_input: Any, params: Mapping[str, Any] | None = None) -> "pd.DataFrame | pd.Series[Any]":
        """The prediction for each row, and for classes the probability of each.

        Args:
            model_input: Rows as a data frame, or what makes one. Columns are found by name, in any order; further ones
                do not matter. Cells may be texts as in a file, or what ``pandas.read_csv`` makes of them.
            params: ``intervals``, the share of rows whose truth the bounds or sets of classes shall hold; none of them
                are given where it is 0 or absent.

        Returns:
            The columns ``prediction`` and ``probability_<class>``, with the index of the rows, then ``lower`` and
            ``upper`` or ``prediction_set``; without all others the predictions as a series, which is what
            ``mlflow.evaluate`` wants of a classifier.
        """
        level = float((params or {}).get("intervals") or 0)
        frame = model_input if isinstance(model_input, pd.DataFrame) else pd.DataFrame(model_input)
        places = self._places(frame)
        batch = max(1, _MOST_NUMBERS // self._width)
        parts = [self._outputs(frame.iloc[start : start + batch], places) for start in range(0, len(frame), batch)]
        scored = np.concatenate([np.empty((0, max(1, len(self._classes)))), *parts])
        if self._classes:
            answer: npt.NDArray[Any] = self._labels()[outputs.decide(scored, self._decision)]
        else:
            answer = scored[:, 0]
        columns: dict[str, npt.NDArray[Any]] = {}
        if self._probabilities:
            columns = {f"probability_{name}": scored[:, place] for place, name in enumerate(self._classes)}
        if level:
            columns |= self._regions.columns(scored, level)
        if not (self._probabilities or level):
            return pd.Series(answer, index=frame.index, name="prediction")
        return pd.DataFrame({"prediction": answer, **columns}, index=frame.index)

    def _labels(self) -> npt.NDArray[Any]:
        """The labels, as numbers where all are whole ones, since pandas reads them so."""
        whole = all(_WHOLE.fullmatch(label) for label in self._classes)
        return np.array([int(label) for label in self._classes] if whole else self._classes)

    def columns(self, rows: pd.DataFrame) -> dict[str, Column]:
        """The columns that the model reads, as numbers, points in time or words, by name."""
        return self._read(rows, self._places(rows))

    def _read(self, rows: pd.DataFrame, places: Mapping[str, int]) -> dict[str, Column]:
        return {
            name: reader.read(rows.iloc[:, places[name]]) if name in places else reader.absent(len(rows))
            for name, reader in self._readers.items()
        }

    def _outputs(self, rows: pd.DataFrame, places: Mapping[str, int]) -> Floats:
        columns = self._read(rows, places)
        features = np.empty((len(rows), sum(block.width for block in self._blocks)), dtype=np.float32)
        start = 0
        for block in self._blocks:
            features[:, start : start + block.width] = block.features(columns)
            start += block.width
        return outputs.calibrate(self._calibration, self._model(features))

    def _places(self, frame: pd.DataFrame) -> dict[str, int]:
        """Where each column is, by its name without the blanks around it; of equal names the first counts."""
        places: dict[str, int] = {}
        for place, name in enumerate(frame.columns):
            places.setdefault(trim(str(name)), place)
        lacking = [name for name in self._required if name not in places]
        if lacking:
            alike = {_plain(name): name for name in places}
            told = [
                f"'{name}'" + (f" (there is '{alike[_plain(name)]}')" if _plain(name) in alike else "")
                for name in lacking
            ]
            raise ValueError(
                f"the rows lack {'the column' if len(lacking) == 1 else f'{len(lacking)} columns:'} {', '.join(told)}"
            )
        return places


def _plain(name: str) -> str:
    return re.sub(r"[\s_.-]", "", lower(name))
