import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mlops_scorer.lightgbm import Lightgbm

HEADER = "tree\nversion=v4\nnum_tree_per_iteration={sums}\n"
#: Asks for a number with a missing value to the left, then for a category of 1 or 33.
SPLIT = (
    "num_leaves=3\nnum_cat=1\nsplit_feature=0 1\nthreshold=0.5 0\ndecision_type=10 1\nleft_child=-1 -2\n"
    "right_child=1 -3\nleaf_value=1 20 300\ncat_boundaries=0 2\ncat_threshold=2 2"
)
CONSTANT = (
    "num_leaves=1\nnum_cat=0\nsplit_feature=\nthreshold=\ndecision_type=\nleft_child=\nright_child=\nleaf_value={value}"
)


def model(folder: Path, trees: list[str], sums: int = 1, end: str = "\n\nend of trees\n", **changes: Any) -> Lightgbm:
    text = HEADER.format(sums=sums) + "".join(f"\n\nTree={i}\n{tree}\n" for i, tree in enumerate(trees)) + end
    (folder / "trees.txt").write_text(text, encoding="utf-8")
    header = {"task": "regression", "offset": 0.0, "scale": 1.0, **changes}
    (folder / "model.json").write_text(json.dumps(header), encoding="utf-8")
    return Lightgbm(folder)


def test_a_row_takes_the_way_that_lightgbm_takes(tmp_path: Path) -> None:
    trees = model(tmp_path, [CONSTANT.format(value=0.25), SPLIT, SPLIT], offset=1000.0, scale=10.0)
    rows = np.asarray(
        [[0.5, 1], [np.nan, 1], [0.6, 1], [np.inf, 33], [1, 32], [1, 64], [1, -1], [1, np.nan]], dtype=np.float32
    )
    leaves = np.asarray([1, 1, 20, 20, 300, 300, 300, 300])
    assert trees(rows)[:, 0] == pytest.approx(1000 + 10 * (0.25 + 2 * leaves))
    assert trees(rows[:0]).shape == (0, 1)


def test_a_missing_value_that_training_had_none_of_counts_as_zero(tmp_path: Path) -> None:
    rows = np.asarray([[np.nan, 0]], dtype=np.float32)
    assert model(tmp_path, [SPLIT.replace("=10 1", "=2 1")])(rows)[0, 0] == 1
    assert model(tmp_path, [SPLIT.replace("=10 1", "=2 1").replace("=0.5 0", "=-0.5 0")])(rows)[0, 0] == 300


def test_classes_share_what_there_is(tmp_path: Path) -> None:
    trees = [CONSTANT.format(value=value) for value in (1, 2, 3, 0, 1, 0)]
    shares = model(tmp_path, trees, sums=3, task="multiclass")(np.zeros((1, 2), dtype=np.float32))
    assert shares[0] == pytest.approx(np.exp([1, 3, 3]) / np.exp([1, 3, 3]).sum())
    positive = model(tmp_path, trees[:1], task="binary")(np.zeros((1, 2), dtype=np.float32))
    assert positive[0, 1] == pytest.approx(1 / (1 + np.exp(-1)))


def test_a_cut_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="end"):
        model(tmp_path, [SPLIT], end="")
