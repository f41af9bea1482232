"""The operators that run one command of the jar."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from contextlib import suppress
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from airflow.providers.standard.hooks.subprocess import SubprocessHook
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import BaseOperatorLink, TriggerRule
from airflow.sdk.bases.xcom import BaseXCom
from airflow.sdk.exceptions import (
    AirflowException,
    AirflowFailException,
    AirflowSkipException,
    AirflowTaskTimeout,
)

from mlops_pipeline.command import SCRIPT
from mlops_pipeline.exit_codes import NOTHING_TO_DO, is_temporary, meaning
from mlops_pipeline.stages import STAGES, task_id

if TYPE_CHECKING:
    from airflow.providers.standard.hooks.subprocess import SubprocessResult
    from airflow.sdk import BaseOperator, Context
    from airflow.sdk.types import TaskInstanceKey

# Airflow ends a task's own process five seconds after it asked it to stop; the command must be gone before.
SECONDS_TO_STOP = 4


class RememberingHook(SubprocessHook):
    """Keeps how the command ended, which the exceptions of the bash operator do not carry."""

    ended: SubprocessResult | None = None

    def run_command(self, *args: Any, **kwargs: Any) -> SubprocessResult:
        """Runs the command."""
        self.ended = super().run_command(*args, **kwargs)
        return self.ended


class TrackingLink(BaseOperatorLink):
    """Leads from a task to its run in MLflow."""

    name = "MLflow run"

    def get_link(self, operator: BaseOperator, *, ti_key: TaskInstanceKey) -> str:
        """The address that the command's result names; empty where nothing was tracked."""
        return operator.result.get("tracking_url") or "" if isinstance(operator, JarOperator) else ""


class JarOperator(BashOperator):
    """Runs one command of the jar; its JSON result is the task's XCom, however the command ended.

    "Nothing to do" shows as skipped; what is temporary is tried again; everything else fails at once.
    """

    operator_extra_links = (TrackingLink(),)

    def __init__(self, *, command: str, env: dict[str, str], **kwargs: Any) -> None:
        super().__init__(
            bash_command=SCRIPT,
            env={"MLOPS_COMMAND": command, **env},
            append_env=True,
            skip_on_exit_code=NOTHING_TO_DO,
            **{"retries": 3, "retry_exponential_backoff": 2, "max_retry_delay": timedelta(minutes=30), **kwargs},
        )
        self.command = command

    @cached_property
    def subprocess_hook(self) -> RememberingHook:
        """Runs the command."""
        return RememberingHook()

    @property
    def result(self) -> dict[str, Any]:
        """The command's JSON result; empty where it ended without one."""
        ended = self.subprocess_hook.ended
        with suppress(json.JSONDecodeError):
            parsed = json.loads(ended.output) if ended else None
            if isinstance(parsed, dict):
                return parsed
        return {}

    def pre_execute(self, context: Context) -> None:
        """Sets the limit that a person asked for."""
        minutes = context["params"].get("time_limit_minutes")
        if minutes is not None:
            self.execution_timeout = timedelta(minutes=minutes)

    def execute(self, context: Context) -> dict[str, Any]:
        """Runs the command."""
        try:
            super().execute(context)
        except AirflowTaskTimeout:
            self.on_kill()
            raise AirflowFailException(
                f"{self.command} was stopped: it took longer than its time limit, {self.execution_timeout}"
            ) from None
        except AirflowSkipException:
            self._push(context)
            raise AirflowSkipException(self.result.get("reason", "nothing to do")) from None
        except AirflowException as error:
            self._push(context)
            raise self._failure(error) from None
        if self.result.get("promoted_before"):
            # The asset must not be updated again.
            self._push(context)
            raise AirflowSkipException("the champion had been promoted by an earlier run of this date")
        for asset in self.outlets:
            context["outlet_events"][asset].extra = {
                "run_date": self.result.get("date"),
                "model": self.result.get("model"),
                "version": self.result.get("version"),
            }
        return self.result

    def on_kill(self) -> None:
        """Asks the command to stop, and makes sure that it does."""
        process = self.subprocess_hook.sub_process
        if process is None:
            return
        with suppress(ProcessLookupError):
            super().on_kill()
            try:
                process.wait(SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)

    def _push(self, context: Context) -> None:
        """Airflow itself keeps a result only where the task succeeds."""
        if self.result:
            context["ti"].xcom_push(key=BaseXCom.XCOM_RETURN_KEY, value=self.result)

    def _failure(self, error: AirflowException) -> AirflowException:
        ended = self.subprocess_hook.ended
        if ended is None:
            return error
        said = self.result.get("error") or ended.output or "it said nothing; see the log above"
        message = f"{self.command} exited {ended.exit_code}, {meaning(ended.exit_code)}: {said}"
        return AirflowException(message) if is_temporary(ended.exit_code) else AirflowFailException(message)


class StageOperator(JarOperator):
    """Runs one stage of the pipeline, unless the run begins with a later one."""

    def __init__(self, *, stage: str, env: dict[str, str], **kwargs: Any) -> None:
        super().__init__(
            task_id=task_id(stage),
            command=stage,
            env=env,
            # A stage that the run leaves out must not take the following ones with it.
            trigger_rule=TriggerRule.NONE_FAILED,
            **kwargs,
        )

    def execute(self, context: Context) -> dict[str, Any]:
        """Runs the stage."""
        first = context["params"].get("from_stage") or STAGES[0]
        if STAGES.index(self.command) < STAGES.index(first):
            raise AirflowSkipException(f"the run begins with {first}; what {self.command} left before is used")
        return super().execute(context)
