"""Every day: from the day's table to a registered model, one task a stage."""

from __future__ import annotations

import pendulum
from airflow.sdk import DAG, CronDataIntervalTimetable, chain

from mlops_pipeline.assets import CHAMPION
from mlops_pipeline.dates import RUN_DATE, run_date
from mlops_pipeline.form import TRAINING_PARAMS, training_overrides
from mlops_pipeline.operators import StageOperator
from mlops_pipeline.stages import STAGES

ENV = {
    "MLOPS_DATE": RUN_DATE,
    "MLOPS_FORCE": "{{ 'yes' if params.force else '' }}",
    "MLOPS_OVERRIDES": "{{ overrides(params) }}",
}
FAIL_ON_REJECT = {"MLOPS_FAIL_ON_REJECT": "{{ 'yes' if params.fail_on_reject else '' }}"}

with DAG(
    dag_id="daily_training",
    description="From the day's table to a registered model",
    doc_md=__doc__,
    schedule=CronDataIntervalTimetable("0 3 * * *", timezone="UTC"),
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    params=TRAINING_PARAMS,
    user_defined_macros={"run_date": run_date, "overrides": training_overrides},
    tags=["mlops"],
):
    chain(
        *(
            StageOperator(
                stage=stage,
                env=ENV | (FAIL_ON_REJECT if stage == "evaluate" else {}),
                outlets=[CHAMPION] if stage == "register" else [],
            )
            for stage in STAGES
        )
    )
