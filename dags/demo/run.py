"""Runs Airflow and MLflow on this machine, with the DAGs and demo data that arrives day by day, until Ctrl-C."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))

from demo.airflow_api import USER, AirflowApi, password
from demo.project import DemoProject
from demo.servers import COMMANDS, port, server, wait_until

if TYPE_CHECKING:
    from datetime import date
    from types import FrameType

DAGS = Path(__file__).parent.parent


def arguments() -> argparse.Namespace:
    """What a person asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("data/airflow"), help="where all of it lives")
    parser.add_argument("--jar", type=Path, default=Path("pipeline-cli/target/pipeline-cli.jar"))
    parser.add_argument("--days", type=int, default=7, help="days of history (%(default)s)")
    parser.add_argument("--rows", type=int, default=2000, help="rows a day (%(default)s)")
    return parser.parse_args()


def say(words: str) -> None:
    """Tells the person, also where the output goes to a file."""
    print(words, flush=True)


def start_mlflow(stack: ExitStack, folder: Path) -> str:
    """Starts MLflow; gives its address."""
    folder.mkdir(parents=True, exist_ok=True)
    number = port(5000)
    command = ["mlflow", "server", "--host", "127.0.0.1", "--port", str(number), "--workers", "1"]
    store = ["--backend-store-uri", f"sqlite:///{folder}/mlflow.db", "--artifacts-destination", str(folder / "files")]
    env = {**os.environ, "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"}
    url = f"http://127.0.0.1:{number}"
    stack.enter_context(server([*command, *store], env, folder / "server.log", f"{url}/health"))
    return url


def start_airflow(stack: ExitStack, folder: Path, project: DemoProject, tracking_uri: str) -> str:
    """Starts Airflow with the DAGs; gives its address."""
    folder.mkdir(parents=True, exist_ok=True)
    number = port(8080)
    url = f"http://127.0.0.1:{number}"
    env = {
        **os.environ,
        "PATH": f"{COMMANDS}{os.pathsep}{os.environ['PATH']}",
        "AIRFLOW_HOME": str(folder),
        "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{url}/execution/",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(number),
        "AIRFLOW__API__BASE_URL": url,
        "AIRFLOW__API__WORKERS": "1",
        "MLOPS_JAR": str(project.jar),
        "MLOPS_HOME": str(project.home),
        "MLFLOW_TRACKING_URI": tracking_uri,
    }
    stack.enter_context(server(["airflow", "standalone"], env, folder / "server.log", f"{url}/api/v2/monitor/health"))
    return url


def play(airflow: AirflowApi, project: DemoProject, days: list[date]) -> None:
    """Lets the days pass. Each is queued before the one before has ended, so that the scheduler's own comes last."""
    waiting: list[tuple[date, str]] = []
    for day in days[:-1]:
        project.write(day)
        # A run by hand is for the day before its logical date, which must not be one that the schedule gives.
        run = airflow.start("daily_training", {}, f"{day + timedelta(days=1)}T03:30:00Z")
        say(f"{day}  data/{day}.csv has arrived")
        waiting.append((day, run))
        if day == days[0]:
            airflow.read_again("daily_training")
            airflow.unpause("daily_training")
        if len(waiting) > 1:
            tell(airflow, *waiting.pop(0))
    project.write(days[-1])
    say(f"{days[-1]}  data/{days[-1]}.csv has arrived")
    for day, run in waiting:
        tell(airflow, day, run)
    airflow.unpause("daily_training")
    wait_until(lambda: bool(airflow.runs("daily_training", "scheduled")), "the scheduled run")
    tell(airflow, days[-1], str(airflow.runs("daily_training", "scheduled")[-1]["dag_run_id"]))
    airflow.unpause("daily_scoring")


def tell(airflow: AirflowApi, day: date, run: str) -> None:
    """Waits for a day's run and says how it ended."""
    state = airflow.wait("daily_training", run, 1800)
    verdict = airflow.xcom("daily_training", run, "register") if state == "success" else {}
    say(f"{day}  {verdict.get('verdict', state)}: {verdict.get('reason', 'see the log of its tasks')}")


def stop(_number: int, _frame: FrameType | None) -> None:
    """Ends the program in order, once."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def main() -> None:
    """Runs the demo."""
    options = arguments()
    folder = options.folder.absolute()
    project = DemoProject(folder / "project", options.jar.absolute(), options.rows)
    last = project.last_day()
    days = [last - timedelta(days=back) for back in reversed(range(options.days))]
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        with ExitStack() as stack:
            new = project.is_new()
            project.write(days[0] if new else last)
            project.configure(days[0])
            say("starting MLflow and Airflow; the first time takes a minute")
            tracking_uri = start_mlflow(stack, folder / "mlflow")
            url = start_airflow(stack, folder / "airflow", project, tracking_uri)
            secret = password(folder / "airflow")
            say(f"\nAirflow  {url}  user {USER}, password {secret}")
            say(f"MLflow   {tracking_uri}/#/experiments?workflowType=machine_learning")
            say(f"project  {project.home}\nCtrl-C ends all of it\n")
            airflow = AirflowApi(url, secret)
            wait_until(lambda: airflow.knows("daily_training") and airflow.knows("daily_scoring"), "the DAGs", 240)
            if new:
                play(airflow, project, days)
            say("from now on the schedule goes on: training at 03:00, scoring at 06:00 UTC")
            while True:
                if not project.has(project.last_day()):
                    project.write(project.last_day())
                time.sleep(30)
    except KeyboardInterrupt:
        say("ended; nothing is left running")
    except (RuntimeError, TimeoutError) as failure:
        sys.exit(f"{failure}\nended; see server.log in {folder}/airflow and {folder}/mlflow")


if __name__ == "__main__":
    main()
