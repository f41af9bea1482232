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
import onnx
import onnxruntime  # type: ignore[import-untyped]
import pandas as pd
from mlflow.pyfunc import PyFuncModel

#: Each way in which people read a file.
READINGS: dict[str, dict[str, Any]] = {
    "default": {},
    "text": {"dtype": str},
    "plain text": {"dtype": str, "keep_default_na": False},
}


#: The share of rows whose truth the bounds and sets of classes shall hold.
LEVEL = 0.8


def compare(model: PyFuncModel, case: dict[str, Any], reading: str) -> dict[str, Any]:
    """How far a model's predictions for a table are from the program's."""
    scored = cast(pd.DataFrame, model.predict(table(case, reading), params={"intervals": LEVEL}))
    return {**distance(scored, case, reading), "example_scores": len(model.predict(model.input_example)) == 1}


def compare_graph(model: PyFuncModel, case: dict[str, Any]) -> dict[str, Any]:
    """How far the predictions of a model's ONNX graph are from the program's, for cells that were read as numbers and
    words.
    """
    graph = mlflow.onnx.load_model(case["folder"])
    onnx.checker.check_model(graph, full_check=True)
    session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    cells: dict[str, Any] = {}
    # MLflow hides the code that came with the model.
    scorer: Any = model._model_impl
    columns = scorer.columns(table(case, "plain text"))
    for name in [each.name for each in session.get_inputs()]:
        column = columns[name]
        if hasattr(column, "distinct"):
            cells[name] = np.array([*column.distinct, ""], dtype=object)[column.codes].reshape(-1, 1)
        else:
            cells[name] = column.reshape(-1, 1)
    outputs = session.run(None, cells)
    scored = pd.DataFrame({"prediction": outputs[0]})
    if len(outputs) > 1:
        head = pd.read_csv(case["predictions"], nrows=0).columns
        classes = [name for name in head if name.startswith("probability_")]
        scored = scored.join(pd.DataFrame(outputs[1], columns=classes))
    return {**distance(scored, case, "onnx"), "example_scores": True}


def table(case: dict[str, Any], reading: str) -> pd.DataFrame:
    """The rows of a case, read in one of the ways."""
    return cast(pd.DataFrame, pd.read_csv(case["table"], sep=case["separator"], **READINGS[reading]))


def distance(scored: pd.DataFrame, case: dict[str, Any], reading: str) -> dict[str, Any]:
    """How far predictions are from the program's."""
    expected = pd.read_csv(case["predictions"], dtype={"prediction": str})
    classes = [name for name in scored.columns if name.startswith("probability_")]
    if len(scored) != len(expected) or not set(scored.columns) <= set(expected.columns):
        raise AssertionError(f"{case['folder']}: {scored.columns} of {len(scored)} rows, {len(expected)} expected")
    numbers = classes or [name for name in ("prediction", "lower", "upper") if name in scored.columns]
    theirs = expected[numbers].to_numpy(dtype=float)
    # Of a number the error is taken relative to it, of a probability as it is.
    far = np.abs(scored[numbers].to_numpy() - theirs) / np.maximum(1, np.abs(theirs))
    words = [name for name in ("prediction", "prediction_set") if classes and name in scored.columns]
    other = sum((scored[name].astype(str).to_numpy() != expected[name].to_numpy()).sum() for name in words)
    return {
        "case": case["name"],
        "reading": reading,
        "rows": len(expected),
        # NaN is no small difference.
        "difference": float(far.max()) if np.isfinite(far).all() else "inf",
        "other_labels": int(other),
    }


def main(cases: Path, results: Path) -> None:
    """Compares all cases."""
    logging.getLogger("mlflow").setLevel(logging.ERROR)
    warnings.simplefilter("error", category=RuntimeWarning)
    compared = []
    for case in json.loads(cases.read_text(encoding="utf-8")):
        model = mlflow.pyfunc.load_model(case["folder"])
        compared += [compare(model, case, reading) for reading in case["readings"]]
        if (Path(case["folder"]) / "model.onnx").exists():
            compared.append(compare_graph(model, case))
    results.write_text(json.dumps(compared), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
