"""The mean of many trees, walked all at once."""

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .columns import Floats
from .probabilities import both, share

#: How many leaves are looked for at once.
_BATCH = 1 << 20


class Forest:
    """Trees whose nodes stand in one list; a left child below 0 is the leaf ``~child``, the right one follows it."""

    def __init__(self, folder: Path) -> None:
        self._header = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        outputs = self._header["outputs"]
        numbers = np.fromfile(folder / "trees.bin", dtype="<i4")
        features, thresholds, left, leaves, roots = [], [], [], [], []
        at = nodes = ends = 0
        for _ in range(self._header["trees"]):
            count, grown = (int(each) for each in numbers[at : at + 2])
            whole = numbers[at + 2 : at + 2 + 3 * count + grown * outputs]
            if grown < 1 or len(whole) != 3 * count + grown * outputs:
                raise ValueError("trees.bin does not hold the trees that model.json names")
            feature, threshold, child = whole[: 3 * count].reshape(3, count)
            features.append(feature)
            thresholds.append(threshold.view("<f4"))
            left.append(np.where(child >= 0, child + nodes, child - ends))
            leaves.append(whole[3 * count :].view("<f4"))
            roots.append(nodes)
            at, nodes, ends = at + 2 + len(whole), nodes + count, ends + grown
        self._features, self._left = np.concatenate(features), np.concatenate(left)
        self._thresholds = np.concatenate(thresholds)
        self._leaves = np.concatenate(leaves).astype(np.float64).reshape(-1, outputs)
        self._roots = np.asarray(roots, dtype=np.int64)

    def __call__(self, features: npt.NDArray[np.float32]) -> Floats:
        """The outputs of each row."""
        header = self._header
        step = max(1, _BATCH // (len(self._roots) * header["outputs"]))
        parts = [self._sums(self._ranked(features[at : at + step])) for at in range(0, len(features), step)]
        sums = np.concatenate(parts) if parts else np.empty((0, header["outputs"]))
        task = header["task"].lower()
        if task == "binary":
            return both(sums[:, 0] / header["trees"])
        if task == "multiclass":
            return share(sums)
        values: Floats = header["offset"] + header["scale"] * sums / header["trees"]
        return values

    def _ranked(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Categories in the order by which they are split."""
        ranked = rows.copy()
        for column, ranks in enumerate(self._header["ranks"]):
            if ranks:
                codes = np.nan_to_num(rows[:, column], nan=-1).astype(np.int64)
                known = (codes >= 0) & (codes < len(ranks))
                order = np.asarray(ranks, dtype=np.float32)
                ranked[:, column] = np.where(known, order[np.where(known, codes, 0)], np.nan)
        return ranked

    def _sums(self, rows: npt.NDArray[np.float32]) -> Floats:
        at = np.tile(self._roots, (len(rows), 1))
        row, tree = np.nonzero(self._left[at] >= 0)
        while len(row):
            node = at[row, tree]
            value = rows[row, self._features[node]]
            right = ~((value <= self._thresholds[node]) | np.isnan(value))
            at[row, tree] = self._left[node] + right
            inner = self._left[at[row, tree]] >= 0
            row, tree = row[inner], tree[inner]
        # Added one by one, so that no rounding differs.
        sums: Floats = np.cumsum(self._leaves[~self._left[at]], axis=1)[:, -1]
        return sums
