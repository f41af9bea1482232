"""What the DAGs are, without running them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from airflow.dag_processing.dagbag import DagBag

from mlops_pipeline.assets import CHAMPION
from mlops_pipeline.form import ENSEMBLE, ENSEMBLE_KINDS, FAMILIES, METRICS, SAMPLERS, SEARCH
from mlops_pipeline.operators import SCRIPT, JarOperator
from mlops_pipeline.stages import STAGES
from tests.conftest import DAGS, JAR

if TYPE_CHECKING:
    from airflow.sdk import DAG

FILES = sorted(DAGS.glob("*.py"))


@pytest.fixture(scope="module")
def dags() -> dict[str, DAG]:
    bag = DagBag(DAGS)
    assert not bag.import_errors
    return dict(bag.dags)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.name))
def test_imports_without_a_warning_and_without_a_database(file: Path, tmp_path: Path) -> None:
    env = {
        **os.environ,
        "PYTHONPATH": str(DAGS),
        "AIRFLOW_HOME": str(tmp_path),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{tmp_path}/no/such/folder.db",
    }
    done = subprocess.run([sys.executable, "-W", "error", file], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not list(tmp_path.glob("**/*.db"))


def test_airflow_finds_the_three_dags_and_nothing_else(dags: dict[str, DAG]) -> None:
    assert set(dags) == {"daily_training", "daily_scoring", "weekly_tuning"}
    for dag in dags.values():
        assert not dag.catchup
        assert dag.max_active_runs == 1


def test_training_runs_the_stages_in_order(dags: dict[str, DAG]) -> None:
    tasks = dags["daily_training"].topological_sort()
    assert [task.task_id for task in tasks] == ["prepare_data", "prepare_features", "train", "evaluate", "register"]
    assert [task.command for task in tasks if isinstance(task, JarOperator)] == list(STAGES)
    for task, following in pairwise(tasks):
        assert task.downstream_task_ids == {following.task_id}


def test_only_registering_updates_the_champion(dags: dict[str, DAG]) -> None:
    outlets = {task.task_id: list(task.outlets) for task in dags["daily_training"].tasks if task.outlets}
    assert outlets == {"register": [CHAMPION]}


def test_the_search_is_one_task(dags: dict[str, DAG]) -> None:
    (task,) = dags["weekly_tuning"].tasks
    assert isinstance(task, JarOperator)
    assert (task.task_id, task.command) == ("tune", "tune")


def test_no_param_stands_in_a_command_string(dags: dict[str, DAG]) -> None:
    for dag in dags.values():
        for task in dag.tasks:
            assert isinstance(task, JarOperator)
            assert task.bash_command == 'exec bash "$MLOPS_SCRIPT"'
            assert task.append_env
    assert not re.search(r"\{\{|\{%|\{#|params|eval|`", SCRIPT.read_text())


def test_every_param_has_a_title_and_a_description(dags: dict[str, DAG]) -> None:
    for dag in dags.values():
        for name in dag.params:
            schema = dag.params.get_param(name).schema
            assert schema["title"], name
            assert schema["description_md"], name


def test_the_form_offers_what_the_jar_has() -> None:
    assert f"The family of models: {', '.join([*FAMILIES, ENSEMBLE, SEARCH])}." in said_by_the_jar("run", "--help")
    assert f"there are {', '.join(STAGES)}" in said_by_the_jar("run", "--from", "nowhere")
    for key, values in {
        "train.tuned": ("none", "auto", "required"),
        "ensemble.kind": ENSEMBLE_KINDS,
        "tune.sampler": SAMPLERS,
        "tune.metric": METRICS,
    }.items():
        assert f"one of {', '.join(values)}" in said_by_the_jar("tune", "--set", f"{key}=nowhere")


def said_by_the_jar(*arguments: str) -> str:
    done = subprocess.run(["java", "-jar", JAR, *arguments], capture_output=True, text=True, check=False)
    return " ".join((done.stdout + done.stderr).split())
