"""Support vectors in LibSVM's text format, with the kernel of radial basis functions."""

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .columns import Floats
from .probabilities import share, sigmoid

#: How many rows are compared with all support vectors at once.
_BATCH = 1024

_SMALLEST = 1e-7


class Kernel:
    """A model of support vectors; the ``kernel.json`` beside LibSVM's file says what its numbers are."""

    def __init__(self, folder: Path) -> None:
        index = json.loads((folder / "kernel.json").read_text(encoding="utf-8"))
        text = (folder / "vectors.libsvm").read_text(encoding="ascii")
        head, _, vectors = text.partition("\nSV\n")
        header = {name: values.split() for name, _, values in (line.partition(" ") for line in head.splitlines())}
        if header["kernel_type"] != ["rbf"]:
            raise ValueError(f"the support vectors have the kernel {header['kernel_type'][0]}, not rbf")
        self._gamma = float(header["gamma"][0])
        self._rho = np.array(header["rho"], dtype=np.float64)
        self._outputs: int = index["outputs"]
        self._mean, self._deviation = index["scaling"]["mean"], index["scaling"]["deviation"]
        self._used = [place for place, number in enumerate(index["numbers"]) if number >= 0]
        places = {index["numbers"][place]: column for column, place in enumerate(self._used)}
        lines = [line.split() for line in vectors.splitlines()]
        sums = max(1, int(header["nr_class"][0]) - 1)
        self._coefficients = np.array([line[:sums] for line in lines], dtype=np.float64)
        self._vectors = np.zeros((len(lines), len(self._used)))
        for row, line in enumerate(lines):
            for cell in line[sums:]:
                number, _, value = cell.partition(":")
                self._vectors[row, places[int(number)]] = float(value)
        self._classes: list[int] = []
        if index["classes"]:
            self._classes = [index["classes"][int(label)] for label in header["label"]]
            self._curves = np.array([header["probA"], header["probB"]], dtype=np.float64)
            counts = np.array(header["nr_sv"], dtype=np.intp)
            ends = np.cumsum(counts)
            self._ranges = [slice(end - count, end) for end, count in zip(ends, counts, strict=True)]

    def __call__(self, features: npt.NDArray[np.float32]) -> Floats:
        """The outputs of each row."""
        outputs = np.zeros((len(features), self._outputs))
        for start in range(0, len(features), _BATCH):
            part = slice(start, start + _BATCH)
            similar = self._similarities(features[part, self._used].astype(np.float64))
            if self._classes:
                outputs[part, self._classes] = self._probabilities(similar)
            else:
                value = similar @ self._coefficients[:, 0] - self._rho[0]
                outputs[part, 0] = self._mean + self._deviation * value
        return outputs

    def _similarities(self, rows: Floats) -> Floats:
        squares = (rows**2).sum(axis=1)[:, None] + (self._vectors**2).sum(axis=1) - 2 * rows @ self._vectors.T
        similarities: Floats = np.exp(-self._gamma * np.maximum(squares, 0))
        return similarities

    def _probabilities(self, similar: Floats) -> Floats:
        """One probability for each of LibSVM's labels."""
        count = len(self._classes)
        pairs = np.zeros((len(similar), count, count))
        pair = 0
        for i in range(count):
            for j in range(i + 1, count):
                of_i, of_j = self._ranges[i], self._ranges[j]
                margin = similar[:, of_i] @ self._coefficients[of_i, j - 1]
                margin += similar[:, of_j] @ self._coefficients[of_j, i]
                logit = (margin - self._rho[pair]) * self._curves[0, pair] + self._curves[1, pair]
                pairs[:, i, j] = np.clip(sigmoid(-logit), _SMALLEST, 1 - _SMALLEST)
                pairs[:, j, i] = 1 - pairs[:, i, j]
                pair += 1
        shares: Floats = pairs[:, [0, 1], [1, 0]] if count == 2 else np.array([_coupled(one) for one in pairs])
        return share(shares)


def _coupled(pairs: Floats) -> Floats:
    """One probability per class from those of all pairs (Wu, Lin and Weng 2004, their second method)."""
    count = len(pairs)
    matrix = -pairs.T * pairs
    np.fill_diagonal(matrix, (pairs**2).sum(axis=0) - pairs.diagonal() ** 2)
    shares = np.full(count, 1 / count)
    for _ in range(max(100, count)):
        products = matrix @ shares
        total = float(shares @ products)
        if np.abs(products - total).max() < 0.005 / count:
            break
        for each in range(count):
            step = (total - products[each]) / matrix[each, each]
            shares[each] += step
            total = (total + step * (step * matrix[each, each] + 2 * products[each])) / (1 + step) / (1 + step)
            products = (products + step * matrix[each]) / (1 + step)
            shares /= 1 + step
    return shares
