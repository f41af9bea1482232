"""What the form changes of the configuration, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest
from airflow.sdk.exceptions import ParamValidationError

from mlops_pipeline.form import TRAINING_PARAMS, TUNING_PARAMS, training_overrides, tuning_overrides


def test_an_untouched_form_changes_nothing_but_that_a_study_is_used_where_there_is_one() -> None:
    assert training_overrides({name: param.value for name, param in TRAINING_PARAMS.items()}) == "train.tuned=auto"
    assert tuning_overrides({name: param.value for name, param in TUNING_PARAMS.items()}) == ""


def test_each_field_is_one_line_and_the_free_overrides_win() -> None:
    params = {
        "model": "ensemble",
        "tuned": "none",
        "ensemble_kind": "stacking",
        "ensemble_families": ["xgboost", "knn"],
        "search_seconds": 60,
        "max_latency_us": 12.5,
        "at_least": {"auc": 0.75, "f1": 0.2},
        "at_most": {"log_loss": 0.5},
        "min_improvement": 0,
        "overrides": ["train.model=svm", "name=a=b c"],
    }
    assert training_overrides(params).splitlines() == [
        "train.model=ensemble",
        "train.tuned=none",
        "ensemble.kind=stacking",
        'ensemble.families=["xgboost", "knn"]',
        "automl.time_limit=60",
        "automl.max_latency_us=12.5",
        'evaluate.gates.at_least={"auc": 0.75, "f1": 0.2}',
        'evaluate.gates.at_most={"log_loss": 0.5}',
        "evaluate.gates.min_improvement=0",
        "train.model=svm",
        "name=a=b c",
    ]


def test_each_field_of_a_search_is_one_line() -> None:
    params = {
        "model": "knn",
        "trials": 20,
        "search_seconds": 600,
        "metric": "log_loss",
        "sampler": "quasi_random",
        "overrides": ["tune.parallel=2"],
    }
    assert tuning_overrides(params).splitlines() == [
        "train.model=knn",
        "tune.trials=20",
        "tune.time_limit=600",
        "tune.metric=log_loss",
        "tune.sampler=quasi_random",
        "tune.parallel=2",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("model", "xgboost; touch x"),
        ("tuned", "always"),
        ("ensemble_kind", "voting; touch x"),
        ("ensemble_families", ["xgboost", "$(touch x)"]),
        ("ensemble_families", "xgboost"),
        ("from_stage", "deploy"),
        ("force", "yes"),
        ("search_seconds", 0),
        ("search_seconds", "60; touch x"),
        ("max_latency_us", 0),
        ("max_latency_us", 2_000_000_000),
        ("max_latency_us", "50; touch x"),
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


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("model", "ensemble"),
        ("model", "automl"),
        ("trials", 0),
        ("trials", 2.5),
        ("trials", "5; touch x"),
        ("search_seconds", 0),
        ("metric", "$(touch x)"),
        ("sampler", "`touch x`"),
        ("force", "yes"),
        ("overrides", ["--config=/etc/passwd"]),
    ],
)
def test_what_a_search_cannot_do_is_refused(name: str, value: Any) -> None:
    with pytest.raises(ParamValidationError):
        TUNING_PARAMS[name].resolve(value)


@pytest.mark.parametrize("value", ["2026-13-45", "yesterday", "$(touch x)", "2026-01-01; touch x", "2026-01-01\n"])
def test_what_is_no_date_is_refused(value: str) -> None:
    with pytest.raises(ParamValidationError):
        TRAINING_PARAMS["run_date"].resolve(value)
