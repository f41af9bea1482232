"""Scores the day's file with the champion: every day, and whenever there is a new champion."""

from __future__ import annotations

import pendulum
from airflow.sdk import DAG, AssetOrTimeSchedule, CronDataIntervalTimetable

from mlops_pipeline.assets import CHAMPION
from mlops_pipeline.dates import RUN_DATE, RUN_DATE_PARAM, run_date
from mlops_pipeline.operators import JarOperator

with DAG(
    dag_id="daily_scoring",
    description="Scores the day's file with the champion",
    doc_md=__doc__,
    # By the clock alone: the timetable. By the asset alone: [CHAMPION].
    schedule=AssetOrTimeSchedule(timetable=CronDataIntervalTimetable("0 6 * * *", timezone="UTC"), assets=[CHAMPION]),
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    params={"run_date": RUN_DATE_PARAM},
    user_defined_macros={"run_date": run_date},
    tags=["mlops"],
):
    # What looks at the predictions, such as monitoring, goes after this task.
    JarOperator(task_id="predict", command="predict", env={"MLOPS_DATE": RUN_DATE})
