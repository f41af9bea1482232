"""The columns of a data frame as a schema reads them: numbers, words or points in time."""

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from . import cells, dates

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Words:
    """The words of a column: for each row the place of its word among the distinct ones, -1 where it is missing."""

    codes: npt.NDArray[np.intp]
    distinct: list[str]

    def encode(self, width: int, encode: Callable[[str], Any]) -> Floats:
        """For each row what a function makes of its word, the empty one where it is missing."""
        table = np.empty((len(self.distinct) + 1, width))
        for code, word in enumerate(self.distinct):
            table[code] = encode(word)
        # The code -1 is the last place.
        table[-1] = encode("")
        return table[self.codes]


Column = Floats | Longs | Words


class ColumnReader:
    """Reads the cells of one column, whatever type pandas gave them, as the program reads the cells of a file."""

    def __init__(self, schema: Mapping[str, Any], cell_format: Mapping[str, Any], levels: Sequence[str]) -> None:
        self._type: str = schema["type"]
        self._missing = cells.tokens([*cell_format["missing"], *schema["missing"]])
        self._number = cells.number_parser(cell_format["decimal"])
        self._boolean = cells.boolean_parser(schema["true_values"], schema["false_values"])
        self._date = dates.date_parser(schema["format"], cells.number_parser("."))
        self._levels = frozenset(levels)
        # Of the spellings of one number the most frequent comes first.
        self._spellings = {self._spelling_key(level): level for level in reversed(levels)}

    def _spelling_key(self, label: str) -> float | str:
        number = self._number(label)
        return cells.lower(label) if math.isnan(number) else number

    def absent(self, rows: int) -> Column:
        """A column that the frame lacks."""
        return self.read(pd.Series([None] * rows, dtype=object))

    def read(self, series: "pd.Series[Any]") -> Column:
        """The column of a frame."""
        if self._type in ("number", "integer"):
            return self._numbers(series)
        if self._type == "boolean":
            return self._parsed(series, self._boolean, math.nan)
        if self._type == "datetime":
            return self._dates(series)
        return self._words(series)

    def _numbers(self, series: "pd.Series[Any]") -> Floats:
        if not pd.api.types.is_numeric_dtype(series.dtype) or pd.api.types.is_bool_dtype(series.dtype):
            return self._parsed(series, self._number, math.nan)
        values = series.to_numpy(dtype=np.float64, na_value=np.nan)
        values = np.where(np.isfinite(values), values + 0.0, np.nan)
        missing = [number for token in self._missing if not math.isnan(number := self._number(token))]
        return np.where(np.isin(values, missing), np.nan, values) if missing else values

    def _dates(self, series: "pd.Series[Any]") -> Longs:
        first = series.first_valid_index()
        if series.dtype == object and first is not None and isinstance(series.to_numpy()[series.notna()][0], dt.date):
            series = pd.to_datetime(series)
        if not pd.api.types.is_datetime64_any_dtype(series.dtype):
            return self._parsed(series, self._date, dates.MISSING)
        if series.dt.tz is not None:
            series = series.dt.tz_convert("UTC").dt.tz_localize(None)
        # Not a time and MISSING are the same number.
        return series.to_numpy(dtype="datetime64[ms]").astype(np.int64)

    def _parsed(self, series: "pd.Series[Any]", parse: Callable[[str], Any], missing: float | int) -> npt.NDArray[Any]:
        words = self._trimmed(series)
        table = np.array([*map(parse, words.distinct), missing])
        return table[words.codes]

    def _trimmed(self, series: "pd.Series[Any]") -> Words:
        """The trimmed texts of the cells that hold a value."""
        if pd.api.types.is_numeric_dtype(series.dtype) or isinstance(series.dtype, pd.StringDtype):
            codes, values = pd.factorize(series)
            written = [cells.written(value) for value in values]
        else:
            codes, values = pd.factorize(pd.Series([cells.written(value) for value in series], dtype=object))
            written = list(values)
        distinct = [cells.trim(text or "") for text in written]
        held = [text != "" and cells.lower(text) not in self._missing for text in distinct]
        # A last place for the code -1.
        return Words(np.where(np.array([*held, False])[codes], codes, -1), distinct)

    def _words(self, series: "pd.Series[Any]") -> Words:
        words = self._trimmed(series)
        if self._type != "category":
            return words
        labels = [cells.canonical_label(text) for text in words.distinct]
        if pd.api.types.is_numeric_dtype(series.dtype):
            labels = [self._as_learned(label) for label in labels]
        return Words(words.codes, labels)

    def _as_learned(self, label: str) -> str:
        """A number or truth value as the category that it names is spelled, which pandas has not kept: 01, TRUE."""
        return label if label in self._levels else self._spellings.get(self._spelling_key(label), label)
