"""The same job with pandas, scikit-learn and XGBoost, as a careful person would write it.

usage: peer.py TABLE.csv FOLDER ROUNDS DEPTH THREADS

Reads, profiles and splits the table, fits the preprocessor and the model, scores the test rows, and saves what is
needed to score later. No cross-validation and no intervals.
"""

import json
import sys
import time
from pathlib import Path

import joblib
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.metrics import (
    average_precision_score,
    balanced_accuracy_score,
    brier_score_loss,
    f1_score,
    log_loss,
    matthews_corrcoef,
    roc_auc_score,
)
from sklearn.model_selection import train_test_split
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OrdinalEncoder
from xgboost import XGBClassifier, __version__


def main(table: str, folder: Path, rounds: int, depth: int, threads: int) -> None:
    """Does the job; prints the metrics of the test rows, how long learning took, and what learned, as JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = pd.read_csv(table)
    rows.describe(include="all").to_csv(folder / "profile.csv")
    target = (rows.pop("target") == "yes").astype("int8")
    categories = [name for name in rows if name.startswith("category_")]
    train_rows, test_rows, train_target, test_target = train_test_split(
        rows, target, test_size=0.2, random_state=42, stratify=target
    )
    encoder = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=float("nan"))
    model = Pipeline(
        [
            ("encode", ColumnTransformer([("category", encoder, categories)], remainder="passthrough")),
            (
                "boost",
                XGBClassifier(
                    n_estimators=rounds,
                    max_depth=depth,
                    tree_method="hist",
                    n_jobs=threads,
                    enable_categorical=True,
                    feature_types=["c"] * len(categories) + ["q"] * (rows.shape[1] - len(categories)),
                    random_state=42,
                ),
            ),
        ]
    )
    encoded = model["encode"].fit_transform(train_rows)
    start = time.monotonic()
    model["boost"].fit(encoded, train_target)
    train_seconds = time.monotonic() - start
    probability = model.predict_proba(test_rows)[:, 1]
    decision = probability >= 0.5
    pd.DataFrame({"prediction": decision, "probability": probability}).to_csv(folder / "predictions.csv", index=False)
    joblib.dump(model, folder / "model.joblib")
    metrics = {
        "auc": roc_auc_score(test_target, probability),
        "average_precision": average_precision_score(test_target, probability),
        "log_loss": log_loss(test_target, probability),
        "brier": brier_score_loss(test_target, probability),
        "f1": f1_score(test_target, decision),
        "balanced_accuracy": balanced_accuracy_score(test_target, decision),
        "mcc": matthews_corrcoef(test_target, decision),
    }
    told = {name: float(value) for name, value in metrics.items()}
    print(json.dumps({"metrics": told, "train": train_seconds, "xgboost": __version__}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
