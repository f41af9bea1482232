"""The form that a person fills in to run the training by hand, and what it changes of the configuration."""

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

#: What combines the families that `pipeline.yaml` names under `ensemble`.
ENSEMBLE = "ensemble"

#: What searches among the families, in the seconds that it is given.
SEARCH = "automl"

TRAINING_PARAMS = {
    "run_date": RUN_DATE_PARAM,
    "model": Param(
        None,
        type=["null", "string"],
        enum=[None, *FAMILIES, ENSEMBLE, SEARCH],
        title="Model family",
        description_md="`ensemble` combines families, `automl` looks for the best; null is what `pipeline.yaml` says.",
    ),
    "search_seconds": Param(
        None,
        type=["null", "number"],
        minimum=1,
        maximum=1_000_000,
        title="Seconds of the search, with automl",
        description_md="How long it looks for the best ensemble; that of `pipeline.yaml` where empty.",
    ),
    "from_stage": Param(
        None,
        type=["null", "string"],
        enum=[None, *STAGES],
        title="From stage",
        description_md="Begin here and use what the date's earlier run left of the stages before; null runs all.",
    ),
    "force": Param(
        False,
        type="boolean",
        title="Force",
        description_md="Compute even where nothing has changed (ignore the cache).",
    ),
    "time_limit_minutes": Param(
        None,
        type=["null", "number"],
        exclusiveMinimum=0,
        maximum=10080,
        title="Time limit of each stage, in minutes",
        description_md="A stage that takes longer is stopped and fails for good; nothing half-written is left.",
    ),
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
    "overrides": Param(
        [],
        type="array",
        items={"type": "string", "pattern": r"^[A-Za-z_][A-Za-z0-9_.]*=[^\r\n]*$"},
        title="Overrides",
        description_md="One `key=value` of `pipeline.yaml` a line, such as `train.params.max_depth=4`.",
    ),
}


def overrides(params: Mapping[str, Any]) -> str:
    """What the form changes of the configuration, one key=value a line; the last of a key counts."""
    lines = []
    if params.get("model"):
        lines.append(f"train.model={params['model']}")
    if params.get("search_seconds") is not None:
        lines.append(f"automl.time_limit={params['search_seconds']}")
    for bound in ("at_least", "at_most"):
        if params.get(bound):
            lines.append(f"evaluate.gates.{bound}={json.dumps(params[bound])}")
    if params.get("min_improvement") is not None:
        lines.append(f"evaluate.gates.min_improvement={params['min_improvement']}")
    lines.extend(params.get("overrides") or [])
    return "\n".join(lines)
