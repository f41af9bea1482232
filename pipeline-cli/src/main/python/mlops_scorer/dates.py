"""Points in time as milliseconds since 1970, read from the formats that a schema names."""

import math
import re
from collections.abc import Callable
from typing import Final

#: No point in time.
MISSING: Final = -(2**63)

_DAY = 86_400_000
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_FULL_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS = tuple(day[:3] for day in _FULL_DAYS)

_ISO = re.compile(
    r"(?P<y>[0-9]{4})-(?P<M>[0-9]{2})-(?P<d>[0-9]{2})"
    r"(?:[Tt ](?P<H>[0-9]{2}):(?P<m>[0-9]{2})(?::(?P<s>[0-9]{2})(?:[.,](?P<S>[0-9]+))?)?"
    r"(?P<zone>[Zz]|[-+][0-9]{2}(?::?[0-9]{2})?)?)?"
)

DateParser = Callable[[str], int]


def date_parser(pattern: str | None, parse_number: Callable[[str], float]) -> DateParser:
    """Reads dates by ``iso`` (also for None), ``epoch_seconds``, ``epoch_millis``, or a pattern such as dd.MM.yyyy."""
    name = (pattern or "iso").lower()
    if name == "iso":
        return _iso
    if name == "epoch_seconds":
        return lambda text: _epoch(parse_number(text) * 1000)
    if name == "epoch_millis":
        return lambda text: _epoch(parse_number(text))
    return _Pattern(pattern or "").parse


def _epoch(millis: float) -> int:
    first, end = _days(-9999, 1, 1) * _DAY, _days(10_000, 1, 1) * _DAY
    return math.trunc(millis) if not math.isnan(millis) and first <= math.trunc(millis) < end else MISSING


def _iso(text: str) -> int:
    found = _ISO.fullmatch(text)
    if found is None:
        return MISSING
    part = {name: int(found[name] or 0) for name in "yMdHms"}
    if not _exists(part["y"], part["M"], part["d"]) or part["H"] > 23 or part["m"] > 59 or part["s"] > 59:
        return MISSING
    millis = int((found["S"] or "0").ljust(3, "0")[:3])
    return (
        _days(part["y"], part["M"], part["d"]) * _DAY
        + ((part["H"] * 60 + part["m"]) * 60 + part["s"]) * 1000
        + millis
        - _zone_minutes(found["zone"]) * 60_000
    )


