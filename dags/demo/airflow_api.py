"""Airflow's REST interface, as far as the demo and the tests use it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx

from demo.servers import wait_until

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

USER = "admin"
ENDED = {"success", "failed"}


def password(home: Path) -> str:
    """The password that a standalone Airflow has made for its user."""
    return str(json.loads((home / "simple_auth_manager_passwords.json.generated").read_text())[USER])


class AirflowApi:
    """A client that is signed in."""

    def __init__(self, url: str, secret: str) -> None:
        """Signs in."""
        credentials = {"username": USER, "password": secret}
        token = httpx.post(f"{url}/auth/token", json=credentials, timeout=30).raise_for_status().json()["access_token"]
        self.client = httpx.Client(base_url=f"{url}/api/v2", headers={"Authorization": f"Bearer {token}"}, timeout=60)

    def get(self, path: str) -> dict[str, Any]:
        """Reads something that exists."""
        return dict(self.client.get(path).raise_for_status().json())

    def knows(self, dag: str) -> bool:
        """Whether a DAG has been read."""
        return self.client.get(f"/dags/{dag}").status_code == httpx.codes.OK

    def pause(self, dag: str) -> None:
        """Keeps the scheduler from beginning runs of a DAG."""
        self.client.patch(f"/dags/{dag}", json={"is_paused": True}).raise_for_status()

    def unpause(self, dag: str) -> None:
        """Lets the scheduler run a DAG."""
        self.client.patch(f"/dags/{dag}", json={"is_paused": False}).raise_for_status()

    def read_again(self, dag: str) -> None:
        """Has a DAG's file read, after which the scheduler knows how many runs of it are waiting."""
        before = self.get(f"/dags/{dag}")
        self.client.put(f"/parseDagFile/{before['file_token']}").raise_for_status()
        wait_until(lambda: self.get(f"/dags/{dag}")["last_parsed_time"] != before["last_parsed_time"], "the reading")

    def trigger(self, dag: str, conf: dict[str, Any], logical_date: str | None = None) -> httpx.Response:
        """Asks for a run."""
        return self.client.post(f"/dags/{dag}/dagRuns", json={"logical_date": logical_date, "conf": conf})

    def start(self, dag: str, conf: dict[str, Any], logical_date: str | None = None) -> str:
        """Starts a run and gives its name."""
        answer = self.trigger(dag, conf, logical_date)
        if answer.status_code != httpx.codes.OK:
            raise RuntimeError(answer.text)
        return str(answer.json()["dag_run_id"])

    def backfill(self, dag: str, first: date, last: date) -> None:
        """Asks for the runs of past days; again where SQLite was locked, after which Airflow keeps nothing of it.

        The DAG is paused meanwhile: a scheduler that saw a run which Airflow then removes again ends with an error.
        """
        body = {
            "dag_id": dag,
            "from_date": f"{first}T00:00:00Z",
            "to_date": f"{last}T23:59:59Z",
            "max_active_runs": 1,
            "reprocess_behavior": "none",
        }

        def taken() -> bool:
            answer = self.client.post("/backfills", json=body)
            if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
                return False
            answer.raise_for_status()
            return True

        self.pause(dag)
        wait_until(taken, "a database that is not locked")
        self.unpause(dag)

    def runs(self, dag: str, run_type: str) -> list[dict[str, Any]]:
        """The runs of a kind, oldest date first."""
        runs = self.get(f"/dags/{dag}/dagRuns?order_by=run_after")["dag_runs"]
        return [run for run in runs if run["run_type"] == run_type]

    def wait(self, dag: str, run: str, seconds: float = 300) -> str:
        """Waits for a run's end, and gives its state."""
        path = f"/dags/{dag}/dagRuns/{run}"
        wait_until(lambda: self.get(path)["state"] in ENDED, f"the end of {run}", seconds)
        return str(self.get(path)["state"])

    def tasks(self, dag: str, run: str) -> dict[str, dict[str, Any]]:
        """The tasks of a run, by name."""
        found = self.get(f"/dags/{dag}/dagRuns/{run}/taskInstances")["task_instances"]
        return {task["task_id"]: task for task in found}

    def states(self, dag: str, run: str) -> dict[str, str]:
        """The state of each task of a run."""
        return {name: str(task["state"]) for name, task in self.tasks(dag, run).items()}

    def xcom(self, dag: str, run: str, task: str) -> dict[str, Any]:
        """The result of a task."""
        path = f"/dags/{dag}/dagRuns/{run}/taskInstances/{task}/xcomEntries/return_value?deserialize=true"
        return dict(self.get(path)["value"])

    def links(self, dag: str, run: str, task: str) -> dict[str, str | None]:
        """The links of a task to other systems."""
        return dict(self.get(f"/dags/{dag}/dagRuns/{run}/taskInstances/{task}/links")["extra_links"])

    def log(self, dag: str, run: str, task: str, attempt: int) -> list[str]:
        """The lines of a task's log."""
        content = self.get(f"/dags/{dag}/dagRuns/{run}/taskInstances/{task}/logs/{attempt}")["content"]
        return [str(line) for line in content]
