"""The date of each kind of run, by the DAGs' own timetables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from airflow.timetables.base import TimeRestriction
from airflow.timetables.interval import CronDataIntervalTimetable
from airflow.timetables.trigger import CronTriggerTimetable
from pendulum import instance

from mlops_pipeline.dates import run_date

NOW = datetime(2026, 11, 24, 14, tzinfo=UTC)
UTC_DAG = SimpleNamespace(timezone=UTC)


def dag_run(start: datetime | None, run_after: datetime = NOW) -> Any:
    return SimpleNamespace(data_interval_start=start, run_after=run_after)


def event(run_date: str | None, hour: int = 0) -> Any:
    return SimpleNamespace(extra={"run_date": run_date} if run_date else {}, timestamp=NOW.replace(hour=hour))


def test_a_person_decides() -> None:
    assert (
        run_date({"run_date": "2026-02-03"}, dag_run(NOW), UTC_DAG, {"champion": [event("2026-01-01")]}) == "2026-02-03"
    )


def test_a_scheduled_run_is_for_the_day_of_its_interval() -> None:
    assert run_date({}, dag_run(datetime(2026, 11, 23, 3, tzinfo=UTC)), UTC_DAG) == "2026-11-23"


def test_a_run_by_hand_is_for_the_last_whole_day() -> None:
    timetable = CronDataIntervalTimetable("0 3 * * *", timezone="UTC")
    interval = timetable.infer_manual_data_interval(run_after=instance(NOW))
    assert run_date({"run_date": None}, dag_run(interval.start), UTC_DAG) == "2026-11-23"


def test_a_weekly_run_is_for_the_last_whole_day_too() -> None:
    timetable = CronTriggerTimetable("0 4 * * 0", timezone="UTC", interval=timedelta(days=1))
    sunday = instance(datetime(2026, 11, 22, 4, tzinfo=UTC))
    scheduled = timetable.next_dagrun_info(
        last_automated_data_interval=None, restriction=TimeRestriction(sunday, None, catchup=True)
    )
    assert scheduled and scheduled.data_interval
    assert scheduled.run_after == sunday
    assert run_date({}, dag_run(scheduled.data_interval.start), UTC_DAG) == "2026-11-21"
    by_hand = timetable.infer_manual_data_interval(run_after=instance(NOW))
    assert run_date({}, dag_run(by_hand.start), UTC_DAG) == "2026-11-23"


def test_a_run_without_an_interval_is_for_the_day_before() -> None:
    assert run_date({}, dag_run(None), UTC_DAG) == "2026-11-23"


def test_the_day_is_that_of_the_dags_time_zone() -> None:
    tokyo = SimpleNamespace(timezone=ZoneInfo("Asia/Tokyo"))
    three_in_the_morning = datetime(2026, 11, 22, 18, tzinfo=UTC)
    assert run_date({}, dag_run(three_in_the_morning), tokyo) == "2026-11-23"


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2026-11-20"], "2026-11-20"),
        (["2026-11-20", "2026-11-22", "2026-11-21"], "2026-11-21"),
        (["2026-11-20", None], "2026-11-20"),
        ([None], "2026-11-23"),
    ],
)
def test_a_run_that_an_asset_started_is_for_the_date_that_was_handed_over_last(
    dates: list[str | None], expected: str
) -> None:
    events = [event(date, hour) for hour, date in enumerate(dates)]
    assert run_date({}, dag_run(None), UTC_DAG, {"champion": list(reversed(events))}) == expected
