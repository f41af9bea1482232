"""The fitted steps that turn typed columns into features; docs/reference/preprocessor.md describes each."""

import functools
import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from .columns import Column, Floats, Words
from .dates import MISSING

Encoding = Callable[[Any], Floats]
Join = Callable[[Any, Any], Column]

#: What stands between the two words of a cross.
_BETWEEN = "\x1f"

_LEADING_NUMBER = re.compile(
    r"[ \t\n\x0b\f\r<>=~≤≥$€£]*(-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,15})?)(?![0-9])"
)
_DAY = 86_400_000

#: The first value and the period of the parts of a date that come round.
_PERIODS = {"month": (1, 12), "day": (1, 31), "weekday": (1, 7), "hour": (0, 24), "minute_of_day": (0, 1440)}


def join(step: Mapping[str, Any]) -> Join:
    """The step of a block that makes one typed column of two."""
    name = step["step"]
    if name not in _JOINS:
        raise ValueError(f"the preprocessor has the step '{name}', which this model's code does not know")
    return _JOINS[name](step)


def levels(block: Mapping[str, Any]) -> dict[str, list[str]]:
    """The words that the steps of a block know, by the name of the column that holds them."""
    first = block["steps"][0]
    if first["step"] == "cross":
        pairs = [level.split(_BETWEEN, 1) for level in block["steps"][1]["levels"]]
        return {block["column"]: [one for one, _ in pairs], block["second"]["column"]: [other for _, other in pairs]}
    holder = block.get("second", block)
    return {holder["column"]: list(first.get("levels", []))}


def encoding(step: Mapping[str, Any]) -> Encoding:
    """The step of a block that turns a typed column into numbers, one row for each of its rows."""
    name = step["step"]
    if name not in _ENCODINGS:
        raise ValueError(f"the preprocessor has the step '{name}', which this model's code does not know")
    return _ENCODINGS[name](step)


def refine(step: Mapping[str, Any], numbers: Floats) -> Floats:
    """A further step of a block: changes the numbers."""
    if step["step"] == "clip":
        lower, upper = _row(step["lower"]), _row(step["upper"])
        numbers = np.where(numbers < lower, lower, numbers)
        return np.where(numbers > upper, upper, numbers)
    if step["step"] == "impute":
        return np.where(np.isnan(numbers), _row(step["values"]), numbers)
    if step["step"] == "scale":
        return (numbers - _row(step["center"])) / _row(step["spread"])
    raise ValueError(f"the preprocessor has the step '{step['step']}', which this model's code does not know")


def single(numbers: Floats) -> npt.NDArray[np.float32]:
    """The nearest finite numbers of single precision; NaN stays."""
    largest = np.finfo(np.float32).max
    rounded = numbers.astype(np.float32)
    return np.where(np.isinf(rounded), np.copysign(largest, rounded), rounded)


def _row(values: Any) -> Floats:
    return np.asarray(values, dtype=np.float64)


def _number(step: Mapping[str, Any]) -> Encoding:
    return lambda numbers: numbers.reshape(-1, 1)


def _missing_indicator(step: Mapping[str, Any]) -> Encoding:
    def encode(column: Column) -> Floats:
        if isinstance(column, Words):
            missing = column.codes < 0
        else:
            missing = np.isnan(column) if column.dtype == np.float64 else column == MISSING
        return missing.astype(np.float64).reshape(-1, 1)

    return encode


def _places(step: Mapping[str, Any]) -> Encoding:
    places = {level: float(place) for place, level in enumerate(step["levels"])}
    return lambda words: words.encode(1, lambda word: places.get(word, math.nan))


def _one_hot(step: Mapping[str, Any]) -> Encoding:
    levels = step["levels"]
    places = {level: place for place, level in enumerate(levels)}
    width = len(levels) + step["other"]

    def encode(word: str) -> Floats:
        numbers = np.zeros(width)
        place = places.get(word, len(levels))
        if word and place < width:
            numbers[place] = 1
        return numbers

    return lambda words: words.encode(width, encode)


def _target_encoding(step: Mapping[str, Any]) -> Encoding:
    values = dict(zip(step["levels"], step["values"], strict=True))
    values[""] = step["missing"]
    return lambda words: words.encode(len(step["labels"]), lambda word: values.get(word, step["prior"]))


def _word_numbers(step: Mapping[str, Any], numbers: str, unseen: float) -> Encoding:
    values = dict(zip(step["levels"], step[numbers], strict=True))
    values[""] = step["missing"]
    return lambda words: words.encode(1, lambda word: values.get(word, unseen))


def _frequency(step: Mapping[str, Any]) -> Encoding:
    return _word_numbers(step, "shares", 0.0)


def _group_mean(step: Mapping[str, Any]) -> Encoding:
    return _word_numbers(step, "means", step["other"])


