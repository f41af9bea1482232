import datetime as dt

import pytest

from mlops_scorer import cells, dates


def read(pattern: str | None, text: str) -> dt.datetime | None:
    millis = dates.date_parser(pattern, cells.number_parser("."))(text)
    return None if millis == dates.MISSING else dt.datetime(1970, 1, 1) + dt.timedelta(milliseconds=millis)


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (None, "2024-02-29", dt.datetime(2024, 2, 29)),
        ("ISO", "2024-02-29T10:15", dt.datetime(2024, 2, 29, 10, 15)),
        ("iso", "2024-02-29 10:15:30.1239", dt.datetime(2024, 2, 29, 10, 15, 30, 123_000)),
        ("iso", "2024-02-29t10:15:30,5z", dt.datetime(2024, 2, 29, 10, 15, 30, 500_000)),
        ("iso", "2024-02-29T00:15+01:00", dt.datetime(2024, 2, 28, 23, 15)),
        ("iso", "2024-02-29T00:15-0130", dt.datetime(2024, 2, 29, 1, 45)),
        ("iso", "0001-01-01", dt.datetime(1, 1, 1)),
        ("epoch_seconds", "1e9", dt.datetime(2001, 9, 9, 1, 46, 40)),
        ("epoch_millis", "-1", dt.datetime(1969, 12, 31, 23, 59, 59, 999_000)),
        ("dd.MM.yyyy", "31.12.1999", dt.datetime(1999, 12, 31)),
        ("d.M.yy H:mm", "1.2.03 4:05", dt.datetime(2003, 2, 1, 4, 5)),
        ("yyyyMMdd", "20240229", dt.datetime(2024, 2, 29)),
        ("yyyy-MM-dd HH:mm:ss.SSS", "2024-02-29 23:59:59.987", dt.datetime(2024, 2, 29, 23, 59, 59, 987_000)),
        ("M/d/yyyy h:mm a", "2/9/2024 12:05 am", dt.datetime(2024, 2, 9, 0, 5)),
        ("M/d/yyyy h:mm:ss a", "2/9/2024 1:05:06 PM", dt.datetime(2024, 2, 9, 13, 5, 6)),
        ("d MMM yyyy", "9 FEB 2024", dt.datetime(2024, 2, 9)),
        ("MMMM d, yyyy", "february 9, 2024", dt.datetime(2024, 2, 9)),
        ("d-MMM-yy", "30-Feb-23", dt.datetime(2023, 2, 28)),
        ("yyyy-MM", "2024-07", dt.datetime(2024, 7, 1)),
        ("yyyy", "2024", dt.datetime(2024, 1, 1)),
        ("EEE, d MMM yyyy", "Fri, 9 Feb 2024", dt.datetime(2024, 2, 9)),
        ("yyyy-MM-dd'T'HH:mm[:ss]XXX", "2024-02-29T24:00+02:00", dt.datetime(2024, 2, 29, 22)),
        ("dd/MMM/yyyy:HH:mm:ss Z", "09/Feb/2024:10:00:00 -0500", dt.datetime(2024, 2, 9, 15)),
    ],
)
def test_reads_points_in_time(pattern: str | None, text: str, expected: dt.datetime) -> None:
    assert read(pattern, text) == expected


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        *[("iso", "2024-02-30"), ("iso", "2024-2-3"), ("iso", "2024-02-29T24:00"), ("iso", "2024-02-29T"), ("iso", "")],
        *[("iso", "2024-02-29T10:15:30."), ("iso", "2024-02-29T10:15+1"), ("iso", "٢٠٢٤-02-01"), ("iso", "2024-00-01")],
        *[("dd.MM.yyyy", "31.04.2024"), ("dd.MM.yyyy", "1.4.2024"), ("d.M.yyyy", "001.4.2024"), ("d.M.yyyy", "x")],
        *[("yyyy-MM-dd HH:mm", "2024-02-29 24:00"), ("EEE, d MMM yyyy", "Mon, 9 Feb 2024"), ("d MMM", "9 Feb")],
        *[
            ("epoch_seconds", "soon"),
            ("epoch_millis", "1e300"),
            ("d MMM yyyy", "32 Feb 2024"),
            ("d MMM yyyy", "1 Foo 2"),
        ],
    ],
)
def test_what_is_no_such_date_is_missing(pattern: str, text: str) -> None:
    assert read(pattern, text) is None


def test_a_pattern_that_cannot_be_followed_is_refused_with_its_letters() -> None:
    with pytest.raises(ValueError, match="'yyyy-MM-dd VV' cannot be read here because of its 'VV'"):
        dates.date_parser("yyyy-MM-dd VV", cells.number_parser("."))
