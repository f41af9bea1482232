"""Scores raw rows with a model bundle, as the program that wrote the bundle does.

MLflow imports this package from the model's folder: it needs numpy and pandas, and xgboost for a model of trees.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .scorer import Scorer

__all__ = ["Scorer"]


def _load_pyfunc(path: str, model_config: Mapping[str, Any] | None = None) -> Scorer:
    """What MLflow calls with the folder of the bundle."""
    return Scorer(Path(path), **(model_config or {}))