def _zone_minutes(zone: str | None) -> int:
    digits = re.sub("[^0-9]", "", zone or "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return -minutes if zone is not None and zone.startswith("-") else minutes


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _month_length(year, month)


def _month_length(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _days(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01 in the proleptic Gregorian calendar (Hinnant's days_from_civil), for any year."""
    year -= month <= 2
    era, year_of_era = divmod(year, 400)
    day_of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146_097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719_468


class _Pattern:
    """A pattern of Java's DateTimeFormatter, in its smart mode and its English locale."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        # Dates of digits and marks alone are read strictly: no 31st of April.
        self._strict = _is_plain(pattern)
        self._names: list[str] = []
        self._regex = re.compile(self._translate(), re.IGNORECASE)
        self._texts = {"MMM": _MONTHS, "LLL": _MONTHS, "MMMM": _FULL_MONTHS, "LLLL": _FULL_MONTHS}
        letters = re.sub("'[^']*'", "", pattern)
        self._no_day = not re.search("[dDwWeEcFQq]", letters)
        self._no_month = self._no_day and not re.search("[ML]", letters)

    def _translate(self) -> str:
        parts: list[str] = []
        for piece in re.finditer(r"'((?:[^']|'')*)'|([A-Za-z])\2*|.", self._pattern, re.DOTALL):
            text = piece[0]
            if piece[1] is not None:
                parts.append(re.escape(piece[1].replace("''", "'") or "'"))
            elif piece[2] is not None:
                parts.append(self._field(text))
            elif text in "[]":
                parts.append("(?:" if text == "[" else ")?")
            elif text in "{}#'":
                raise self._unreadable(text)
            else:
                parts.append(re.escape(text))
        return "".join(parts)

    def _field(self, letters: str) -> str:
        expression = _field_expression(letters, self._strict)
        if expression is None:
            raise self._unreadable(letters)
        if letters in self._names:
            return expression
        self._names.append(letters)
        return f"(?P<{letters}>{expression})"

    def _unreadable(self, piece: str) -> ValueError:
        return ValueError(f"the dates written as '{self._pattern}' cannot be read here because of its '{piece}'")

    def parse(self, text: str) -> int:
        found = self._regex.fullmatch(text)
        if found is None:
            return MISSING
        given = {name: value for name in self._names if (value := found[name]) is not None}
        day = self._date(given)
        time = _time(given, self._strict)
        if day is None or time == MISSING:
            return MISSING
        millis = day * _DAY + time
        zone = next((value for name, value in given.items() if name[0] in "xXZ"), None)
        return millis - _zone_minutes(zone) * 60_000

    def _date(self, given: dict[str, str]) -> int | None:
        year = _first(given, "yu")
        if year is None:
            return None
        if "yy" in given or "uu" in given:
            year += 2000
        elif year == 0 and not self._strict:
            # The letter y counts the years of an era from 1 on.
            return None
        month = self._month(given)
        day = 1 if self._no_day else _first(given, "d")
        if month is None or day is None or not (1 <= month <= 12 and 1 <= day <= 31) or year > 9999:
            return None
        if day > _month_length(year, month):
            if self._strict:
                return None
            day = _month_length(year, month)
        days = _days(year, month, day)
        weekday = next((value for name, value in given.items() if name[0] == "E"), None)
        if weekday is not None and _DAYS.index(weekday[:3].lower()) != (days + 3) % 7:
            return None
        return days

    def _month(self, given: dict[str, str]) -> int | None:
        if self._no_month:
            return 1
        for name, names in self._texts.items():
            if name in given:
                return names.index(given[name].lower()) + 1
        return _first(given, "ML")


def _first(given: dict[str, str], letters: str) -> int | None:
    """The number of the first field of one of the letters."""
    return next((int(value) for name, value in given.items() if name[0] in letters and value.isdigit()), None)


def _is_plain(pattern: str) -> bool:
    """Whether a pattern is made of year, month, day, further digits, and marks between fields of unsure width."""
    runs = [found[0] for found in re.finditer(r"([A-Za-z])\1*", pattern)]
    plain = all(
        run in ("yyyy", "yy", "uuuu", "uu") or (run[0] in "MdHms" and len(run) <= 2) or run[0] == "S" for run in runs
    )
    apart = not re.search(
        r"(?<![A-Za-z])([A-Za-z])(?!\1)(?=[A-Za-z])|([A-Za-z])(?!\2)([A-Za-z])(?!\3)(?=[A-Za-z])", pattern
    )
    dated = all(any(run[0] in letters for run in runs) for letters in ("yu", "M", "d"))
    return plain and apart and dated and not re.search(r"['\[\]{}#]", pattern)


def _time(given: dict[str, str], strict: bool) -> int:
    """The milliseconds of the day; MISSING where there is no such time, 0 where too little of it is given."""
    hour, minute, second = _first(given, "H"), _first(given, "m"), _first(given, "s")
    if hour is None and "a" in given:
        half = _first(given, "h")
        if half is None or half > 12:
            return 0 if half is None else MISSING
        hour = half % 12 + (12 if given["a"].lower() == "pm" else 0)
    fraction = next((value for name, value in given.items() if name[0] == "S"), None)
    if (minute or 0) > 59 or (second or 0) > 59:
        return MISSING
    if hour is None or (minute is None and second is not None) or (second is None and fraction is not None):
        return 0
    time = ((hour * 60 + (minute or 0)) * 60 + (second or 0)) * 1000 + int((fraction or "0").ljust(3, "0")[:3])
    # In the smart mode 24:00 is the end of the day.
    return time if hour < 24 or (time == _DAY and not strict) else MISSING


def _field_expression(letters: str, strict: bool) -> str | None:
    """What a field of a pattern looks like, by its letters; None where it is not known."""
    letter, width = letters[0], len(letters)
    if letter in "yu":
        return {1: "[0-9]{1,4}", 2: "[0-9]{2}", 4: "[0-9]{4}"}.get(width)
    if letter in "ML" and width in (3, 4):
        return "|".join(_MONTHS if width == 3 else _FULL_MONTHS)
    if letter in "MLdHhms" and width in (1, 2):
        return "[0-9]{2}" if width == 2 else "[0-9]{1,2}" if strict else "[0-9]{1,19}"
    if letter == "S" and width <= 9:
        return f"[0-9]{{{width}}}"
    if letter == "E" and width <= 4:
        return "|".join(_FULL_DAYS if width == 4 else _DAYS)
    if letters == "a":
        return "AM|PM"
    offsets = {
        **{"X": "Z|[-+][0-9]{2}(?:[0-9]{2})?", "XX": "Z|[-+][0-9]{4}", "XXX": "Z|[-+][0-9]{2}:[0-9]{2}"},
        **{"x": "[-+][0-9]{2}(?:[0-9]{2})?", "xx": "[-+][0-9]{4}", "xxx": "[-+][0-9]{2}:[0-9]{2}"},
        **{"Z": "[-+][0-9]{4}", "ZZ": "[-+][0-9]{4}", "ZZZ": "[-+][0-9]{4}"},
    }
    return offsets.get(letters)
