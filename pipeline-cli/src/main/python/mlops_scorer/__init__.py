"""Scores raw rows with a model bundle, as the program that wrote the bundle does.

MLflow imports this package from the model's folder: it needs numpy and pandas, and xgboost for a model of trees.
"""

from .scorer import Scorer, load

__all__ = ["Scorer", "load"]


def _load_pyfunc(path: str) -> Scorer:
    """What MLflow calls with the folder of the bundle."""
    return load(path)
