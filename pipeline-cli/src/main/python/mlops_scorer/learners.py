"""The families of models: each reads its files and gives, for features, one probability per class or one value."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from .columns import Floats
from .forest import Forest
from .kernel import Kernel
from .lightgbm import Lightgbm
from .neighbours import Neighbours
from .network import Network
from .probabilities import both, share, sigmoid

Features = npt.NDArray[np.float32]
Predict = Callable[[Features], Floats]

#: A probability below it counts as it where an ensemble takes its logarithm.
_SMALLEST = 1e-7


def load(learner: str, folder: Path, features: Sequence[Mapping[str, Any]]) -> Predict:
    """The model in a folder, as a function of its features.

    Args:
        learner: The family of the model.
        folder: Where its files are.
        features: The features of the preprocessor, in order.
    """
    if learner == "ensemble":
        return _ensemble(folder, features)
    if learner in ("xgboost", "random_forest", "decision_tree"):
        return _trees(folder, features)
    if learner == "lightgbm":
        return Lightgbm(folder)
    if learner == "extra_trees":
        return Forest(folder)
    if learner == "svm" and (folder / "kernel.json").exists():
        return Kernel(folder)
    if learner == "neural_network":
        return Network(folder)
    model = read_json(folder / "model.json")
    if learner in ("logistic_regression", "linear_regression", "svm"):
        return _linear(model)
    if learner == "knn":
        return Neighbours(model)
    if learner == "baseline":
        return lambda rows: np.tile(np.asarray(model["outputs"], dtype=np.float64), (len(rows), 1))
    raise ValueError(f"the model is of the family '{learner}', which its code does not know")


def read_json(file: Path) -> Any:
    """The value in a JSON file."""
    return json.loads(file.read_text(encoding="utf-8"))


def _ensemble(folder: Path, features: Sequence[Mapping[str, Any]]) -> Predict:
    members: list[tuple[Predict, list[int], float]] = []
    index = read_json(folder / "ensemble.json")
    blend: str = index.get("blend", "mean")
    if blend not in ("mean", "log", "linear"):
        raise ValueError(f"the ensemble is blended by '{blend}', which its code does not know")
    for entry in index["members"]:
        columns: list[int] = entry["columns"]
        model = load(entry["learner"], folder / entry["folder"], [features[column] for column in columns])
        members.append((model, columns, entry["weight"]))

    def predict(rows: Features) -> Floats:
        given = ((weight, model(rows[:, columns])) for model, columns, weight in members)
        parts = (weight * (np.log(np.maximum(each, _SMALLEST)) if blend == "log" else each) for weight, each in given)
        total: Floats = sum(parts, np.asarray(index.get("intercepts") or [0.0], dtype=np.float64))
        return share(np.exp(total - total.max(axis=1, keepdims=True))) if blend == "log" else total

    return predict


def _linear(model: Mapping[str, Any]) -> Predict:
    kind = model["kind"]

    def predict(rows: Features) -> Floats:
        outputs = []
        for intercept, weights in zip(model["intercepts"], model["coefficients"], strict=True):
            total = np.full(len(rows), intercept, dtype=np.float64)
            # Added one by one, so that no rounding differs.
            for column, weight in enumerate(weights):
                total += weight * rows[:, column].astype(np.float64)
            outputs.append(total)
        sums = np.column_stack(outputs)
        if kind == "value":
            return sums
        if kind == "logistic":
            return both(sigmoid(sums[:, 0]))
        shares = np.exp(sums - sums.max(axis=1, keepdims=True)) if kind == "softmax" else sigmoid(sums)
        return share(shares)

    return predict


def _trees(folder: Path, features: Sequence[Mapping[str, Any]]) -> Predict:
    # Here, since other families are loaded where there is no xgboost.
    import xgboost  # noqa: PLC0415

    model = read_json(folder / "model.json")
    kind, scale = model["kind"], model["scale"]
    offsets = np.asarray(model["offsets"], dtype=np.float64)
    booster = xgboost.Booster(model_file=str(folder / "trees.ubj"))
    types = ["c" if feature["levels"] > 0 else "q" for feature in features]

    def predict(rows: Features) -> Floats:
        matrix = xgboost.DMatrix(rows, missing=np.nan, feature_types=types, enable_categorical=True)
        predicted = booster.predict(
            matrix,
            output_margin=kind == "shares",
            iteration_range=(0, model["rounds"]),
            # The file names its features f0, f1, ...
            validate_features=False,
        )
        given: Floats = predicted.astype(np.float64)
        if kind == "positive":
            return both(given)
        if kind == "positive_share":
            return both(np.clip(offsets[0] + scale * given, 0, 1))
        if kind == "classes":
            return share(given)
        if kind == "shares":
            return share(np.maximum(0, offsets + scale * given))
        values: Floats = offsets[0] + scale * given
        return values.reshape(-1, 1)

    return predict
