"""The forms that a person fills in to start a run by hand, and what they change of the configuration."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from airflow.sdk import Param

from mlops_pipeline.dates import RUN_DATE_PARAM
from mlops_pipeline.stages import STAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

FAMILIES = (
    "logistic_regression",
    "linear_regression",
    "xgboost",
    "lightgbm",
    "random_forest",
    "extra_trees",
    "decision_tree",
    "svm",
    "knn",
    "neural_network",
    "baseline",
)

#: What combines families.
ENSEMBLE = "ensemble"

#: What searches among the families, in the seconds that it is given.
SEARCH = "automl"

ENSEMBLE_KINDS = ("bagging", "voting", "greedy", "stacking")

SAMPLERS = ("random", "quasi_random", "tpe")

METRICS = (
    "auc",
    "average_precision",
    "log_loss",
    "brier",
    "accuracy",
    "balanced_accuracy",
    "f1",
    "f1_weighted",
    "precision",
    "recall",
    "mcc",
    "calibration_error",
    "rmse",
    "mae",
    "r2",
    "mape",
    "cost",
    "coverage",
    "interval_width",
    "set_size",
)

_FORCE = Param(
    False,
    type="boolean",
    title="Force",
    description_md="Compute even where nothing has changed (ignore the cache).",
)

_TIME_LIMIT = Param(
    None,
    type=["null", "number"],
    exclusiveMinimum=0,
    maximum=10080,
    title="Time limit of each stage, in minutes",
    description_md="A stage that takes longer is stopped and fails for good; nothing half-written is left.",
)

_OVERRIDES = Param(
    [],
    type="array",
    items={"type": "string", "pattern": r"^[A-Za-z_][A-Za-z0-9_.]*=[^\r\n]*$"},
    title="Overrides",
    description_md="One `key=value` of `pipeline.yaml` a line, such as `train.params.max_depth=4`.",
)

TRAINING_PARAMS = {
    "run_date": RUN_DATE_PARAM,
    "model": Param(
        None,
        type=["null", "string"],
        enum=[None, *FAMILIES, ENSEMBLE, SEARCH],
        title="Model family",
        description_md="`ensemble` combines families, `automl` looks for the best; null is what `pipeline.yaml` says.",
    ),
    "tuned": Param(
        "auto",
        type=["null", "string"],
        enum=["auto", "none", "required", None],
        title="Searched hyperparameters",
        description_md=(
            "`auto` takes those of the family's newest study, such as that of `weekly_tuning`, where there is one;"
            " `none` those of `pipeline.yaml`; `required` fails without a study; null is what `pipeline.yaml` says."
        ),
    ),
    "ensemble_kind": Param(
        None,
        type=["null", "string"],
        enum=[None, *ENSEMBLE_KINDS],
        title="Kind of ensemble, with ensemble",
        description_md="How the families are combined; that of `pipeline.yaml` where empty.",
    ),
    "ensemble_families": Param(
        None,
        type=["null", "array"],
        items={"type": "string", "enum": list(FAMILIES)},
        examples=list(FAMILIES),
        title="Families, with ensemble",
        description_md="The families that are combined; those of `pipeline.yaml` where empty.",
    ),
    "search_seconds": Param(
        None,
        type=["null", "number"],
        minimum=1,
        maximum=1_000_000,
        title="Seconds of the search, with automl",
        description_md="How long it looks for the best ensemble; that of `pipeline.yaml` where empty.",
    ),
    "max_latency_us": Param(
        None,
        type=["null", "number"],
        minimum=0.001,
        maximum=1_000_000_000,
        title="Microseconds of a prediction, with automl",
        description_md="How long a row's prediction may take at most; that of `pipeline.yaml` where empty.",
    ),
    "from_stage": Param(
        None,
        type=["null", "string"],
        enum=[None, *STAGES],
        title="From stage",
        description_md="Begin here and use what the date's earlier run left of the stages before; null runs all.",
    ),
    "force": _FORCE,
    "time_limit_minutes": _TIME_LIMIT,
    "at_least": Param(
        None,
        type=["null", "object"],
        additionalProperties={"type": "number"},
        title="Gate: metrics at least",
        description_md='The least value of a metric, such as `{"auc": 0.75}`; a model below it is rejected.',
    ),
    "at_most": Param(
        None,
        type=["null", "object"],
        additionalProperties={"type": "number"},
        title="Gate: metrics at most",
        description_md='The greatest value of a metric, such as `{"log_loss": 0.5}`; a model above it is rejected.',
    ),
    "min_improvement": Param(
        None,
        type=["null", "number"],
        minimum=0,
        title="Gate: improvement on the champion",
        description_md="By how much the deciding metric must improve; that of `pipeline.yaml` where empty.",
    ),
    "fail_on_reject": Param(
        False,
        type="boolean",
        title="Fail where the model is rejected",
        description_md="Otherwise a rejected model is only not registered.",
    ),
    "overrides": _OVERRIDES,
}

TUNING_PARAMS = {
    "run_date": RUN_DATE_PARAM,
    "model": Param(
        None,
        type=["null", "string"],
        enum=[None, *FAMILIES],
        title="Model family",
        description_md="The family that is trained daily; null is what `pipeline.yaml` says.",
    ),
    "trials": Param(
        None,
        type=["null", "integer"],
        minimum=1,
        maximum=100_000,
        title="Trials",
        description_md="How many hyperparameters are tried; that of `pipeline.yaml` where empty.",
    ),
    "search_seconds": Param(
        None,
        type=["null", "number"],
        minimum=1,
        maximum=1_000_000,
        title="Seconds of the search",
        description_md="After how many seconds no more are tried; that of `pipeline.yaml` where empty.",
    ),
    "metric": Param(
        None,
        type=["null", "string"],
        enum=[None, *METRICS],
        title="Metric",
        description_md="What decides between trials; that of `pipeline.yaml` where empty.",
    ),
    "sampler": Param(
        None,
        type=["null", "string"],
        enum=[None, *SAMPLERS],
        title="Sampler",
        description_md="How the next hyperparameters are chosen; that of `pipeline.yaml` where empty.",
    ),
    "force": Param(
        False,
        type="boolean",
        title="Force",
        description_md="Begin anew, rather than to go on from the trials of an earlier search.",
    ),
    "time_limit_minutes": _TIME_LIMIT,
    "overrides": _OVERRIDES,
}

_TRAINING_KEYS = {
    "model": "train.model",
    "tuned": "train.tuned",
    "ensemble_kind": "ensemble.kind",
    "ensemble_families": "ensemble.families",
    "search_seconds": "automl.time_limit",
    "max_latency_us": "automl.max_latency_us",
    "at_least": "evaluate.gates.at_least",
    "at_most": "evaluate.gates.at_most",
    "min_improvement": "evaluate.gates.min_improvement",
}

_TUNING_KEYS = {
    "model": "train.model",
    "trials": "tune.trials",
    "search_seconds": "tune.time_limit",
    "metric": "tune.metric",
    "sampler": "tune.sampler",
}


def training_overrides(params: Mapping[str, Any]) -> str:
    """What the form of the training changes of the configuration."""
    return _overrides(params, _TRAINING_KEYS)


def tuning_overrides(params: Mapping[str, Any]) -> str:
    """What the form of the search changes of the configuration."""
    return _overrides(params, _TUNING_KEYS)


def _overrides(params: Mapping[str, Any], keys: Mapping[str, str]) -> str:
    """One key=value a line, without the fields that are empty; the last of a key counts."""
    lines = [f"{key}={_text(params[name])}" for name, key in keys.items() if params.get(name) not in (None, {}, [])]
    return "\n".join([*lines, *(params.get("overrides") or [])])


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
