"""The date that a run is for, the same in every kind of run."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from airflow.sdk import Param

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

RUN_DATE = "{{ run_date(params, dag_run, dag, triggering_asset_events) }}"

RUN_DATE_PARAM = Param(
    None,
    type=["null", "string"],
    format="date",
    title="Date",
    description_md=(
        "The day whose data is used. Where empty: the day of the run's interval, which is the day **before** the"
        " logical date. Set the day here rather than the logical date."
    ),
)


def run_date(
    params: Mapping[str, Any], dag_run: Any, dag: Any, asset_events: Mapping[Any, Iterable[Any]] | None = None
) -> str:
    """The date as YYYY-MM-DD.

    The first of: what a person asked for, the date that the asset's last event carries, the day of the run's interval
    (scheduled, backfill, by hand), the last whole day.
    """
    if params.get("run_date"):
        return str(params["run_date"])
    events = [event for of_asset in (asset_events or {}).values() for event in of_asset if event.extra.get("run_date")]
    if events:
        return str(max(events, key=lambda event: event.timestamp).extra["run_date"])
    moment = dag_run.data_interval_start or dag_run.run_after - timedelta(days=1)
    return str(moment.astimezone(dag.timezone).date())
