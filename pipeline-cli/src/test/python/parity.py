"""Scores tables with models through MLflow and tells how far the predictions are from those of the program.

Usage: parity.py CASES RESULTS. CASES is a JSON list of objects: the folder of a model, a table, and the file with the
program's predictions for it. RESULTS gets, for each case and each way of reading the table, the largest difference.
"""

import json
import logging
import sys
import warnings
from pathlib import Path
from typing import Any, cast

import mlflow
import numpy as np
import pandas as pd
from mlflow.pyfunc import PyFuncModel

#: Each way in which people read a file.
READINGS: dict[str, dict[str, Any]] = {
    "default": {},
    "text": {"dtype": str},
    "plain text": {"dtype": str, "keep_default_na": False},
}


def compare(model: PyFuncModel, case: dict[str, Any], reading: str) -> dict[str, Any]:
    """How far a model's predictions for a table are from the program's."""
    rows = pd.read_csv(case["table"], sep=case["separator"], **READINGS[reading])
    expected = pd.read_csv(case["predictions"], dtype={"prediction": str})
    scored = cast(pd.DataFrame, model.predict(rows))
    classes = [name for name in scored.columns if name != "prediction"]
    if len(scored) != len(expected) or not set(scored.columns) <= set(expected.columns):
        raise AssertionError(f"{case['folder']}: {scored.columns} of {len(scored)} rows, {len(expected)} expected")
    numbers = classes or ["prediction"]
    theirs = expected[numbers].to_numpy(dtype=float)
    # Of a number the error is taken relative to it, of a probability as it is.
    distance = np.abs(scored[numbers].to_numpy() - theirs) / np.maximum(1, np.abs(theirs))
    other = scored["prediction"].astype(str).to_numpy() != expected["prediction"].to_numpy() if classes else np.zeros(1)
    return {
        "case": case["name"],
        "reading": reading,
        "rows": len(rows),
        # NaN is no small difference.
        "difference": float(distance.max()) if np.isfinite(distance).all() else "inf",
        "other_labels": int(other.sum()),
        "example_scores": len(model.predict(model.input_example)) == 1,
    }


def main(cases: Path, results: Path) -> None:
    """Compares all cases."""
    logging.getLogger("mlflow").setLevel(logging.ERROR)
    warnings.simplefilter("error", category=RuntimeWarning)
    compared = []
    for case in json.loads(cases.read_text(encoding="utf-8")):
        model = mlflow.pyfunc.load_model(case["folder"])
        compared += [compare(model, case, reading) for reading in case["readings"]]
    results.write_text(json.dumps(compared), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
