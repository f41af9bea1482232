"""Airflow's REST interface, as far as the tests use it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from tests.servers import wait_until

if TYPE_CHECKING:
    from datetime import date

ENDED = {"success", "failed", "skipped", "upstream_failed"}


class AirflowApi:
    """A client that is signed in."""

    def __init__(self, url: str) -> None:
        token = httpx.get(f"{url}/auth/token", timeout=30).raise_for_status().json()["access_token"]
        self.client = httpx.Client(base_url=f"{url}/api/v2", headers={"Authorization": f"Bearer {token}"}, timeout=30)

    def get(self, path: str) -> dict[str, Any]:
        return dict(self.client.get(path).raise_for_status().json())

    def knows(self, dag: str) -> bool:
        return self.client.get(f"/dags/{dag}").status_code == httpx.codes.OK

    def unpause(self, dag: str) -> None:
        self.client.patch(f"/dags/{dag}", json={"is_paused": False}).raise_for_status()

    def trigger(self, dag: str, conf: dict[str, Any], logical_date: str | None = None) -> httpx.Response:
        return self.client.post(f"/dags/{dag}/dagRuns", json={"logical_date": logical_date, "conf": conf})

    def start(self, dag: str, conf: dict[str, Any], logical_date: str | None = None) -> str:
        """Starts a run and gives its name."""
        answer = self.trigger(dag, conf, logical_date)
        assert answer.status_code == httpx.codes.OK, answer.text
        return str(answer.json()["dag_run_id"])

    def backfill(self, dag: str, first: date, last: date) -> None:
        body = {
            "dag_id": dag,
            "from_date": f"{first}T00:00:00Z",
            "to_date": f"{last}T23:59:59Z",
            "max_active_runs": 1,
            "reprocess_behavior": "none",
        }
        answer = self.client.post("/backfills", json=body)
        assert answer.status_code == httpx.codes.OK, answer.text

    def runs(self, dag: str, run_type: str) -> list[dict[str, Any]]:
        """The runs of a kind, oldest date first."""
        runs = self.get(f"/dags/{dag}/dagRuns?order_by=run_after")["dag_runs"]
        return [run for run in runs if run["run_type"] == run_type]

    def wait(self, dag: str, run: str) -> str:
        """Waits for a run's end, and gives its state."""
        wait_until(lambda: self.get(f"/dags/{dag}/dagRuns/{run}")["state"] in ENDED, f"the end of {run}", 240)
        return str(self.get(f"/dags/{dag}/dagRuns/{run}")["state"])

    def tasks(self, dag: str, run: str) -> dict[str, dict[str, Any]]:
        found = self.get(f"/dags/{dag}/dagRuns/{run}/taskInstances")["task_instances"]
        return {task["task_id"]: task for task in found}

    def states(self, dag: str, run: str) -> dict[str, str]:
        return {name: str(task["state"]) for name, task in self.tasks(dag, run).items()}

    def xcom(self, dag: str, run: str, task: str) -> dict[str, Any]:
        """The result of a task."""
        path = f"/dags/{dag}/dagRuns/{run}/taskInstances/{task}/xcomEntries/return_value?deserialize=true"
        return dict(self.get(path)["value"])

    def links(self, dag: str, run: str, task: str) -> dict[str, str | None]:
        return dict(self.get(f"/dags/{dag}/dagRuns/{run}/taskInstances/{task}/links")["extra_links"])

    def log(self, dag: str, run: str, task: str, attempt: int) -> list[str]:
        """The lines of a task's log."""
        content = self.get(f"/dags/{dag}/dagRuns/{run}/taskInstances/{task}/logs/{attempt}")["content"]
        return [str(line) for line in content]
