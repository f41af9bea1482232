"""Every week: searches good hyperparameters, which the daily training tries from then on."""

from __future__ import annotations

from datetime import timedelta

import pendulum
from airflow.sdk import DAG, CronTriggerTimetable

from mlops_pipeline.dates import RUN_DATE, run_date
from mlops_pipeline.form import TUNING_PARAMS, tuning_overrides
from mlops_pipeline.operators import JarOperator

with DAG(
    dag_id="weekly_tuning",
    description="Searches good hyperparameters for the daily training",
    doc_md=__doc__,
    # After the day's training, for the same day: its prepared rows are those that are searched on.
    schedule=CronTriggerTimetable("0 4 * * 0", timezone="UTC", interval=timedelta(days=1)),
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    params=TUNING_PARAMS,
    user_defined_macros={"run_date": run_date, "overrides": tuning_overrides},
    tags=["mlops"],
):
    # Its study stays in the project, where the training finds it by itself.
    JarOperator(
        task_id="tune",
        command="tune",
        env={
            "MLOPS_DATE": RUN_DATE,
            "MLOPS_FORCE": "{{ 'yes' if params.force else '' }}",
            "MLOPS_OVERRIDES": "{{ overrides(params) }}",
        },
    )
