"""What the form changes of the configuration, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest
from airflow.sdk.exceptions import ParamValidationError

from mlops_pipeline.form import TRAINING_PARAMS, overrides


def test_an_untouched_form_changes_nothing() -> None:
    assert overrides({name: param.value for name, param in TRAINING_PARAMS.items()}) == ""


def test_each_field_is_one_line_and_the_free_overrides_win() -> None:
    params = {
        "model": "automl",
        "search_seconds": 60,
        "at_least": {"auc": 0.75, "f1": 0.2},
        "at_most": {"log_loss": 0.5},
        "min_improvement": 0,
        "overrides": ["train.model=svm", "name=a=b c"],
    }
    assert overrides(params).splitlines() == [
        "train.model=automl",
        "automl.time_limit=60",
        'evaluate.gates.at_least={"auc": 0.75, "f1": 0.2}',
        'evaluate.gates.at_most={"log_loss": 0.5}',
        "evaluate.gates.min_improvement=0",
        "train.model=svm",
        "name=a=b c",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("model", "xgboost; touch x"),
        ("from_stage", "deploy"),
        ("force", "yes"),
        ("search_seconds", 0),
        ("search_seconds", "60; touch x"),
        ("time_limit_minutes", 0),
        ("time_limit_minutes", "5; touch x"),
        ("at_least", {"auc": "$(touch x)"}),
        ("at_most", ["log_loss"]),
        ("min_improvement", -0.1),
        ("fail_on_reject", "$(touch x)"),
        ("overrides", "train.model=svm"),
        ("overrides", ["--config=/etc/passwd"]),
        ("overrides", ["@/etc/passwd"]),
        ("overrides", ["seed=1\nname=x"]),
        ("overrides", ["seed"]),
    ],
)
def test_what_is_out_of_bounds_is_refused(name: str, value: Any) -> None:
    with pytest.raises(ParamValidationError):
        TRAINING_PARAMS[name].resolve(value)


@pytest.mark.parametrize("value", ["2026-13-45", "yesterday", "$(touch x)", "2026-01-01; touch x", "2026-01-01\n"])
def test_what_is_no_date_is_refused(value: str) -> None:
    with pytest.raises(ParamValidationError):
        TRAINING_PARAMS["run_date"].resolve(value)
