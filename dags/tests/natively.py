"""Runs the services of docker-compose.yml on this machine, without an engine, and trains once through them.

Each service runs with the file's command, environment, user and health check, at the file's host names, ports and
paths, in a network and a root file system of its own that vanish with it. What the base images bring (PostgreSQL, Java,
Airflow and its providers) comes from this machine, and so do the packages of the MLflow image, from its lock.
Needs Linux and root; docs/how-to/run-with-docker.md shows the call.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.container_files import TOP, Copy, compose, stages, variables

PATIENCE = 300
AIRFLOW_USER = (50000, 0)
POSTGRES_USER = (50001, 50001)
Service = dict[str, Any]

# As the entry point of the image: makes the cluster, runs the scripts, then serves.
POSTGRES = """\
set -eu
printf '%s' "$POSTGRES_PASSWORD" > /tmp/password
initdb -U postgres --pwfile=/tmp/password --encoding=UTF8 --auth-host=scram-sha-256 --auth-local=trust
pg_ctl -w -o "-c listen_addresses= -c unix_socket_directories=/tmp" start
for script in /docker-entrypoint-initdb.d/*.sql; do
    psql -h /tmp -U postgres -v ON_ERROR_STOP=1 --no-psqlrc -f "$script"
done
pg_ctl -w stop
exec postgres -c listen_addresses='*' -c unix_socket_directories=/tmp
"""


class Container(NamedTuple):
    """Who runs what, where and with which environment."""

    user: tuple[int, int]
    folder: str
    environment: dict[str, str]
    command: list[str]

    def start(self, command: list[str], **options: Any) -> subprocess.Popen[bytes]:
        """Starts a command as the container would."""
        program = shutil.which(command[0], path=self.environment["PATH"])
        if program is None:
            sys.exit(f"{command[0]} is not on {self.environment['PATH']}")
        user, group = self.user
        return subprocess.Popen(
            [program, *command[1:]],
            env=self.environment,
            cwd=self.folder,
            user=user,
            group=group,
            extra_groups=[],
            umask=0o002,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **options,
        )


class Stack:
    """The services, started in the order of their dependencies."""

    def __init__(self, services: dict[str, Service], options: argparse.Namespace) -> None:
        self.services, self.options = services, options
        self.containers = {name: self.container(service) for name, service in services.items()}
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.began: dict[str, float] = {}
        self.done: set[str] = set()

    def container(self, service: Service) -> Container:
        """What the image and the file say."""
        environment = service.get("environment", {})
        if "build" not in service:
            path = f"{self.options.postgres}:/usr/bin:/bin"
            data = next(volume.split(":")[1] for volume in service["volumes"] if volume.startswith("postgres:"))
            return Container(POSTGRES_USER, data, {"PATH": path, "PGDATA": data, **environment}, ["sh", "-c", POSTGRES])
        name = service["build"]["target"]
        image = stages()[name]
        programs = {"airflow": self.options.airflow / "bin", "mlflow": self.options.mlflow / "bin"}.get(name, "")
        base = {"PATH": f"{programs}:/usr/bin:/bin", "HOME": "/home/airflow", "AIRFLOW_HOME": "/opt/airflow"}
        environment = base | image.environment | environment
        environment["PATH"] = environment["PATH"].replace("$PATH", base["PATH"])
        user, group = service.get("user", image.user).split(":")
        command = service.get("command", [])
        if name == "airflow" and command[0] not in ("bash", "python", "airflow"):
            command = ["airflow", *command]
        return Container((int(user), int(group)), image.folder, environment, command)

    def up(self) -> None:
        """Starts what has no profile, and waits until all of it is healthy."""
        for name, service in self.services.items():
            if not service.get("profiles"):
                self.start(name)
        for name in self.running:
            self.wait(name, "service_healthy")

    def start(self, name: str) -> None:
        """Starts a service after those that it depends on."""
        if name in self.running:
            return
        for other, how in self.services[name].get("depends_on", {}).items():
            self.start(other)
            self.wait(other, how["condition"])
        self.began[name] = time.monotonic()
        with self.log(name).open("wb") as log:
            container = self.containers[name]
            self.running[name] = container.start(container.command, stdout=log)

    def wait(self, name: str, condition: str) -> None:
        """Waits until a service is healthy, or has ended well."""
        if name in self.done:
            return
        service, process = self.services[name], self.running[name]
        while time.monotonic() < self.began[name] + PATIENCE:
            code = process.poll()
            if code is not None and not (code == 0 and service["restart"] == "no"):
                sys.exit(f"{name} ended with {code}:\n{self.last_words(name)}")
            if code == 0 or (condition == "service_healthy" and self.healthy(name)):
                state = "healthy" if code is None else "done"
                print(f"{name}: {state} after {time.monotonic() - self.began[name]:.0f} s")
                self.done.add(name)
                return
            time.sleep(1)
        sys.exit(f"{name} is not healthy after {PATIENCE} s:\n{self.last_words(name)}")

    def healthy(self, name: str) -> bool:
        """Runs the health check, where there is one."""
        check = self.services[name].get("healthcheck")
        return (
            check is not None and self.containers[name].start(check["test"][1:], stdout=subprocess.DEVNULL).wait() == 0
        )

    def log(self, name: str) -> Path:
        """Where a service's output goes."""
        return Path("/tmp") / f"{name}.log"

    def last_words(self, name: str) -> str:
        """The end of a service's output."""
        return self.log(name).read_text(errors="replace")[-4000:]

    def down(self) -> None:
        """Ends all services, the last one started first."""
        for process in reversed(self.running.values()):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(30)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)


class Server:
    """A server's REST API."""

    def __init__(self, address: str, **headers: str) -> None:
        self.address, self.headers = address, headers

    def call(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        """The JSON that a call answers with; bytes are sent and given back as they are."""
        data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        kind = {"Content-Type": "application/octet-stream" if isinstance(body, bytes) else "application/json"}
        request = Request(self.address + path, data, kind | self.headers | headers, method=method)
        with urlopen(request, timeout=60) as answer:
            content = answer.read()
        return json.loads(content) if answer.headers.get_content_type() == "application/json" else content

    def status(self, path: str, body: object = None, **headers: str) -> int:
        """The code that a request is answered with."""
        try:
            self.call("GET" if body is None else "POST", path, body, **headers)
        except HTTPError as error:
            return error.code
        return 200


def trains(password: str, date: str) -> bool:
    """Has Airflow run daily_training for a date, beside what its schedule starts; says whether all runs succeeded."""
    airflow = Server("http://airflow-api-server:8080")
    token = airflow.call("POST", "/auth/token", {"username": "admin", "password": password})["access_token"]
    airflow.headers["Authorization"] = f"Bearer {token}"
    dag = "/api/v2/dags/daily_training"
    until = time.monotonic() + PATIENCE
    while airflow.status(dag) == 404 and time.monotonic() < until:
        time.sleep(1)
    airflow.call("PATCH", f"{dag}?update_mask=is_paused", {"is_paused": False})
    airflow.call("POST", f"{dag}/dagRuns", {"logical_date": None, "conf": {"run_date": date}})
    runs = []
    while time.monotonic() < until:
        runs = airflow.call("GET", f"{dag}/dagRuns?order_by=start_date")["dag_runs"]
        if all(run["state"] in ("success", "failed") for run in runs):
            break
        time.sleep(1)
    for run in runs:
        tasks = airflow.call("GET", f"{dag}/dagRuns/{run['dag_run_id']}/taskInstances")["task_instances"]
        states = ", ".join(f"{task['task_id']} {task['state']} {task['duration'] or 0:.1f} s" for task in tasks)
        print(f"{run['dag_run_id']}: {run['state']} ({states})")
    return all(run["state"] == "success" for run in runs)


def tracks(mlflow: Server) -> bool:
    """Writes a run and an artifact through the proxy and reads it back; strangers and strange hosts are refused."""
    api = "/api/2.0/mlflow"
    experiment = mlflow.call("POST", f"{api}/experiments/create", {"name": "natively"})["experiment_id"]
    run = mlflow.call("POST", f"{api}/runs/create", {"experiment_id": experiment})["run"]["info"]
    path = "/api/2.0/mlflow-artifacts/artifacts/" + run["artifact_uri"].removeprefix("mlflow-artifacts:/") + "/some.bin"
    content = os.urandom(1_000_000)
    mlflow.call("PUT", path, content)
    listed = [file["path"] for file in mlflow.call("GET", f"{api}/artifacts/list?run_id={run['run_id']}")["files"]]
    search = (f"{api}/experiments/search", {"max_results": 1})
    checks = {
        "the artifact comes back": mlflow.call("GET", path) == content,
        "the artifact is listed": listed == ["some.bin"],
        "a stranger is refused": mlflow.status(*search, Authorization="") == 401,
        "a strange host is refused": mlflow.status(*search, Host="evil.test") == 403,
        "a page of its own is answered": mlflow.status(*search, Origin="http://mlflow:5000") == 200,
        "a strange page is refused": mlflow.status(*search, Origin="http://evil.test") == 403,
    }
    return all_hold(checks)


def recorded(mlflow: Server) -> bool:
    """Says whether MLflow holds what the training left: finished runs and a champion."""
    api = "/api/2.0/mlflow"
    experiments = mlflow.call("POST", f"{api}/experiments/search", {"max_results": 100})["experiments"]
    search = {"experiment_ids": [one["experiment_id"] for one in experiments if one["name"] != "natively"]}
    runs = mlflow.call("POST", f"{api}/runs/search", search).get("runs", [])
    models = mlflow.call("GET", f"{api}/registered-models/search").get("registered_models", [])
    champions = [
        alias["version"] for model in models for alias in model.get("aliases", []) if alias["alias"] == "champion"
    ]
    return all_hold({
        f"{len(runs)} runs are recorded, all of them finished": {run["info"]["status"] for run in runs} == {"FINISHED"},
        f"the champion is version {champions}": champions == ["1"],
    })


def all_hold(checks: dict[str, bool]) -> bool:
    """Prints checks and says whether all hold."""
    for check, holds in checks.items():
        print(f"mlflow: {check}: {'yes' if holds else 'NO'}")
    return all(checks.values())


def enter(work: Path, project: Path) -> None:
    """Makes a root file system over this machine's, whose changes stay in memory, and a network with loopback alone."""
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(work)], check=True)
    root, upper, working = work / "root", work / "upper", work / "work"
    for folder in (root, upper, working):
        folder.mkdir()
    layers = f"lowerdir=/,upperdir={upper},workdir={working}"
    subprocess.run(["mount", "-t", "overlay", "overlay", "-o", layers, str(root)], check=True)
    for folder in (Path("/dev"), project):
        subprocess.run(["mount", "--rbind", str(folder), str(root / folder.relative_to("/"))], check=True)
    os.chroot(root)
    os.chdir("/")
    subprocess.run(["mount", "-t", "proc", "proc", "/proc"], check=True)
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)


def furnish(services: dict[str, Service], built: dict[str, Path]) -> None:
    """Makes what images and volumes bring: users, host names, files and folders."""
    subprocess.run(["useradd", "--uid", "50000", "--gid", "0", "--create-home", "airflow"], check=True)
    subprocess.run(["useradd", "--uid", "50001", "postgres-of-compose"], check=True)
    # Virtual environments may lie in root's home; this opens it in this root file system only.
    Path("/root").chmod(0o755)
    folder("/opt/airflow", AIRFLOW_USER)
    with Path("/etc/hosts").open("a") as hosts:
        hosts.write(f"127.0.0.1 {' '.join(services)}\n")
    for stage in stages().values():
        copy([one for one in stage.copies if one.sources != ["."]], built)
    for service in services.values():
        owner = POSTGRES_USER if service.get("user") == "postgres" else AIRFLOW_USER
        for volume in service.get("volumes", []):
            mount_volume(volume, owner)


def copy(copies: list[Copy], built: dict[str, Path]) -> None:
    """Does what COPY says; what another stage built is where the caller says."""
    for one in copies:
        for source in one.sources:
            for path in [built[source]] if one.stage else sorted(TOP.glob(source)):
                into = Path(one.target) / Path(source if one.stage else path).name
                into = into if one.target.endswith("/") else Path(one.target)
                into.parent.mkdir(parents=True, exist_ok=True)
                if path.is_dir():
                    shutil.copytree(path, into, dirs_exist_ok=True)
                else:
                    shutil.copy(path, into)


def folder(path: str, owner: tuple[int, int]) -> None:
    """An empty folder of a user."""
    Path(path).mkdir(parents=True, exist_ok=True)
    Path(path).chmod(0o700 if owner == POSTGRES_USER else 0o775)
    os.chown(path, *owner)


def mount_volume(volume: str | dict[str, Any], owner: tuple[int, int]) -> None:
    """A named volume as an empty folder, a file of the checkout as a copy, the project as it is."""
    source, target = volume.split(":")[:2] if isinstance(volume, str) else (volume["source"], volume["target"])
    if source.startswith("/"):
        folder(target, owner)
        subprocess.run(["mount", "--bind", source, target], check=True)
    elif source.startswith("."):
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(TOP / source, target)
    else:
        folder(target, owner)


def check(options: argparse.Namespace) -> bool:
    """The check itself, as the first process of its namespaces."""
    enter(options.inside, options.project)
    values = variables(options.env) | {"MLOPS_PROJECT": str(options.project), "AIRFLOW_UID": str(AIRFLOW_USER[0])}
    services = compose(values)["services"]
    built = {
        "/opt/java": options.java,
        "/build/pipeline-cli/target/pipeline-cli.jar": options.jar,
        "/build/mlops": TOP / "mlops",
    }
    furnish(services, built)
    stack = Stack(services, options)
    try:
        stack.up()
        login = base64.b64encode(f"admin:{values['MLFLOW_ADMIN_PASSWORD']}".encode()).decode()
        mlflow = Server("http://mlflow:5000", Authorization=f"Basic {login}")
        return tracks(mlflow) and trains(values["AIRFLOW_ADMIN_PASSWORD"], options.date) and recorded(mlflow)
    finally:
        stack.down()


def main() -> None:
    """Reads the options and enters namespaces that end with their first process, and all in them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    add = parser.add_argument
    add("--project", type=Path, required=True, help="folder with pipeline.yaml and data; group 0 writes there")
    add(
        "--airflow",
        type=Path,
        required=True,
        help="virtual environment with Airflow and the providers fab and postgres",
    )
    add("--mlflow", type=Path, required=True, help="virtual environment made from docker/mlflow.lock")
    add("--postgres", type=Path, required=True, help="folder with initdb, pg_ctl and postgres")
    add("--java", type=Path, required=True, help="folder of a Java runtime")
    add("--jar", type=Path, default=TOP / "pipeline-cli" / "target" / "pipeline-cli.jar")
    add("--date", default="2026-01-01", help="the day to train for")
    add("--env", type=Path, default=TOP / ".env", help="file of variables")
    add("--inside", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        sys.exit(not check(options))
    with tempfile.TemporaryDirectory(prefix="natively-") as work:
        namespaces = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child"]
        this = [sys.executable, "-m", "tests.natively", *sys.argv[1:], "--inside", work]
        sys.exit(subprocess.run([*namespaces, *this], check=False).returncode)


if __name__ == "__main__":
    main()
