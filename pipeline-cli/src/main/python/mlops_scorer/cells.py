"""The meaning of a text cell: blanks around it, missing values, numbers, categories, booleans."""

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd

_SPACES = [chr(c) for c in range(0x1680, 0x10000) if unicodedata.category(chr(c)) in ("Zs", "Zl", "Zp")]

#: Control characters, no-break and typographic spaces, a byte order mark.
BLANKS = "".join([*map(chr, range(0x21)), "\u00a0", *_SPACES, "\u200b", "\ufeff"])

_CURRENCIES = "$" + "".join(chr(c) for c in range(0x80, 0x10000) if unicodedata.category(chr(c)) == "Sc")
_LONGEST_NUMBER = 400
_WHOLE = re.compile(r"(-?)([0-9]{1,18})(?:\.0+)?")

_YES = ("1", "true", "yes", "t", "y", "on", "ja", "oui", "si", "sí", "wahr", "vrai")
_NO = ("0", "false", "no", "f", "n", "off", "nein", "non", "falsch", "faux")


def trim(text: str) -> str:
    """The text without the blanks around it."""
    return text.strip(BLANKS)


def lower(text: str) -> str:
    """Each character in lower case by itself, so that no text changes its length."""
    if text.isascii():
        return text.lower()
    # The only character that the full mapping turns into two.
    return "".join("i" if c == "\u0130" else c.lower() for c in text)


def tokens(words: Iterable[str]) -> frozenset[str]:
    """Words that are compared regardless of case, without the empty one."""
    return frozenset(lower(trim(word)) for word in words) - {""}


def number_parser(decimal: str) -> Callable[[str], float]:
    """Reads the number that a trimmed cell holds; NaN where it holds none or one beyond the range of a double.

    Beside plain numbers it reads groups of three digits (1,234.5), an exponent, one currency sign before or after, and
    a per cent sign after, which changes nothing about the number.
    """
    blank, currency = f"[{re.escape(BLANKS)}]*", f"[{re.escape(_CURRENCIES)}]"
    separator = "[" + ("." if decimal == "," else ",") + "'\u00a0\u202f]"
    number = re.compile(
        rf"(?:(?P<before>{currency}){blank})?(?P<sign>[-+\u2212])?(?(before)|(?:(?P<behind>{currency}){blank})?)"
        rf"(?P<whole>[1-9][0-9]{{0,2}}(?P<mark>{separator})[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*|[0-9]*)"
        rf"(?:{re.escape(decimal)}(?P<fraction>[0-9]*))?(?:[eE](?P<power>[-+\u2212]?[0-9]+))?"
        rf"(?:{blank}(?:%|(?(before)(?!)|(?(behind)(?!)|{currency}))))?"
    )

    def parse(text: str) -> float:
        found = None if len(text) > _LONGEST_NUMBER else number.fullmatch(text)
        if found is None:
            return math.nan
        whole = re.sub("[^0-9]", "", found["whole"])
        fraction = found["fraction"] or ""
        if not whole and not fraction:
            return math.nan
        sign = "-" if found["sign"] in ("-", "\u2212") else ""
        power = (found["power"] or "0").replace("\u2212", "-")
        value = float(f"{sign}{whole or '0'}.{fraction or '0'}e{power}")
        # A negative zero is zero.
        return value + 0.0 if math.isfinite(value) else math.nan

    return parse


def canonical_label(text: str) -> str:
    """The one spelling of a category: trimmed, and a whole number without its zero fraction."""
    label = trim(text)
    found = _WHOLE.fullmatch(label)
    if found is None:
        return label
    return "0" if found[2] == "0" else found[1] + found[2]


def boolean_parser(yes: Iterable[str], no: Iterable[str]) -> Callable[[str], float]:
    """Reads 1 or 0 from the words that mean true and false, of which there are known ones where none are given."""
    given_yes, given_no = tuple(yes), tuple(no)
    known = not given_yes and not given_no
    true = _with_fraction(tokens(_YES if known else given_yes))
    false = _with_fraction(tokens(_NO if known else given_no))

    def parse(text: str) -> float:
        word = lower(text)
        return 1.0 if word in true else 0.0 if word in false else math.nan

    return parse


def _with_fraction(words: frozenset[str]) -> frozenset[str]:
    return words | {word + ".0" for word in words & {"0", "1"}}


def written(value: Any) -> str | None:
    """A value of a data frame as a file would have it; None where it is missing.

    A whole number among floats stands without a fraction, since a column of whole numbers with gaps becomes floats.
    """
    if isinstance(value, str):
        return value
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time.min and value.tzinfo is None
        return value.date().isoformat() if midnight else value.isoformat()
    if isinstance(value, float | np.floating):
        number = float(value)
        if math.isnan(number):
            return None
        # The shortest digits that are this number, of single precision where it has that.
        return str(int(number)) if number.is_integer() and abs(number) < 1e18 else str(value)
    return str(value)
