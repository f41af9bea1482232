"""Uses a model in the other ways that MLflow has: predicts in its own process, evaluates, serves.

Usage: served.py MODEL TABLE TARGET RESULT. RESULT gets what came out, as JSON.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import mlflow
import pandas as pd

ROWS = 50
SECONDS = 120


def predicted(model: str, rows: pd.DataFrame) -> Any:
    """What ``mlflow models predict`` gives."""
    answer = Path("predicted.json").absolute()
    mlflow.models.predict(model, input_data=rows, output_path=str(answer), env_manager="local")
    return json.loads(answer.read_text(encoding="utf-8"))["predictions"]


def evaluated(model: str, rows: pd.DataFrame, target: str) -> dict[str, float]:
    """What ``mlflow.evaluate`` measures."""
    mlflow.set_tracking_uri("sqlite:///mlflow.db")
    with mlflow.start_run():
        result = mlflow.models.evaluate(
            model,
            rows,
            targets=target,
            model_type="classifier",
            # Its explainer knows numbers only.
            evaluator_config={"log_model_explainability": False},
            model_config={"probabilities": False},
        )
    return {name: float(value) for name, value in result.metrics.items()}


def served(model: str, rows: pd.DataFrame) -> dict[str, Any]:
    """What ``mlflow models serve`` answers to rows, to the example, and to a row that lacks columns."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*(sys.executable, "-m", "mlflow", "models", "serve"), "-m", model, "--env-manager", "local"]
    scripts = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    with Path("serve.log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port)],
            stdout=log,
            stderr=log,
            env={**os.environ, "PATH": scripts},
            start_new_session=True,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(f"{url}/ping", server)
        split = json.loads(rows.to_json(orient="split", index=False))
        example = json.loads((Path(model) / "serving_input_example.json").read_text(encoding="utf-8"))
        return {
            "rows": ask(url, {"dataframe_split": split}),
            "sets": ask(url, {"dataframe_split": split, "params": {"intervals": 0.8}}),
            "example": ask(url, example),
            "lacking": ask(url, {"dataframe_records": [{rows.columns[0]: 1}]}),
        }
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    """Waits until a server answers."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the server did not start:\n" + Path("serve.log").read_text(encoding="utf-8"))


def ask(url: str, body: dict[str, Any]) -> dict[str, Any]:
    """A server's status and answer."""
    request = urllib.request.Request(
        f"{url}/invocations", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            return {"status": answer.status, "body": json.load(answer)}
    except urllib.error.HTTPError as error:
        return {"status": error.code, "body": json.load(error)}


def main(model: str, table: str, target: str, result: str) -> None:
    """Writes what came out."""
    rows = pd.read_csv(table)
    some = rows.drop(columns=target).head(ROWS)
    answers = {
        "predicted": predicted(model, some),
        "evaluated": evaluated(model, rows, target),
        "served": served(model, some),
    }
    Path(result).write_text(json.dumps(answers), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
