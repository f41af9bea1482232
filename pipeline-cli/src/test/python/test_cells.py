import datetime as dt
import decimal
import math

import numpy as np
import pandas as pd
import pytest

from mlops_scorer import cells


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[("7", 7), ("+7", 7), ("-7", -7), (".5", 0.5), ("5.", 5), ("-.5", -0.5), ("007", 7), ("1e3", 1000)],
        *[("1,234.5", 1234.5), ("1'234", 1234), ("1\u00a0234\u00a0567", 1234567), ("1,234,567.89", 1234567.89)],
        *[("$5", 5), ("-$5", -5), ("$-5", -5), ("€ 5", 5), ("5 €", 5), ("5€", 5), ("12%", 12), ("12 %", 12)],
        *[("\u22125", -5), ("1E+2", 100), ("1e-2", 0.01), ("0.1", 0.1), ("9007199254740993", 9007199254740992.0)],
        *[
            ("123456789012345678901234567890", 1.2345678901234568e29),
            ("1.7976931348623157e308", 1.7976931348623157e308),
        ],
    ],
)
def test_reads_numbers_as_people_write_them(text: str, value: float) -> None:
    assert cells.number_parser(".")(text) == value


@pytest.mark.parametrize(
    "text",
    [
        *["", ".", "-", "+", "e5", "x", "1,23", "1,2345", "0,123", "1,234'567", "$5$", "$5€", "5%%", "%5", "--5"],
        *["1.2.3", "0x1F", "1e", "1e400", "Infinity", "nan", "١٢", "1 2", "- 5", "1" * 401, "5 x"],
    ],
)
def test_takes_nothing_else_for_a_number(text: str) -> None:
    assert math.isnan(cells.number_parser(".")(text))


def test_a_decimal_comma_leaves_the_point_to_groups() -> None:
    parse = cells.number_parser(",")
    assert [parse(text) for text in ("1,5", "1.234,5", "1.234")] == [1.5, 1234.5, 1234]
    assert math.isnan(parse("1.5"))


def test_a_negative_zero_is_zero() -> None:
    assert math.copysign(1, cells.number_parser(".")("-0.0")) == 1


@pytest.mark.parametrize(
    ("text", "label"),
    [
        *[(" 0.0 ", "0"), ("-0", "0"), ("-0.00", "0"), ("1.0", "1"), ("-12.0", "-12"), ("01", "01"), ("01.0", "01")],
        *[("1.5", "1.5"), ("5.", "5."), ("1" * 19 + ".0", "1" * 19 + ".0"), ("'1'", "'1'"), ("\ufeffA\u00a0", "A")],
        *[("-", "-"), ("-00", "-00"), ("1.0\n", "1")],
    ],
)
def test_a_category_has_one_spelling(text: str, label: str) -> None:
    assert cells.canonical_label(text) == label


def test_known_words_are_booleans_unless_the_schema_names_others() -> None:
    known, named = cells.boolean_parser([], []), cells.boolean_parser(["Good", "1"], ["bad"])
    assert [known(text) for text in ("YES", "ja", "1.0", "0", "Off", "SÍ")] == [1, 1, 1, 0, 0, 1]
    assert [named(text) for text in ("good", "1.0", "BAD")] == [1, 1, 0]
    assert math.isnan(named("yes"))
    assert math.isnan(known("2"))


def test_lower_case_never_changes_the_length_of_a_text() -> None:
    assert cells.lower("\u0130STANBUL ΑΣ") == "istanbul ασ"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *[("x", "x"), (5, "5"), (5.0, "5"), (5.5, "5.5"), (np.float32(0.1), "0.1"), (1e15, "1000000000000000")],
        *[(True, "True"), (np.False_, "False"), (np.int64(7), "7"), (decimal.Decimal("1.50"), "1.50")],
        *[(None, None), (math.nan, None), (pd.NA, None), (pd.NaT, None), (np.float32("nan"), None), (1e300, "1e+300")],
        (pd.Timestamp("2024-02-29"), "2024-02-29"),
        (dt.datetime(2024, 2, 29, 10, 15), "2024-02-29T10:15:00"),
        (dt.date(2024, 2, 29), "2024-02-29"),
    ],
)
def test_a_value_of_pandas_is_written_as_in_a_file(value: object, text: str | None) -> None:
    assert cells.written(value) == text
