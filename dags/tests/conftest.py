"""A project on demo data, the jar, and Airflow and MLflow as they really run."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from demo.servers import COMMANDS, port, server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

# Airflow makes its home as soon as it is imported.
HOME = tempfile.TemporaryDirectory(prefix="airflow-home-")
os.environ.update({"AIRFLOW_HOME": HOME.name, "AIRFLOW__CORE__LOAD_EXAMPLES": "False"})

DAGS = Path(__file__).parent.parent
JAR = Path(os.environ.get("MLOPS_JAR") or DAGS.parent / "pipeline-cli" / "target" / "pipeline-cli.jar").absolute()

PIPELINE = """\
name: credit
data:
  source: "data/{date}.csv"
  target: default
  id: [application_id]
  ignore: [application_date]
train:
  model: logistic_regression
  cross_validation: {folds: 2, repeats: 1}
  importance_rows: 0
predict:
  source: "data/{date}.csv"
  output: "predictions/{date}.csv"
"""


def mlops(*arguments: str) -> dict[str, Any]:
    """Runs a command of the jar that succeeds."""
    done = subprocess.run(["java", "-jar", JAR, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))


class Project:
    """A project whose data arrives day by day."""

    def __init__(self, home: Path) -> None:
        self.home = home
        # The day of the last whole interval, which ends at three in the morning.
        self.yesterday = (datetime.now(UTC) - timedelta(days=1, hours=3)).date()
        (home / "pipeline.yaml").write_text(PIPELINE)
        (home / "data").mkdir()

    def day(self, before_yesterday: int) -> date:
        """A day of the past."""
        return self.yesterday - timedelta(days=before_yesterday)

    def write(self, day: date, rows: int) -> None:
        """Lets the file of a day arrive."""
        series = ["--days", "100", "--from", str(self.day(20)), "--drift", "0.1", "--date", str(day)]
        mlops("sample-data", "--rows", str(rows), *series, "--output", str(self.home / "data" / f"{day}.csv"))

    def manifest(self, day: date | str, stage: str) -> dict[str, Any]:
        """What a stage recorded for a day."""
        return dict(json.loads((self.home / "runs" / str(day) / stage / "manifest.json").read_text()))


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    assert JAR.is_file(), f"{JAR} is missing: make jar"
    return Project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="session")
def tracking_uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an MLflow server."""
    home = tmp_path_factory.mktemp("mlflow")
    number = port()
    command = ["mlflow", "server", "--host", "127.0.0.1", "--port", str(number), "--workers", "1"]
    store = ["--backend-store-uri", f"sqlite:///{home}/mlflow.db", "--artifacts-destination", str(home / "artifacts")]
    env = {**os.environ, "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"}
    with server([*command, *store], env, home / "server.log", f"http://127.0.0.1:{number}/health"):
        yield f"http://127.0.0.1:{number}"


@pytest.fixture(scope="session")
def airflow_env(tmp_path_factory: pytest.TempPathFactory, project: Project, tracking_uri: str) -> dict[str, str]:
    """The environment of an Airflow of its own, with the two variables that the DAGs need."""
    home = tmp_path_factory.mktemp("airflow")
    return {
        **os.environ,
        "PATH": f"{COMMANDS}{os.pathsep}{os.environ['PATH']}",
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__PARALLELISM": "2",
        "AIRFLOW__CORE__DEFAULT_TASK_RETRY_DELAY": "2",
        "MLOPS_JAR": str(JAR),
        "MLOPS_HOME": str(project.home),
        "MLFLOW_TRACKING_URI": tracking_uri,
    }
