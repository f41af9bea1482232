"""How a command's end becomes a task's state; a script stands in for the virtual machine."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from airflow.sdk import Asset
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException

from mlops_pipeline.operators import SCRIPT, JarOperator, StageOperator, TrackingLink


class Task:
    """A task of one operator, outside of a DAG, with what Airflow would hand it."""

    def __init__(self, operator: JarOperator, params: dict[str, Any] | None = None) -> None:
        self.operator = operator
        self.pushed: dict[str, Any] = {}
        self.events = {asset: SimpleNamespace(extra={}) for asset in operator.outlets}
        self.context: Any = {
            "params": params or {},
            "outlet_events": self.events,
            "ti": SimpleNamespace(xcom_push=lambda key, value: self.pushed.update({key: value})),
        }

    def run(self) -> dict[str, Any]:
        """Runs it as Airflow does."""
        return self.operator.execute(self.context)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Java home whose java is yours to write, beside a jar and a project."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "x.jar").touch()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setenv("MLOPS_JAR", str(tmp_path / "x.jar"))
    monkeypatch.setenv("MLOPS_HOME", str(tmp_path))
    monkeypatch.delenv("MLOPS_JAVA_OPTS", raising=False)
    monkeypatch.setattr("airflow.providers.standard.operators.bash.context_to_airflow_vars", lambda *_, **__: {})
    return tmp_path


def java(machine: Path, script: str) -> None:
    program = machine / "bin" / "java"
    program.write_text("#!/bin/bash\n" + script)
    program.chmod(0o755)


def ending(machine: Path, code: int, result: dict[str, Any] | None = None) -> None:
    java(machine, f"echo words >&2\ncat <<'END'\n{json.dumps(result)}\nEND\nexit {code}" if result else f"exit {code}")


def operator(**kwargs: Any) -> JarOperator:
    return JarOperator(task_id="register", command="register", env={"MLOPS_DATE": "2026-01-02"}, **kwargs)


def test_success_gives_the_result_and_hands_the_date_over(machine: Path) -> None:
    result = {"stage": "register", "date": "2026-01-02", "model": "credit", "version": 3, "promoted": True}
    ending(machine, 0, result)
    champion = Asset("champion")
    task = Task(operator(outlets=[champion]))
    assert task.run() == result
    assert task.events[champion].extra == {"run_date": "2026-01-02", "model": "credit", "version": 3}


def test_nothing_to_do_skips_with_the_reason_and_keeps_the_result(machine: Path) -> None:
    result = {"stage": "register", "date": "2026-01-02", "reason": "AUC 0.7 against 0.8"}
    ending(machine, 99, result)
    champion = Asset("champion")
    task = Task(operator(outlets=[champion]))
    with pytest.raises(AirflowSkipException, match=r"AUC 0\.7 against 0\.8"):
        task.run()
    assert task.pushed == {"return_value": result}
    assert task.events[champion].extra == {}


def test_a_champion_that_was_promoted_before_is_not_announced_again(machine: Path) -> None:
    result = {"stage": "register", "promoted": True, "promoted_before": True}
    ending(machine, 0, result)
    task = Task(operator(outlets=[Asset("champion")]))
    with pytest.raises(AirflowSkipException, match="earlier run of this date"):
        task.run()
    assert task.pushed == {"return_value": result}


def test_a_task_that_was_killed_after_promoting_announces_the_champion_when_it_is_tried_again(machine: Path) -> None:
    champion = Asset("champion")
    java(machine, "kill -KILL $$")
    with pytest.raises(AirflowException, match="ended by a signal"):
        Task(operator(outlets=[champion])).run()
    result = {"date": "2026-01-02", "model": "credit", "version": 3, "promoted": True, "promoted_before": False}
    ending(machine, 0, result)
    again = Task(operator(outlets=[champion]))
    assert again.run() == result
    assert again.events[champion].extra == {"run_date": "2026-01-02", "model": "credit", "version": 3}


@pytest.mark.parametrize("code", [1, 2, 3, 4, 130])
def test_what_stays_fails_at_once_with_the_commands_message(machine: Path, code: int) -> None:
    ending(machine, code, {"status": "failed", "exit_code": code, "error": "pipeline.yaml:3: unknown key"})
    task = Task(operator())
    with pytest.raises(AirflowFailException, match=f"register exited {code}, .*: pipeline.yaml:3: unknown key"):
        task.run()
    assert task.pushed["return_value"]["exit_code"] == code


def test_what_is_temporary_is_tried_again(machine: Path) -> None:
    ending(machine, 75, {"status": "failed", "exit_code": 75, "error": "the lock is held"})
    with pytest.raises(AirflowException, match="register exited 75, a temporary failure: the lock is held") as failure:
        Task(operator()).run()
    assert not isinstance(failure.value, AirflowFailException)


@pytest.mark.parametrize("signal", ["KILL", "TERM"])
def test_what_a_signal_ended_is_tried_again(machine: Path, signal: str) -> None:
    java(machine, f"kill -{signal} $$")
    with pytest.raises(AirflowException, match="ended by a signal") as failure:
        Task(operator()).run()
    assert not isinstance(failure.value, AirflowFailException)


def test_an_end_without_a_result_says_the_last_words(machine: Path) -> None:
    java(machine, "echo 'Error: could not create the Java Virtual Machine' >&2; exit 1")
    task = Task(operator())
    with pytest.raises(AirflowFailException, match="could not create the Java Virtual Machine"):
        task.run()
    assert task.pushed == {}


@pytest.mark.parametrize("variable", ["MLOPS_JAR", "MLOPS_HOME"])
def test_a_missing_variable_is_named(machine: Path, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    ending(machine, 0, {})
    monkeypatch.delenv(variable)
    with pytest.raises(AirflowFailException, match=f"{variable} must name"):
        Task(operator()).run()


def test_a_time_limit_ends_the_command_for_good_though_it_will_not_listen(machine: Path, tmp_path: Path) -> None:
    from airflow.sdk.execution_time.timeout import timeout

    java(machine, f"trap '' TERM\necho $$ > {tmp_path}/pid\nwhile true; do sleep 0.1; done")
    task = Task(operator(), {"time_limit_minutes": 0.02})
    task.operator.pre_execute(task.context)
    limit = task.operator.execution_timeout
    assert limit
    with (
        pytest.raises(AirflowFailException, match=r"longer than its time limit, 0:00:01\.2"),
        timeout(int(limit.total_seconds())),
    ):
        task.run()
    pid = int((tmp_path / "pid").read_text())
    time.sleep(0.2)
    process = task.operator.subprocess_hook.sub_process
    assert process is not None
    process.wait(5)
    assert not Path(f"/proc/{pid}").exists() or os.name != "posix"


def test_a_run_that_begins_later_leaves_the_stages_before_out(machine: Path) -> None:
    ending(machine, 0, {"stage": "any"})
    env = {"MLOPS_DATE": "2026-01-02"}
    with pytest.raises(AirflowSkipException, match="begins with evaluate"):
        Task(StageOperator(stage="train", env=env), {"from_stage": "evaluate"}).run()
    for stage in ("evaluate", "register"):
        assert Task(StageOperator(stage=stage, env=env), {"from_stage": "evaluate"}).run() == {"stage": "any"}


@pytest.mark.parametrize(
    ("result", "address"),
    [({"tracking_url": "http://mlflow/#/run"}, "http://mlflow/#/run"), ({"tracking_url": None}, ""), ({}, "")],
)
def test_the_link_leads_to_the_run_where_there_is_one(machine: Path, result: dict[str, Any], address: str) -> None:
    ending(machine, 0, {"stage": "train", **result})
    task = Task(operator())
    task.run()
    assert TrackingLink().get_link(task.operator, ti_key=None) == address  # type: ignore[arg-type]


HOSTILE = ["$(touch x)", "`touch x`", "'; touch x; '", '"; touch x; "', "{{7*7}}", "${HOME}", "a b  c", "*", "\\n$x"]


def test_values_reach_the_jar_as_they_are_and_nothing_is_executed(machine: Path) -> None:
    java(machine, 'printf "%s\\0" "$@"')
    env = {
        **os.environ,
        "MLOPS_COMMAND": "train",
        "MLOPS_DATE": "$(touch x)",
        "MLOPS_FORCE": "$(touch x)",
        "MLOPS_FAIL_ON_REJECT": "`touch x`",
        "MLOPS_JAVA_OPTS": "-Xmx1g -Da=$(touch${IFS}x)",
        "MLOPS_OVERRIDES": "\n".join(f"name={value}" for value in HOSTILE),
    }
    done = subprocess.run(["bash", SCRIPT], env=env, cwd=machine, capture_output=True, text=True, check=True)
    arguments = done.stdout.split("\0")[:-1]
    assert arguments[:3] == ["-Xmx1g", "-Da=$(touch${IFS}x)", "-jar"]
    assert arguments[4:11] == ["train", "--home", str(machine), "--date", "$(touch x)", "--force", "--fail-on-reject"]
    assert arguments[11:] == [part for value in HOSTILE for part in ("--set", f"name={value}")]
    assert not (machine / "x").exists()
