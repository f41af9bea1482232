"""A project on demo data, the jar, and Airflow and MLflow as they really run."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from demo.airflow_api import AirflowApi
from demo.servers import Server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import psutil

# Airflow makes its home as soon as it is imported.
HOME = tempfile.TemporaryDirectory(prefix="airflow-home-")
os.environ.update({"AIRFLOW_HOME": HOME.name, "AIRFLOW__CORE__LOAD_EXAMPLES": "False"})

DAGS = Path(__file__).parent.parent
JAR = Path(os.environ.get("MLOPS_JAR") or DAGS.parent / "pipeline-cli" / "target" / "pipeline-cli.jar").absolute()

PIPELINE = """\
name: {name}
data:
  source: "data/{date}.csv"
  target: default
  id: [application_id]
  ignore: [application_date]
train:
  model: logistic_regression
  cross_validation: {folds: 2, repeats: 1}
  importance_rows: 0
tune:
  trials: 4
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

    def __init__(self, home: Path, name: str = "credit") -> None:
        self.home = home
        # The day of the last whole interval, which ends at three in the morning.
        self.yesterday = (datetime.now(UTC) - timedelta(days=1, hours=3)).date()
        (home / "data").mkdir(parents=True, exist_ok=True)
        (home / "pipeline.yaml").write_text(PIPELINE.replace("{name}", name))

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


@dataclass
class Demo:
    """What `make airflow` runs."""

    process: subprocess.Popen[str]
    airflow: AirflowApi
    tracking_uri: str
    servers: Server

    def virtual_machines(self) -> list[psutil.Process]:
        """The jar's processes that are at work."""
        return [each for each in self.servers.processes() if each.name() == "java"]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo, at the point from which the schedule goes on; Ctrl-C ends it and all that it started."""
    assert JAR.is_file(), f"{JAR} is missing: make jar"
    folder = tmp_path_factory.mktemp("demo")
    everything = Server(uuid.uuid4().hex, "MLOPS_TEST_MARK")
    command = [sys.executable, str(DAGS / "demo" / "run.py"), "--folder", str(folder), "--jar", str(JAR)]
    env = {
        **os.environ,
        everything.variable: everything.mark,
        "AIRFLOW__CORE__DEFAULT_TASK_RETRY_DELAY": "2",
        # Short runs end sooner without the optimising compiler.
        "MLOPS_JAVA_OPTS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    }
    process = subprocess.Popen(
        [*command, "--days", "2", "--rows", "300", "--airflow-port", "0", "--mlflow-port", "0"],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        said = ""
        assert process.stdout
        while "the schedule goes on" not in said:
            line = process.stdout.readline()
            assert line, said
            said += line
        addresses = dict(re.findall(r"(?m)^(Airflow|MLflow) +(http://[0-9.:]+)", said))
        secret = re.search(r"password (\S+)", said)
        assert secret, said
        yield Demo(process, AirflowApi(addresses["Airflow"], secret[1]), addresses["MLflow"], everything)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(120)
        left = [each.cmdline() for each in everything.processes()]
        for each in everything.processes():
            each.kill()
    assert process.returncode == 0
    assert not left


@pytest.fixture(scope="session")
def project(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The demo's project, with a model that is learned fast."""
    (folder,) = tmp_path_factory.getbasetemp().glob("demo0")
    return Project(folder / "project")
