"""Trees in LightGBM's text, walked without the library, all of them at once."""

import json
import re
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .columns import Floats
from .probabilities import both, share, sigmoid

#: The bits of a node's decision: whether it asks for categories, where a missing value goes, what counts as missing.
_CATEGORICAL, _LEFT, _MISSING = 1, 2, 12

#: How many leaves are looked for at once.
_BATCH = 1 << 20


class Lightgbm:
    """A trained model; the nodes of all trees stand in one list, and a child below 0 is the leaf ``~child``."""

    def __init__(self, folder: Path) -> None:
        model = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        self._task, self._offset, self._scale = model["task"].lower(), model["offset"], model["scale"]
        text, end, _ = (folder / "trees.txt").read_text(encoding="utf-8").partition("\nend of trees\n")
        if not end:
            raise ValueError("trees.txt does not end")
        header, *trees = (_entries(block) for block in re.split(r"\n\n+Tree=[0-9]+\n", text))
        self._sums = int(header["num_tree_per_iteration"])
        parts: dict[str, list[Floats]] = {name: [] for name in ("feature", "threshold", "decision", "left", "right")}
        leaves: list[Floats] = []
        roots, nodes, ends = [], 0, 0
        starts, sizes, words = [], [], [0]
        for tree in trees:
            values, thresholds = _numbers(tree["leaf_value"]), _numbers(tree["threshold"])
            roots.append(nodes if len(thresholds) else ~ends)
            for name in ("left", "right"):
                child = _numbers(tree[name + "_child"])
                parts[name].append(np.where(child >= 0, child + nodes, child - ends))
            decisions = _numbers(tree["decision_type"])
            bounds = [int(each) for each in tree.get("cat_boundaries", "0").split()]
            for decision, threshold in zip(decisions, thresholds, strict=True):
                place = int(threshold) if int(decision) & _CATEGORICAL else -1
                starts.append(len(words) + bounds[place] if place >= 0 else 0)
                sizes.append(32 * (bounds[place + 1] - bounds[place]) if place >= 0 else 0)
            words.extend(int(each) for each in tree.get("cat_threshold", "").split())
            parts["feature"].append(_numbers(tree["split_feature"]))
            parts["threshold"].append(thresholds)
            parts["decision"].append(decisions)
            leaves.append(values)
            nodes += len(thresholds)
            ends += len(values)
        self._leaves = np.concatenate(leaves)
        self._roots = np.asarray(roots, dtype=np.int64)
        self._threshold = np.concatenate(parts["threshold"])
        self._feature, decision, self._left, self._right = (
            np.concatenate(parts[name]).astype(np.int64) for name in ("feature", "decision", "left", "right")
        )
        self._starts, self._sizes, self._words = (np.asarray(each, dtype=np.int64) for each in (starts, sizes, words))
        self._categorical = (decision & _CATEGORICAL) > 0
        # Where nothing was missing in training, a missing value counts as 0; it is in no set of categories.
        self._missing_left = ~self._categorical & np.where(
            (decision & _MISSING) > 0, (decision & _LEFT) > 0, self._threshold >= 0
        )

    def __call__(self, features: npt.NDArray[np.float32]) -> Floats:
        """The outputs of each row."""
        step = max(1, _BATCH // len(self._roots))
        parts = [self._totals(features[at : at + step].astype(np.float64)) for at in range(0, len(features), step)]
        totals = np.concatenate(parts) if parts else np.empty((0, self._sums))
        if self._task == "binary":
            return both(sigmoid(totals[:, 0]))
        if self._task == "multiclass":
            return share(np.exp(totals - totals.max(axis=1, keepdims=True)))
        values: Floats = self._offset + self._scale * totals
        return values

    def _totals(self, rows: Floats) -> Floats:
        at = np.tile(self._roots, (len(rows), 1))
        row, tree = np.nonzero(at >= 0)
        while len(row):
            node = at[row, tree]
            child = np.where(self._goes_left(node, rows[row, self._feature[node]]), self._left[node], self._right[node])
            at[row, tree] = child
            row, tree = row[child >= 0], tree[child >= 0]
        leaves = self._leaves[~at]
        # Added one by one, so that no rounding differs.
        return np.column_stack([np.cumsum(leaves[:, k :: self._sums], axis=1)[:, -1] for k in range(self._sums)])

    def _goes_left(self, node: npt.NDArray[np.int64], value: Floats) -> npt.NDArray[np.bool_]:
        left = np.where(np.isnan(value), self._missing_left[node], value <= self._threshold[node])
        asks = self._categorical[node]
        if asks.any():
            node, code = node[asks], np.nan_to_num(value[asks], nan=-1, posinf=-1, neginf=-1).astype(np.int64)
            known = (code >= 0) & (code < self._sizes[node])
            word = self._words[self._starts[node] + np.where(known, code >> 5, 0)]
            left[asks] = known & ((word >> (code & 31) & 1) == 1)
        return left


def _entries(block: str) -> dict[str, str]:
    """The lines of a block by their names."""
    return dict(line.split("=", 1) for line in block.split("\n") if "=" in line)


def _numbers(text: str) -> Floats:
    return np.asarray(text.split(), dtype=np.float64)
