import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mlops_scorer.network import Network

HEADER: dict[str, Any] = {
    "kind": "value",
    "activation": "mish",
    "inputs": [{"kind": "number", "levels": 0}, {"kind": "one_hot", "levels": 2}, {"kind": "embedding", "levels": 9}],
    "layers": 1,
    "width": 1,
    "embedding": 1,
    "frequencies": 4,
    "outputs": 1,
    "center": 10.0,
    "scale": 2.0,
    "lower": 0.0,
    "upper": 15.0,
}


def network(folder: Path, weights: list[float], **changes: Any) -> Network:
    (folder / "model.json").write_text(json.dumps({**HEADER, **changes}), encoding="utf-8")
    np.asarray(weights, dtype="<f4").tofile(folder / "weights.bin")
    return Network(folder)


def test_a_value_is_the_weighted_sum_within_its_bounds(tmp_path: Path) -> None:
    embedding = [float(level) for level in range(10)]
    # One neuron that adds all inputs, without any bend.
    model = network(tmp_path, [*embedding, 1, 1, 1, 0.5, 0, 2, 1])
    rows = np.asarray([[0, 1, 0], [np.nan, 0, np.nan], [4, np.nan, 1]], dtype=np.float32)
    bent = 4 / np.sqrt(1 + 16 / 9)
    sums = np.asarray([1.5, 8.5, bent + 1.5])
    assert model(rows)[:, 0] == pytest.approx(np.clip(10 + 2 * (2 * sums + 1), 0, 15))


def test_classes_share_what_there_is(tmp_path: Path) -> None:
    inputs = [{"kind": "periodic", "levels": 0}]
    waves = [1.0, 0.0, 1, 0, 0, 0, 0, 0]
    layers = [0.0, 1, 0, 0, 0, 1, 1, -1, 0, 0]
    model = network(
        tmp_path, [*waves, *layers], kind="classes", activation="selu", inputs=inputs, frequencies=1, outputs=2
    )
    outputs = model(np.asarray([[0], [np.inf]], dtype=np.float32))
    # The first wave is cos(2 pi x), times lambda; an outlier is bent to 3.
    assert outputs.sum(axis=1) == pytest.approx([1, 1])
    assert outputs[:, 0] == pytest.approx(1 / (1 + np.exp(-2 * 1.0507)))


def test_a_cut_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="numbers"):
        network(tmp_path, [0.0] * 40)
