import datetime as dt
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from mlops_scorer.columns import ColumnReader, Words
from mlops_scorer.dates import MISSING

FORMAT = {"missing": ["NA", "?", "-"], "decimal": "."}


def reader(kind: str, levels: tuple[str, ...] = (), **schema: Any) -> ColumnReader:
    column = {"type": kind, "missing": [], "true_values": [], "false_values": [], "format": None, **schema}
    return ColumnReader(column, FORMAT, levels)


def words(column: Any) -> list[str]:
    assert isinstance(column, Words)
    return [column.distinct[code] if code >= 0 else "" for code in column.codes]


@pytest.mark.parametrize(
    "series",
    [
        pd.Series(["1", " 2.0 ", "", "na", "x", "-", "1e400"]),
        pd.Series(["1", "2", None, "NA", "x", np.nan, "Infinity"], dtype=object),
        pd.Series([1, 2, np.nan, np.nan, np.nan, np.nan, np.inf]),
        pd.Series([1, 2, None, None, None, None, None], dtype="Int64"),
        pd.Series([1, 2.0, None, pd.NA, "x", "?", dt.date(2024, 1, 1)], dtype=object),
        pd.Series(["1", "2", None, "NA", "x", "?", "."], dtype="category"),
    ],
)
def test_numbers_are_read_whatever_their_type(series: "pd.Series[Any]") -> None:
    np.testing.assert_array_equal(reader("number").read(series), [1, 2, *[math.nan] * 5])


def test_a_number_that_stands_for_missing_is_missing_as_text_and_as_number() -> None:
    column = reader("integer", missing=["-999"])
    for series in (pd.Series([1, -999]), pd.Series(["1", "-999"]), pd.Series([1.0, -999.0])):
        np.testing.assert_array_equal(column.read(series), [1, math.nan])


@pytest.mark.parametrize(
    "series",
    [
        pd.Series(["yes", "No ", "maybe", ""]),
        pd.Series(["1", "0.0", "2", None]),
        pd.Series([1, 0, 2, np.nan]),
        pd.Series([True, False, pd.NA, None], dtype="boolean"),
    ],
)
def test_booleans_are_read_whatever_their_type(series: "pd.Series[Any]") -> None:
    np.testing.assert_array_equal(reader("boolean").read(series), [1, 0, math.nan, math.nan])


def test_dates_are_read_from_texts_and_points_in_time() -> None:
    column = reader("datetime")
    expected = [86_400_000, MISSING]
    for series in (
        pd.Series(["1970-01-02", "1970-13-01"]),
        pd.to_datetime(pd.Series(["1970-01-02", None])),
        pd.to_datetime(pd.Series(["1970-01-02T01:00+01:00", None])),
        pd.Series([dt.date(1970, 1, 2), None], dtype=object),
    ):
        np.testing.assert_array_equal(column.read(series), expected)


def test_whole_numbers_that_are_dates_lose_no_digit_to_gaps() -> None:
    column = reader("datetime", format="yyyyMMdd")
    np.testing.assert_array_equal(column.read(pd.Series([19700102, np.nan])), [86_400_000, MISSING])


def test_a_category_is_the_same_as_text_and_as_number() -> None:
    column = reader("category", ("1", "2"))
    for series in (pd.Series(["1", " 2.0", "NA"]), pd.Series([1, 2, np.nan]), pd.Series([1, 2, None], dtype="Int64")):
        assert words(column.read(series)) == ["1", "2", ""]


def test_a_number_is_the_category_that_it_was_before_pandas_read_it() -> None:
    assert words(reader("category", ("01", "2.50", "7")).read(pd.Series([1, 2.5, 7, 8]))) == ["01", "2.50", "7", "8"]
    assert words(reader("category", ("TRUE", "no")).read(pd.Series([True, False]))) == ["TRUE", "False"]
    # A text keeps its zeros.
    assert words(reader("category", ("01",)).read(pd.Series(["1"]))) == ["1"]


def test_texts_keep_their_spelling() -> None:
    assert words(reader("text").read(pd.Series([" A 1.0 ", "?", None, "\u00a0b"]))) == ["A 1.0", "", "", "b"]


def test_a_column_that_is_not_there_is_missing() -> None:
    assert words(reader("category").absent(2)) == ["", ""]
    np.testing.assert_array_equal(reader("number").absent(2), [math.nan] * 2)
    np.testing.assert_array_equal(reader("datetime").absent(2), [MISSING] * 2)
