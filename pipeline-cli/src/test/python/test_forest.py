import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mlops_scorer.forest import Forest

HEADER: dict[str, Any] = {
    "task": "regression",
    "offset": 100.0,
    "scale": 10.0,
    "trees": 2,
    "outputs": 1,
    "features": ["number", "category"],
    "importance": [0.5, 0.5],
    "ranks": [[], [2.0, 0.0, 1.0]],
}


def tree(features: list[int], thresholds: list[float], left: list[int], leaves: list[float], outputs: int = 1) -> bytes:
    counts = np.asarray([len(left), len(leaves) // outputs], dtype="<i4").tobytes()
    nodes = [np.asarray(features, "<i4"), np.asarray(thresholds, "<f4"), np.asarray(left, "<i4")]
    return counts + b"".join(each.tobytes() for each in nodes) + np.asarray(leaves, "<f4").tobytes()


#: Asks for a number, then of the greater ones for a category of the lowest rank.
SPLIT = tree([0, 0, 1, 0, 0], [0.5, 0, 0, 0, 0], [1, -1, 3, -2, -3], [1, 2, 4])


def forest(folder: Path, content: bytes, **changes: Any) -> Forest:
    (folder / "model.json").write_text(json.dumps({**HEADER, **changes}), encoding="utf-8")
    (folder / "trees.bin").write_bytes(content)
    return Forest(folder)


def test_a_row_gets_the_mean_of_its_leaves(tmp_path: Path) -> None:
    model = forest(tmp_path, SPLIT + tree([0], [0], [-1], [3]))
    rows = np.asarray([[0.5, 0], [np.nan, 0], [0.6, 1], [0.6, 0], [0.6, np.nan], [0.6, 9]], dtype=np.float32)
    leaves = np.asarray([1, 1, 2, 4, 2, 2])
    assert model(rows)[:, 0] == pytest.approx(100 + 10 * (leaves + 3) / 2)
    assert model(rows[:0]).shape == (0, 1)


def test_a_split_without_a_threshold_parts_what_is_missing(tmp_path: Path) -> None:
    model = forest(tmp_path, tree([0, 0, 0], [np.nan, 0, 0], [1, -1, -2], [1, 2]), trees=1)
    rows = np.asarray([[np.nan, 0], [-np.inf, 0]], dtype=np.float32)
    assert model(rows)[:, 0] == pytest.approx([110, 120])


def test_classes_share_what_there_is(tmp_path: Path) -> None:
    row = np.zeros((1, 2), dtype=np.float32)
    several = forest(tmp_path, tree([0], [0], [-1], [0.1, 0.2, 0.1], 3), task="multiclass", outputs=3, trees=1)
    assert several(row)[0] == pytest.approx([0.25, 0.5, 0.25])
    two = forest(tmp_path, tree([0], [0], [-1], [0.3]), task="binary", trees=1)
    assert two(row)[0] == pytest.approx([0.7, 0.3])


def test_a_cut_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="hold"):
        forest(tmp_path, SPLIT + SPLIT[:-4])
