"""The DAGs under a real Airflow, with the real jar and a real MLflow server; the tests build on each other."""

from __future__ import annotations

import json
import os
import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from demo.airflow_api import AirflowApi
from demo.servers import COMMANDS, wait_until
from tests.conftest import DAGS, JAR, Demo, Project

if TYPE_CHECKING:
    pass

TRAINING = "daily_training"
SCORING = "daily_scoring"
TUNING = "weekly_tuning"
PROMOTED = dict.fromkeys(("prepare_data", "prepare_features", "train", "evaluate", "register"), "success")
NOT_PROMOTED = {**PROMOTED, "register": "skipped"}


@pytest.fixture
def airflow(demo: Demo) -> AirflowApi:
    return demo.airflow


def locks(project: Project) -> list[Path]:
    return list((project.home / ".mlops" / "locks").glob("*"))


def test_dags_test_runs_all_stages(demo: Demo, tmp_path: Path) -> None:
    project = Project(tmp_path / "project", "another")
    project.write(project.yesterday, 300)
    env = {
        **os.environ,
        "AIRFLOW_HOME": str(tmp_path / "airflow"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
        "MLOPS_JAR": str(JAR),
        "MLOPS_HOME": str(project.home),
        "MLFLOW_TRACKING_URI": demo.tracking_uri,
    }
    command = str(COMMANDS / "airflow")
    subprocess.run([command, "db", "migrate"], env=env, capture_output=True, check=True)
    done = subprocess.run([command, "dags", "test", TRAINING], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-5000:]
    assert project.manifest(project.yesterday, "register")["summary"]["verdict"] == "first"


def test_the_days_pass_in_order_and_the_schedule_goes_on(airflow: AirflowApi, project: Project) -> None:
    (run,) = [run["dag_run_id"] for run in airflow.runs(TRAINING, "manual")]
    assert airflow.states(TRAINING, run) == PROMOTED
    first = airflow.xcom(TRAINING, run, "register")
    assert (first["date"], first["verdict"]) == (str(project.day(1)), "first")
    (run,) = [run["dag_run_id"] for run in airflow.runs(TRAINING, "scheduled")]
    second = airflow.xcom(TRAINING, run, "register")
    assert second["date"] == str(project.yesterday)
    assert second["verdict"] != "first"
    wait_until(lambda: len(airflow.runs(SCORING, "scheduled")) == 1, "the scheduled run")
    (run,) = [run["dag_run_id"] for run in airflow.runs(SCORING, "scheduled")]
    assert airflow.wait(SCORING, run) == "success"
    day = (datetime.now(UTC) - timedelta(days=1, hours=6)).date()
    predictions = Path(airflow.xcom(SCORING, run, "predict")["outputs"]["predictions"])
    assert predictions == project.home / "predictions" / f"{day}.csv"
    assert len(predictions.read_text().splitlines()) == 301


def test_a_backfill_promotes_what_is_better_skips_what_is_not_and_scores(airflow: AirflowApi, project: Project) -> None:
    days = [project.day(5), project.day(4), project.day(3)]
    for day, rows in zip(days, (6000, 300, 300), strict=True):
        project.write(day, rows)
    scored = len(airflow.runs(SCORING, "asset_triggered"))
    airflow.backfill(TRAINING, days[0], days[-1])
    wait_until(lambda: len(airflow.runs(TRAINING, "backfill")) == len(days), "the runs of the backfill")
    runs = [run["dag_run_id"] for run in airflow.runs(TRAINING, "backfill")]
    assert [airflow.wait(TRAINING, run) for run in runs] == ["success"] * 3
    assert [airflow.states(TRAINING, run) for run in runs] == [PROMOTED, NOT_PROMOTED, NOT_PROMOTED]
    results = [airflow.xcom(TRAINING, run, "register") for run in runs]
    assert [result["date"] for result in results] == [str(day) for day in days]
    assert [result["verdict"] == "better" for result in results] == [True, False, False]
    assert "Skipping task." in " ".join(airflow.log(TRAINING, runs[1], "register", 1))

    wait_until(lambda: len(airflow.runs(SCORING, "asset_triggered")) > scored, "the run that the champion starts")
    scoring = airflow.runs(SCORING, "asset_triggered")
    assert airflow.wait(SCORING, scoring[-1]["dag_run_id"]) == "success"
    assert airflow.xcom(SCORING, scoring[-1]["dag_run_id"], "predict")["date"] == str(days[0])
    assert len((project.home / "predictions" / f"{days[0]}.csv").read_text().splitlines()) == 6001
    events = airflow.get("/assets/events")["asset_events"]
    assert [event["extra"]["run_date"] for event in events if event["source_run_id"] in runs] == [str(days[0])]


HOSTILE = ["$(touch {0}/a)", "`touch {0}/b`", "'; touch {0}/c; '", '"; touch {0}/d; "', "{{{{7*7}}}}", "{{% raw %}}"]


def test_a_run_with_params_takes_each_of_them_and_executes_none(
    demo: Demo, airflow: AirflowApi, project: Project, tmp_path: Path
) -> None:
    hostile = [value.format(tmp_path) for value in HOSTILE]
    run = airflow.start(
        TRAINING,
        {
            "run_date": str(project.day(3)),
            "model": "ensemble",
            "ensemble_kind": "voting",
            "ensemble_families": ["decision_tree", "logistic_regression"],
            "force": True,
            "time_limit_minutes": 5,
            "at_most": {"log_loss": 0.001},
            "overrides": [f"data.missing={json.dumps(hostile)}", "ensemble.params.decision_tree.max_depth=3"],
        },
    )
    assert airflow.wait(TRAINING, run) == "success"
    assert airflow.states(TRAINING, run) == NOT_PROMOTED
    assert project.manifest(project.day(3), "prepare-data")["parameters"]["data.missing"] == hostile
    train = project.manifest(project.day(3), "train")
    assert train["summary"]["model"] == "ensemble"
    assert train["parameters"]["ensemble.kind"] == "voting"
    assert train["parameters"]["ensemble.families"] == ["decision_tree", "logistic_regression"]
    assert train["parameters"]["ensemble.params.decision_tree.max_depth"] == "3"
    assert not airflow.xcom(TRAINING, run, "prepare_data")["cached"]
    register = airflow.xcom(TRAINING, run, "register")
    assert register["verdict"] == "rejected"
    assert "log_loss at most 0.001" in register["reason"]
    events = airflow.get("/assets/events")["asset_events"]
    assert run not in [event["source_run_id"] for event in events]
    assert not list(tmp_path.iterdir())
    assert tracked(demo, airflow, run, "train")["airflow.dag_run_id"] == run
    assert tracked(demo, airflow, run, "register")["airflow.task_id"] == "register"


def tracked(demo: Demo, airflow: AirflowApi, run: str, task: str) -> dict[str, str]:
    """The tags of the run in MLflow that a task's link leads to."""
    link = airflow.links(TRAINING, run, task)["MLflow run"]
    assert link
    assert link == airflow.xcom(TRAINING, run, task)["tracking_url"]
    found = re.match(rf"{demo.tracking_uri}/#/experiments/\d+/runs/(\w+)", link)
    assert found, link
    answer = httpx.get(f"{demo.tracking_uri}/api/2.0/mlflow/runs/get", params={"run_id": found[1]}, timeout=30)
    return {tag["key"]: tag["value"] for tag in answer.raise_for_status().json()["run"]["data"]["tags"]}


def test_a_permanent_failure_has_one_try_and_the_commands_message(
    airflow: AirflowApi, project: Project, tmp_path: Path
) -> None:
    hostile = HOSTILE[0].format(tmp_path) + "{{7*7}}"
    run = airflow.start(TRAINING, {"overrides": [f"data.split.by={hostile}"]})
    assert airflow.wait(TRAINING, run) == "failed"
    task = airflow.tasks(TRAINING, run)["prepare_data"]
    assert (task["state"], task["try_number"], task["max_tries"]) == ("failed", 1, 3)
    end = " ".join(airflow.log(TRAINING, run, "prepare_data", 1)[-3:])
    assert "prepare-data exited 2, wrong usage or configuration" in end
    assert f"'{hostile}' is not" in airflow.xcom(TRAINING, run, "prepare_data")["error"]
    assert airflow.states(TRAINING, run)["register"] == "upstream_failed"
    assert not list(tmp_path.iterdir())


def test_a_run_without_a_logical_date_is_for_the_last_whole_day(airflow: AirflowApi, project: Project) -> None:
    day = (datetime.now(UTC) - timedelta(days=1)).date()
    project.write(day, 300)
    run = airflow.start(TRAINING, {})
    assert airflow.wait(TRAINING, run) == "success"
    assert airflow.xcom(TRAINING, run, "prepare_data")["date"] == str(day)


def test_a_temporary_failure_is_tried_again(airflow: AirflowApi, project: Project) -> None:
    lock = project.home / ".mlops" / "locks" / f"{project.yesterday}.lock"
    lock.mkdir(parents=True)
    run = airflow.start(TRAINING, {"from_stage": "evaluate", "run_date": str(project.yesterday)})

    def tried(state: str) -> bool:
        return airflow.states(TRAINING, run)["evaluate"] == state

    wait_until(lambda: tried("up_for_retry"), "the first try's failure")
    assert "a temporary failure" in " ".join(airflow.log(TRAINING, run, "evaluate", 1)[-3:])
    lock.rmdir()
    assert airflow.wait(TRAINING, run) == "success"
    assert airflow.tasks(TRAINING, run)["evaluate"]["try_number"] == 2
    result = airflow.xcom(TRAINING, run, "evaluate")
    assert (result["status"], result["date"]) == ("done", str(project.yesterday))
    states = airflow.states(TRAINING, run)
    assert [states[task] for task in ("prepare_data", "prepare_features", "train")] == ["skipped"] * 3


def test_a_time_limit_leaves_no_process_and_no_lock(demo: Demo, airflow: AirflowApi, project: Project) -> None:
    day = project.day(5)
    slow = ["train.cross_validation={folds: 20, repeats: 20}", "train.params={trees: 2000}"]
    params = {"run_date": str(day), "from_stage": "train", "model": "random_forest", "overrides": slow}
    run = airflow.start(TRAINING, {**params, "time_limit_minutes": 0.2})
    wait_until(lambda: bool(locks(project)), "the lock")
    (machine,) = demo.virtual_machines()
    environment = machine.environ()
    assert (environment["AIRFLOW_CTX_DAG_RUN_ID"], environment["AIRFLOW_CTX_TASK_ID"]) == (run, "train")
    assert airflow.wait(TRAINING, run) == "failed"
    task = airflow.tasks(TRAINING, run)["train"]
    assert (task["state"], task["try_number"]) == ("failed", 1)
    assert "longer than its time limit, 0:00:12" in " ".join(airflow.log(TRAINING, run, "train", 1)[-3:])
    wait_until(lambda: not demo.virtual_machines(), "the end of the virtual machine", 5)
    assert not locks(project)
    assert json.loads((project.home / "runs" / str(day) / "run.json").read_text())["status"] == "KILLED"


def test_what_the_weekly_search_finds_is_the_challenger_of_the_next_daily_run(
    airflow: AirflowApi, project: Project
) -> None:
    now = datetime.now(UTC) - timedelta(hours=4)
    saturday = (now - timedelta(days=now.isoweekday() % 7 + 1)).date()
    project.write(saturday, 300)
    airflow.unpause(TUNING)
    wait_until(lambda: bool(airflow.runs(TUNING, "scheduled")), "the scheduled search")
    (search,) = [run["dag_run_id"] for run in airflow.runs(TUNING, "scheduled")]
    assert airflow.wait(TUNING, search) == "success"
    found = airflow.xcom(TUNING, search, "tune")
    assert (found["date"], found["metrics"]["trials"]) == (str(saturday), 4)

    run = airflow.start(TRAINING, {"run_date": str(project.yesterday), "from_stage": "train"})
    assert airflow.wait(TRAINING, run) == "success"
    train = project.manifest(project.yesterday, "train")
    assert train["summary"]["study"] == str(saturday)
    assert train["metrics"]["cv_auc"] > 0.5
    assert airflow.xcom(TRAINING, run, "register")["verdict"] in {"better", "not_better", "worse"}


def test_a_run_searches_the_best_ensemble_in_the_seconds_that_it_gets(airflow: AirflowApi, project: Project) -> None:
    day = project.day(4)
    search = {"model": "automl", "search_seconds": 3, "max_latency_us": 500}
    params = {"run_date": str(day), "from_stage": "train", **search}
    run = airflow.start(TRAINING, params)
    assert airflow.wait(TRAINING, run) == "success"
    train = project.manifest(day, "train")
    assert train["summary"]["model"] == "automl"
    assert train["parameters"]["automl.time_limit"] == 3
    assert train["parameters"]["automl.max_latency_us"] == 500


@pytest.mark.parametrize(
    "conf",
    [
        {"run_date": "2026-13-45"},
        {"run_date": "$(touch x)"},
        {"model": "xgboost`touch x`"},
        {"tuned": "$(touch x)"},
        {"ensemble_kind": "`touch x`"},
        {"ensemble_families": ["xgboost; touch x"]},
        {"from_stage": "deploy"},
        {"force": "$(touch x)"},
        {"time_limit_minutes": "5; touch x"},
        {"max_latency_us": "5; touch x"},
        {"at_least": {"auc": "high"}},
        {"at_most": "log_loss"},
        {"min_improvement": -1},
        {"fail_on_reject": "'"},
        {"overrides": ["--config=/etc/passwd"]},
        {"overrides": ["name=a\nseed=1"]},
    ],
    ids=lambda conf: next(iter(conf)),
)
def test_the_schema_refuses(airflow: AirflowApi, conf: dict[str, Any]) -> None:
    assert airflow.trigger(TRAINING, conf).status_code == 400
