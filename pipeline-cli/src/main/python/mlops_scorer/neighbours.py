"""The weighted share of each class, or the weighted mean, among the nearest of the training rows."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from .columns import Floats

Longs = npt.NDArray[np.intp]

#: Keeps the weight of a row at no distance finite.
_CLOSEST = 1e-9

#: How many rows are compared with all training rows at once.
_BATCH = 256


class Neighbours:
    """A model of nearest neighbours."""

    def __init__(self, model: Mapping[str, Any]) -> None:
        # Written with the digits of single precision.
        self._rows = np.asarray(model["rows"], dtype=np.float32).astype(np.float64)
        self._squares = (self._rows**2).sum(axis=1)
        self._values = np.asarray(model["values"], dtype=np.float64)
        self._weights = np.asarray(model["weights"], dtype=np.float32).astype(np.float64)
        self._base = np.asarray(model["base"], dtype=np.float64)
        self._count = min(model["parameters"]["neighbours"], len(self._rows))
        self._smoothing = model["parameters"]["smoothing"]
        self._uniform = model["parameters"]["weighting"] == "uniform"

    def __call__(self, features: npt.NDArray[np.float32]) -> Floats:
        """The outputs of each row."""
        rows = features.astype(np.float64)
        outputs = np.empty((len(rows), len(self._base)))
        for start in range(0, len(rows), _BATCH):
            batch = rows[start : start + _BATCH]
            # Squared distances but for the row's own length, rounded in another way than the exact ones below.
            rough = self._squares - 2 * batch @ self._rows.T
            for place, row in enumerate(batch):
                outputs[start + place] = self._output(row, rough[place])
        return outputs

    def _output(self, row: Floats, rough: Floats) -> Floats:
        nearest, distances = self._nearest(row, rough)
        votes = self._weights[nearest] * (1 if self._uniform else 1 / (distances + _CLOSEST))
        total = self._smoothing + self._count
        output: Floats = self._smoothing / total * self._base
        # Added one by one, so that no rounding differs.
        votes_in_all = np.add.accumulate(votes)[-1]
        for vote, value in zip(votes, self._values[nearest], strict=True):
            share = vote / votes_in_all * self._count / total
            if len(output) > 1:
                output[int(value)] += share
            else:
                output[0] += share * value
        return output

    def _nearest(self, row: Floats, rough: Floats) -> tuple[Longs, Floats]:
        """The nearest training rows, the nearest first, and their distances."""
        bound = np.partition(rough, self._count - 1)[self._count - 1]
        slack = 1e-9 * (1 + float(row @ row) + float(self._squares.max()))
        close = np.flatnonzero(rough <= bound + slack)
        distances = self._distances(row, close)
        order = np.argsort(distances, kind="stable")
        close, distances = close[order], distances[order]
        if len(close) > self._count and distances[self._count - 1] == distances[self._count]:
            tied = close[distances == distances[self._count]]
            alike = self._values[tied] == self._values[tied[0]]
            if not (alike.all() and (self._weights[tied] == self._weights[tied[0]]).all()):
                everywhere = self._distances(row, np.arange(len(self._rows)))
                close = np.asarray(_queued(everywhere.tolist(), self._count), dtype=np.intp)
                distances = everywhere[close]
        return close[: self._count], distances[: self._count]

    def _distances(self, row: Floats, which: Longs) -> Floats:
        """Distances whose squares are added feature by feature, so that rows as far as each other are told the same."""
        squares = np.add.accumulate((row - self._rows[which]) ** 2, axis=1)
        return np.sqrt(squares[:, -1])


def _queued(distances: list[float], count: int) -> list[int]:
    """The places that a queue of the nearest holds in the end, the nearest first.

    Where more rows are equally far than there is room for, it depends on the queue which stay: this is Java's
    PriorityQueue with the farthest in front, from which a row goes when a nearer one comes.
    """
    queue = _Queue()
    for place, distance in enumerate(distances):
        if place < count:
            queue.offer((distance, place))
        elif distance < queue.items[0][0]:
            queue.poll()
            queue.offer((distance, place))
    return [queue.poll()[1] for _ in range(count)][::-1]


class _Queue:
    """A binary heap as Java's PriorityQueue keeps it, the farthest first."""

    def __init__(self) -> None:
        self.items: list[tuple[float, int]] = []

    def offer(self, item: tuple[float, int]) -> None:
        items = self.items
        items.append(item)
        place = len(items) - 1
        while place > 0:
            parent = (place - 1) // 2
            if items[parent][0] >= item[0]:
                break
            items[place] = items[parent]
            place = parent
        items[place] = item

    def poll(self) -> tuple[float, int]:
        items = self.items
        first, last = items[0], items.pop()
        place = 0
        while items and place < len(items) // 2:
            child = 2 * place + 1
            if child + 1 < len(items) and items[child + 1][0] > items[child][0]:
                child += 1
            if last[0] >= items[child][0]:
                break
            items[place] = items[child]
            place = child
        if items:
            items[place] = last
        return first