def _cross(step: Mapping[str, Any]) -> Join:
    def both(first: Words, second: Words) -> Words:
        # A missing cell has the code -1 and becomes the empty word; where both are missing, so is the pair.
        width = len(second.distinct) + 1
        pairs, codes = np.unique((first.codes + 1) * width + second.codes + 1, return_inverse=True)
        words = [
            ("", *first.distinct)[pair // width] + _BETWEEN + ("", *second.distinct)[pair % width] for pair in pairs
        ]
        return Words(np.where(pairs[codes] == 0, -1, codes), words)

    return both


def _arithmetic(step: Mapping[str, Any]) -> Join:
    def difference(first: Floats, second: Floats) -> Floats:
        return first - second

    def ratio(first: Floats, second: Floats) -> Floats:
        result: Floats = np.divide(first, second, out=np.full(len(first), np.nan), where=second != 0)
        return result

    def product(first: Floats, second: Floats) -> Floats:
        return first * second

    known: dict[str, Join] = {"difference": difference, "ratio": ratio, "product": product}
    if step["operator"] not in known:
        raise ValueError(
            f"the preprocessor has the operator '{step['operator']}', which this model's code does not know"
        )
    return known[step["operator"]]


def _group_difference(step: Mapping[str, Any]) -> Join:
    means = _group_mean(step)

    def difference(numbers: Floats, words: Words) -> Floats:
        result: Floats = numbers - means(words)[:, 0]
        return result

    return difference


def _number_from_text(step: Mapping[str, Any]) -> Encoding:
    def encode(word: str) -> float:
        found = _LEADING_NUMBER.match(word)
        return float(found[1].replace(",", "")) if found else math.nan

    return lambda words: words.encode(1, encode)


def _date_part(name: str, millis: npt.NDArray[np.int64]) -> Floats:
    days, time = np.divmod(millis, _DAY)
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    part: npt.NDArray[Any]
    match name:
        case "epoch_day":
            part = days + time / _DAY
        case "year":
            part = dates.astype("datetime64[Y]").astype(np.int64) + 1970
        case "month":
            part = months.astype(np.int64) % 12 + 1
        case "day":
            part = (dates - months.astype("datetime64[D]")).astype(np.int64) + 1
        case "weekday":
            part = (days + 3) % 7 + 1
        case "hour":
            part = time // 3_600_000
        case "minute_of_day":
            part = time // 60_000
        case _:
            raise ValueError(f"the preprocessor has the part '{name}' of a date, which this model's code does not know")
    return part.astype(np.float64)


def _date_parts(step: Mapping[str, Any]) -> Encoding:
    def encode(millis: npt.NDArray[np.int64]) -> Floats:
        known = np.where(millis == MISSING, 0, millis)
        parts = np.column_stack([_date_part(name, known) for name in step["parts"]])
        return np.where((millis == MISSING).reshape(-1, 1), np.nan, parts)

    return encode


def _cyclic_date(step: Mapping[str, Any]) -> Encoding:
    def encode(millis: npt.NDArray[np.int64]) -> Floats:
        known = np.where(millis == MISSING, 0, millis)
        waves = []
        for name in step["parts"]:
            first, period = _PERIODS[name]
            angle = 2 * math.pi * (_date_part(name, known) - first) / period
            waves += [np.sin(angle), np.cos(angle)]
        return np.where((millis == MISSING).reshape(-1, 1), 0, np.column_stack(waves))

    return encode


def words_of(text: str) -> list[str]:
    """The words of a text: its longest runs of letters, in lower case, and of digits."""
    if text.isascii():
        return re.findall("[a-z]+|[0-9]+", text.lower())
    words: list[str] = []
    kind_before = ""
    for character in text:
        category = unicodedata.category(character)
        kind = "N" if category == "Nd" else "L" if category[0] == "L" else ""
        # The only letter that the full mapping turns into two characters.
        lower = "i" if character == "\u0130" else character.lower()
        if kind and kind == kind_before:
            words[-1] += lower
        elif kind:
            words.append(lower)
        kind_before = kind
    return words


def _terms(text: str, longest: int) -> list[str]:
    words = words_of(text)
    terms = list(words)
    for length in range(2, longest + 1):
        terms += [" ".join(words[start : start + length]) for start in range(len(words) - length + 1)]
    return terms


def _to_length_one(numbers: dict[int, float], width: int) -> Floats:
    """The numbers at their places, divided by the root of the sum of their squares, which is taken in order."""
    row = np.zeros(width)
    squares = 0.0
    for place in sorted(numbers):
        squares += numbers[place] * numbers[place]
    for place, number in numbers.items():
        row[place] = number / math.sqrt(squares)
    return row


def _tfidf(step: Mapping[str, Any]) -> Encoding:
    places = {term: place for place, term in enumerate(step["terms"])}

    def encode(text: str) -> Floats:
        numbers: dict[int, float] = {}
        for term in _terms(text, step["longest"]):
            place = places.get(term)
            if place is not None:
                numbers[place] = numbers.get(place, 0.0) + step["rarity"][place]
        return _to_length_one(numbers, len(places))

    return lambda words: words.encode(len(places), encode)


@functools.lru_cache(maxsize=100_000)
def _hash(term: str) -> int:
    """FNV-1a with 64 bits over the UTF-8 bytes."""
    value = 0xCBF29CE484222325
    for byte in term.encode("utf-8", "replace"):
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def _hashed_text(step: Mapping[str, Any]) -> Encoding:
    buckets = step["buckets"]

    def encode(text: str) -> Floats:
        numbers: dict[int, float] = {}
        for term in _terms(text, step["longest"]):
            bucket = _hash(term) % buckets
            numbers[bucket] = numbers.get(bucket, 0.0) + 1
        return _to_length_one(numbers, buckets)

    return lambda words: words.encode(buckets, encode)


def _text_size(step: Mapping[str, Any]) -> Encoding:
    return lambda words: words.encode(2, lambda text: (len(text), len(words_of(text))))


_ENCODINGS: dict[str, Callable[[Mapping[str, Any]], Encoding]] = {
    "number": _number,
    "missing_indicator": _missing_indicator,
    "codes": _places,
    "ordinal": _places,
    "one_hot": _one_hot,
    "target_encoding": _target_encoding,
    "frequency": _frequency,
    "group_mean": _group_mean,
    "number_from_text": _number_from_text,
    "date_parts": _date_parts,
    "cyclic_date": _cyclic_date,
    "tfidf": _tfidf,
    "hashed_text": _hashed_text,
    "text_size": _text_size,
}

_JOINS: dict[str, Callable[[Mapping[str, Any]], Join]] = {
    "cross": _cross,
    "arithmetic": _arithmetic,
    "group_difference": _group_difference,
}
