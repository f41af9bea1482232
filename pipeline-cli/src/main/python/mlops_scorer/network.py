"""A neural network: what it makes of its features, in double precision as Java does."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from .columns import Floats
from .probabilities import share

#: Learned sums of waves of a number.
_SUMS = 3

#: Where an outlier bends, and beyond which a number is as good as infinite.
_BEND, _FAR = 3.0, 1e8

_LAMBDA, _ALPHA = float(np.float32(1.0507)), float(np.float32(1.67326))

#: Where the curve of mish is straight to the last bit.
_FLAT = 30.0

#: How many rows are computed at once.
_BATCH = 4096


class Network:
    """A trained network."""

    def __init__(self, folder: Path) -> None:
        self._header = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        self._weights = np.fromfile(folder / "weights.bin", dtype="<f4").astype(np.float64)
        self._at = 0
        header = self._header
        self._inputs = [(each, self._numbers(each)) for each in header["inputs"]]
        below = sum(self._width(each) for each in header["inputs"])
        self._layers = []
        for layer in range(header["layers"] + 1):
            hidden = layer < header["layers"]
            width = header["width"] if hidden else header["outputs"]
            weights = self._next(width, below)
            self._layers.append((weights, self._next(width), self._next(width) if hidden else None))
            below = width
        if self._at != len(self._weights):
            raise ValueError(f"weights.bin has {len(self._weights)} numbers, not {self._at}")

    def __call__(self, features: npt.NDArray[np.float32]) -> Floats:
        """The outputs of each row."""
        parts = [self._outputs(features[at : at + _BATCH]) for at in range(0, len(features), _BATCH)]
        return np.concatenate(parts) if parts else np.empty((0, self._header["outputs"]))

    def _next(self, *shape: int) -> Floats:
        """The next numbers of the file."""
        count = int(np.prod(shape))
        numbers = self._weights[self._at : self._at + count]
        self._at += count
        return numbers.reshape(shape)

    def _width(self, each: dict[str, Any]) -> int:
        if each["kind"] == "one_hot":
            return 1 if each["levels"] == 2 else int(each["levels"])
        widths = {"number": 1, "periodic": 1 + _SUMS, "embedding": self._header["embedding"]}
        return int(widths[each["kind"]])

    def _numbers(self, each: dict[str, Any]) -> list[Floats]:
        count = self._header["frequencies"]
        if each["kind"] == "periodic":
            return [self._next(count), self._next(count), self._next(_SUMS, count), self._next(_SUMS)]
        if each["kind"] == "embedding":
            return [self._next(each["levels"] + 1, self._header["embedding"])]
        return []

    def _outputs(self, features: npt.NDArray[np.float32]) -> Floats:
        header = self._header
        entered = [
            _enter(features[:, place].astype(np.float64), each, numbers)
            for place, (each, numbers) in enumerate(self._inputs)
        ]
        rows: Floats = np.concatenate(entered, axis=1)
        for weights, bias, strength in self._layers:
            rows = rows @ weights.T + bias
            if strength is not None:
                rows = rows + strength * (_activate(header["activation"], rows) - rows)
        if header["kind"] == "value":
            values: Floats = np.clip(header["center"] + header["scale"] * rows, header["lower"], header["upper"])
            return values
        return share(np.exp(rows - rows.max(axis=1, keepdims=True)))


def _enter(values: Floats, each: dict[str, Any], numbers: list[Floats]) -> Floats:
    """What a feature gives the first layer."""
    kind, levels = each["kind"], each["levels"]
    if kind in ("number", "periodic"):
        bounded = np.clip(np.where(np.isnan(values), 0, values), -_FAR, _FAR)
        bent: Floats = (bounded / np.sqrt(1 + bounded * bounded / (_BEND * _BEND)))[:, np.newaxis]
        if kind == "number":
            return bent
        frequencies, phases, weights, bias = numbers
        waves = np.cos(2 * np.pi * (bent * frequencies + phases))
        return np.concatenate([bent, waves @ weights.T + bias], axis=1)
    known = (values >= 0) & (values < levels)
    codes = np.where(known, values, levels).astype(np.intp)
    if kind == "embedding":
        embedded: Floats = numbers[0][codes]
        return embedded
    if levels == 2:
        return np.asarray([-1.0, 1.0, 0.0])[codes][:, np.newaxis]
    indicators: Floats = np.eye(levels + 1)[codes][:, :levels]
    return indicators


def _activate(name: str, sums: Floats) -> Floats:
    """What a neuron makes of its sum."""
    if name == "selu":
        bent: Floats = _LAMBDA * np.where(sums > 0, sums, _ALPHA * (np.exp(np.minimum(sums, 0)) - 1))
        return bent
    e = np.exp(np.minimum(sums, _FLAT))
    mish: Floats = sums * (e * (e + 2) / (e * (e + 2) + 2))
    return mish
