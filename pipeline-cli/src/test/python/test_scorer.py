import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from mlops_scorer import Scorer


def column(kind: str, required: bool = True) -> dict[str, Any]:
    lists: dict[str, Any] = {"missing": [], "true_values": [], "false_values": []}
    return {"type": kind, "required": required, "format": None, **lists}


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A logistic regression by hand: the logit is the size, plus one for the colour red."""
    target = {"column": "y", "task": "binary", "classes": ["no", "yes"]}
    write(tmp_path / "bundle.json", {"format_version": 2, "learner": "logistic_regression", "target": target})
    columns = {
        "id": column("identifier"),
        "size": column("number"),
        "colour": column("category"),
        "extra": column("text", required=False),
        "y": column("category"),
    }
    roles = {"id": "id", "size": "feature", "colour": "feature", "extra": "feature", "y": "target"}
    write(tmp_path / "schema.json", {"columns": columns, "roles": roles})
    write(tmp_path / "cells.json", {"missing": ["NA"], "decimal": "."})
    blocks = [
        block("size", [{"step": "number"}, {"step": "impute", "values": [0.0]}], 1),
        block("colour", [{"step": "one_hot", "levels": ["red"], "other": False}], 1),
        block("extra", [{"step": "text_size"}], 2),
    ]
    write(tmp_path / "preprocessor.json", {"blocks": blocks})
    weights = {"kind": "logistic", "intercepts": [0.0], "coefficients": [[1.0, 1.0, 0.0, 0.5]]}
    write(tmp_path / "model" / "model.json", weights)
    write(tmp_path / "calibration.json", {"type": "none"})
    write(tmp_path / "decision.json", {"threshold": 0.7, "costs": None})
    improbable = {"rows": 9, "values": [0.1 * place for place in range(1, 10)]}
    write(
        tmp_path / "conformal.json",
        {"type": "sets", "improbable": [improbable], "classes": 2, "source": "some rows"},
    )
    return tmp_path


def block(name: str, steps: list[dict[str, Any]], width: int) -> dict[str, Any]:
    return {"column": name, "steps": steps, "features": [{"levels": 0}] * width}


def write(file: Path, value: Any) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(value), encoding="utf-8")


def change(file: Path, **values: Any) -> None:
    write(file, {**json.loads(file.read_text(encoding="utf-8")), **values})


def yes(scorer: Scorer, rows: Any) -> list[float]:
    return [round(float(each), 6) for each in scorer.predict(rows)["probability_yes"]]


def sigmoid(logit: float) -> float:
    return round(float(1 / (1 + np.exp(-logit))), 6)


def test_scores_rows_in_any_order_of_columns_and_keeps_their_index(bundle: Path) -> None:
    frame = pd.DataFrame({" colour": ["red", "blue", None], "more": 1, "size": ["1", "x", 2]}, index=[7, 5, 3])
    scored = Scorer(bundle).predict(frame)
    assert list(scored.columns) == ["prediction", "probability_no", "probability_yes"]
    assert list(scored.index) == [7, 5, 3]
    assert list(scored["prediction"]) == ["yes", "no", "yes"]
    assert [round(each, 6) for each in scored["probability_yes"]] == [sigmoid(2), sigmoid(0), sigmoid(2)]
    np.testing.assert_allclose(scored["probability_no"] + scored["probability_yes"], 1)


@pytest.mark.parametrize(("blend", "logit"), [("mean", None), ("log", 0.5 + 0.5 * 2 + 1.5 * 1)])
def test_members_of_an_ensemble_are_blended_as_it_says(bundle: Path, blend: str, logit: float | None) -> None:
    change(bundle / "bundle.json", learner="ensemble")
    for place, intercept in enumerate((0.0, -1.0)):
        weights = {"kind": "logistic", "intercepts": [intercept], "coefficients": [[1.0]]}
        (bundle / "model" / str(place)).mkdir(parents=True)
        write(bundle / "model" / str(place) / "model.json", weights)
    shares = [0.25, 0.75] if logit is None else [0.5, 1.5]
    members = [
        {"folder": str(place), "learner": "logistic_regression", "columns": [0], "weight": weight}
        for place, weight in enumerate(shares)
    ]
    # The intercepts of two classes tell by their difference alone.
    intercepts = [] if logit is None else [3.0, 3.5]
    write(bundle / "model" / "ensemble.json", {"blend": blend, "intercepts": intercepts, "members": members})
    mean = round(0.25 * float(1 / (1 + np.exp(-2.0))) + 0.75 * float(1 / (1 + np.exp(-1.0))), 6)
    assert yes(Scorer(bundle), {"size": [2], "colour": ["red"]}) == [mean if logit is None else sigmoid(logit)]
    change(bundle / "model" / "ensemble.json", blend="other")
    with pytest.raises(ValueError, match="blended by 'other'"):
        Scorer(bundle)


def test_takes_what_makes_a_frame(bundle: Path) -> None:
    scorer = Scorer(bundle)
    assert yes(scorer, [{"size": 1, "colour": "red", "extra": "two words"}]) == [sigmoid(3)]
    assert yes(scorer, {"size": [1, 2], "colour": ["red", "red"]}) == [sigmoid(2), sigmoid(3)]


def test_no_rows_give_no_predictions(bundle: Path) -> None:
    scored = Scorer(bundle).predict(pd.DataFrame({"size": [], "colour": []}))
    assert list(scored.columns) == ["prediction", "probability_no", "probability_yes"]
    assert len(scored) == 0


def test_refuses_rows_that_lack_columns_and_names_all_of_them(bundle: Path) -> None:
    with pytest.raises(ValueError, match=r"the rows lack 2 columns: 'size' \(there is 'SIZE'\), 'colour'$"):
        Scorer(bundle).predict(pd.DataFrame({"SIZE": [1]}))


def test_of_equal_names_the_first_column_counts(bundle: Path) -> None:
    frame = pd.DataFrame([[1, 5, "red"]], columns=["size", "size", "colour"])
    assert yes(Scorer(bundle), frame) == [sigmoid(2)]


def test_scores_do_not_depend_on_how_many_rows_come_at_once(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pd.DataFrame({"size": range(10), "colour": ["red", "blue"] * 5})
    together = yes(Scorer(bundle), frame)
    monkeypatch.setattr("mlops_scorer.scorer._MOST_NUMBERS", 8)
    assert yes(Scorer(bundle), frame) == together


def test_a_number_beyond_single_precision_is_the_largest_one(bundle: Path) -> None:
    steps: list[dict[str, Any]] = [{"step": "number"}, {"step": "scale", "center": [0.0], "spread": [0.001]}]
    change(bundle / "preprocessor.json", blocks=[block("size", steps, 1)])
    change(bundle / "model" / "model.json", kind="value", coefficients=[[1.0]])
    change(bundle / "bundle.json", target={"column": "y", "task": "regression", "classes": []})
    scored = Scorer(bundle).predict({"size": ["1e308", "-1e308", "1e40"], "colour": ["", "", ""]})
    largest = float(np.finfo(np.float32).max)
    assert list(scored["prediction"]) == [largest, -largest, largest]


def test_labels_that_are_whole_numbers_are_numbers_as_pandas_reads_them(bundle: Path) -> None:
    change(bundle / "bundle.json", target={"column": "y", "task": "binary", "classes": ["-1", "10"]})
    scored = Scorer(bundle).predict(pd.DataFrame({"size": [9], "colour": ["red"]}))
    assert list(scored["prediction"]) == [10]
    assert list(scored.columns) == ["prediction", "probability_-1", "probability_10"]
    change(bundle / "bundle.json", target={"column": "y", "task": "binary", "classes": ["01", "2"]})
    assert list(Scorer(bundle).predict(pd.DataFrame({"size": [-9], "colour": ["red"]}))["prediction"]) == ["01"]


def test_predictions_alone_are_a_series(bundle: Path) -> None:
    scored = Scorer(bundle, probabilities=False).predict(pd.DataFrame({"size": [9], "colour": ["red"]}, index=[4]))
    assert scored.to_dict() == {4: "yes"}
    assert scored.ndim == 1


def test_gives_sets_of_classes_for_the_level_that_is_asked_for(bundle: Path) -> None:
    rows = pd.DataFrame({"size": [0, 9], "colour": ["blue", "red"]})
    scored = Scorer(bundle).predict(rows, {"intervals": 0.9})
    assert list(scored.columns) == ["prediction", "probability_no", "probability_yes", "prediction_set"]
    assert list(scored["prediction_set"]) == ['["no","yes"]', '["yes"]']
    alone = Scorer(bundle, probabilities=False).predict(rows, {"intervals": 0.5})
    assert list(alone.columns) == ["prediction", "prediction_set"]
    assert "prediction_set" not in Scorer(bundle).predict(rows, {"intervals": 0.0})
    with pytest.raises(ValueError, match=r"allow at most 0\.9"):
        Scorer(bundle).predict(rows, {"intervals": 0.95})


def test_a_bundle_from_before_there_were_intervals_scores_without(bundle: Path) -> None:
    change(bundle / "bundle.json", format_version=1)
    write(bundle / "decision.json", {"threshold": 0.7, "band": None})
    (bundle / "conformal.json").unlink()
    rows = pd.DataFrame({"size": [9], "colour": ["red"]})
    assert list(Scorer(bundle).predict(rows)["prediction"]) == ["yes"]
    with pytest.raises(ValueError, match="before there were any"):
        Scorer(bundle).predict(rows, {"intervals": 0.9})


def test_costs_decide_between_more_than_two_classes(bundle: Path) -> None:
    change(bundle / "bundle.json", target={"column": "y", "task": "multiclass", "classes": ["a", "b", "c"]})
    weights = {"kind": "softmax", "intercepts": [2.0, 1.0, 0.0], "coefficients": [[0.0] * 4] * 3}
    write(bundle / "model" / "model.json", weights)
    rows = pd.DataFrame({"size": [0], "colour": ["red"]})
    assert list(Scorer(bundle).predict(rows)["prediction"]) == ["a"]
    change(bundle / "decision.json", costs={"matrix": [[0, 1, 1], [1, 0, 1], [20, 20, 0]]})
    assert list(Scorer(bundle).predict(rows)["prediction"]) == ["c"]


@pytest.mark.parametrize(
    ("calibration", "expected"),
    [
        ({"type": "platt", "slope": 2.0, "intercept": 1.0}, sigmoid(2 * 1 + 1)),
        ({"type": "temperature", "temperature": 2.0}, sigmoid(0.5)),
        ({"type": "isotonic", "inputs": [0.0, 1.0], "outputs": [0.5, 1.0]}, (1 + sigmoid(1)) / 2),
        ({"type": "isotonic", "inputs": [0.8, 0.9], "outputs": [0.25, 1.0]}, 0.25),
        ({"type": "isotonic", "inputs": [0.5], "outputs": [0.25]}, 0.25),
    ],
)
def test_calibrates(bundle: Path, calibration: dict[str, Any], expected: float) -> None:
    write(bundle / "calibration.json", calibration)
    assert yes(Scorer(bundle), {"size": [1], "colour": ["blue"]}) == pytest.approx([expected], abs=2e-6)


@pytest.mark.parametrize(
    ("file", "values", "message"),
    [
        ("bundle.json", {"format_version": 3}, "the bundle has format 3, and this code reads up to 2"),
        ("bundle.json", {"learner": "oracle"}, "the model is of the family 'oracle', which its code does not know"),
        ("preprocessor.json", {"blocks": [block("size", [{"step": "guess"}], 1)]}, "has the step 'guess'"),
    ],
)
def test_refuses_what_a_newer_program_wrote(bundle: Path, file: str, values: dict[str, Any], message: str) -> None:
    change(bundle / file, **values)
    with pytest.raises(ValueError, match=message):
        Scorer(bundle)


def joined(first: str, second: str, steps: list[dict[str, Any]]) -> dict[str, Any]:
    return {**block(first, steps, 1), "second": {"column": second}}


def logits(bundle: Path, blocks: list[dict[str, Any]], rows: Any) -> list[float]:
    change(bundle / "preprocessor.json", blocks=blocks)
    change(bundle / "model" / "model.json", coefficients=[[1.0] * len(blocks)])
    return [round(float(np.log(each / (1 - each))), 6) for each in Scorer(bundle).predict(rows)["probability_yes"]]


def test_two_columns_of_words_are_crossed(bundle: Path) -> None:
    means = {
        "step": "target_encoding",
        "labels": ["yes"],
        "levels": ["red\x1f1", "\x1f1", "red\x1f"],
        "values": [[1.0], [2.0], [3.0]],
        "missing": [4.0],
        "prior": [5.0],
    }
    schema = json.loads((bundle / "schema.json").read_text(encoding="utf-8"))
    change(bundle / "schema.json", columns={**schema["columns"], "extra": column("category", required=False)})
    rows = {
        "size": [0] * 5,
        "colour": ["red", None, "red", None, "blue"],
        "extra": [1.0, 1.0, None, None, 1.0],
    }
    steps: list[dict[str, Any]] = [{"step": "cross"}, means]
    assert logits(bundle, [joined("colour", "extra", steps)], rows) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("operator", "logit"), [("difference", [-2.0, 7.0]), ("product", [8.0, 7.0]), ("ratio", [0.5, 7.0])]
)
def test_two_columns_of_numbers_are_combined(bundle: Path, operator: str, logit: list[float]) -> None:
    schema = json.loads((bundle / "schema.json").read_text(encoding="utf-8"))
    change(bundle / "schema.json", columns={**schema["columns"], "extra": column("number", required=False)})
    steps: list[dict[str, Any]] = [
        {"step": "arithmetic", "operator": operator},
        {"step": "number"},
        {"step": "impute", "values": [7.0]},
    ]
    rows = {"size": [2, 3], "colour": ["", ""], "extra": [4, "" if operator != "ratio" else 0]}
    assert logits(bundle, [joined("size", "extra", steps)], rows) == logit


def test_numbers_are_compared_with_the_mean_of_their_category(bundle: Path) -> None:
    means = {"levels": ["red"], "means": [1.0], "missing": 2.0, "other": 3.0}
    rows = {"size": [5, 5, 5], "colour": ["red", None, "blue"]}
    difference: list[dict[str, Any]] = [{"step": "group_difference", **means}, {"step": "number"}]
    assert logits(bundle, [joined("size", "colour", difference)], rows) == [4, 3, 2]
    assert logits(bundle, [block("colour", [{"step": "group_mean", "of": "size", **means}], 1)], rows) == [1, 2, 3]
    shares = {"step": "frequency", "levels": ["red"], "shares": [0.5], "missing": 0.25}
    assert logits(bundle, [block("colour", [shares], 1)], rows) == [0.5, 0.25, 0]


def test_an_unknown_way_to_join_columns_is_refused(bundle: Path) -> None:
    change(bundle / "preprocessor.json", blocks=[joined("size", "colour", [{"step": "guess"}, {"step": "number"}])])
    with pytest.raises(ValueError, match="has the step 'guess'"):
        Scorer(bundle)
    steps: list[dict[str, Any]] = [{"step": "arithmetic", "operator": "guess"}, {"step": "number"}]
    change(bundle / "preprocessor.json", blocks=[joined("size", "size", steps)])
    with pytest.raises(ValueError, match="has the operator 'guess'"):
        Scorer(bundle)
