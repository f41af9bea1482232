"""The compose file and the Dockerfile against the checkout and the programs that they name."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
from fnmatch import fnmatch
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import mlflow.environment_variables
import pytest
from airflow.cli.cli_parser import get_parser
from airflow.configuration import conf
from cryptography.fernet import Fernet
from docker.utils.build import exclude_paths  # type: ignore[import-untyped]
from mlflow.cli import cli as mlflow_cli

from tests.container_files import TOP, VARIABLE, compose, stages, variables

EXAMPLE = variables(TOP / ".env.example")
VALUES = {name: value or f"value-of-{name}" for name, value in EXAMPLE.items()}
SERVICES: dict[str, Any] = compose(VALUES)["services"]
STAGES = stages()
SECRET = re.compile(r"PASSWORD|SECRET|_KEY$|CONN$")
SERVERS = [name for name, service in SERVICES.items() if service["restart"] != "no"]


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=TOP, capture_output=True, text=True, check=True)
    return listed.stdout.splitlines()


def locked(file: str) -> dict[str, set[str]]:
    """The versions of a lock; which of several holds is a matter of the Python version."""
    versions: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", (TOP / file).read_text(), re.MULTILINE):
        versions.setdefault(name, set()).add(version)
    return versions


def copied(stage: str) -> dict[str, str]:
    return {source: one.target for one in STAGES[stage].copies if not one.stage for source in one.sources}


def listening(name: str) -> set[int]:
    """The ports that a service listens on."""
    if name == "mlflow":
        return {int(word.removeprefix("--port=")) for word in SERVICES[name]["command"] if word.startswith("--port=")}
    if name == "airflow-api-server":
        return {conf.getint("api", "port")}
    if SERVICES[name].get("environment", {}).get("AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK") == "True":
        return {conf.getint("scheduler", "scheduler_health_check_server_port")}
    return {5432} if name == "postgres" else set()


def values_of(name: str) -> dict[str, str]:
    return dict(SERVICES[name].get("environment", {}))


# The Dockerfile


def test_what_is_copied_is_in_the_checkout() -> None:
    files = tracked()
    sources = [source for stage in STAGES.values() for one in stage.copies if not one.stage for source in one.sources]
    sources += re.findall(r"type=bind,source=([^,]+),", (TOP / "Dockerfile").read_text())
    assert len(sources) == 6
    for source in sources:
        assert source == "." or any(fnmatch(file, source) or file.startswith(f"{source}/") for file in files), source


def test_what_another_stage_gives_is_made_there() -> None:
    names, jar = list(STAGES), "pipeline-cli/target/pipeline-cli.jar"
    assert f"<outputFile>${{project.build.directory}}/{Path(jar).name}<" in (TOP / "pipeline-cli/pom.xml").read_text()
    made = re.findall(r"--output (\S+)", (TOP / "Dockerfile").read_text())
    made += [f"{STAGES['build'].folder}/{file}" for file in [jar, *tracked()]]
    for name, stage in STAGES.items():
        for one in stage.copies:
            if one.stage:
                assert one.stage in names[: names.index(name)]
                assert set(one.sources) <= set(made)


def test_the_dags_come_with_all_that_they_import() -> None:
    files = copied("airflow")
    assert "dags/*.py" in files
    for dag in (TOP / "dags").glob("*.py"):
        for node in ast.walk(ast.parse(dag.read_text())):
            package = node.module.split(".")[0] if isinstance(node, ast.ImportFrom) and node.module else ""
            if (TOP / "dags" / package).is_dir() and package:
                assert files.get(f"dags/{package}") == f"/opt/airflow/dags/{package}"


def test_the_build_sees_what_git_holds_and_nothing_else(tmp_path: Path) -> None:
    held = [*tracked(), ".git/HEAD"]
    others = [
        ".env",
        "data/customers.csv",
        "runs/2026-01-01/run.json",
        ".mlops/cache/x",
        ".venv/bin/python",
        "dags/mlops_pipeline/__pycache__/x.pyc",
        "pipeline-cli/target/pipeline-cli.jar",
    ]
    for file in [*held, *others]:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    patterns = [line for line in (TOP / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]
    seen = {path for path in exclude_paths(str(tmp_path), patterns) if (tmp_path / path).is_file()}
    assert {path for path in seen if path != "Dockerfile"} == {path for path in held if path != "Dockerfile"}


def test_base_images_are_named_with_a_full_version() -> None:
    images = [stage.base for stage in STAGES.values()]
    images += [service["image"] for service in SERVICES.values()]
    for image in images:
        assert re.fullmatch(r"[\w./-]+:\d+\.\d+(\.\d+)?[\w.-]*", image), image


def test_no_image_runs_as_root() -> None:
    for name, stage in STAGES.items():
        assert name == "build" or re.fullmatch(r"[1-9]\d*:0", stage.user), name
    for name, service in SERVICES.items():
        user = service.get("user") or STAGES[service["build"]["target"]].user
        assert user.split(":")[0] not in ("", "0", "root"), name


# Versions


def test_versions_are_those_of_the_locks() -> None:
    project, server = locked("dags/requirements.lock"), locked("docker/mlflow.lock")
    (airflow,), (mlflow_version,) = project["apache-airflow"], project["mlflow"]
    assert STAGES["airflow"].base == f"apache/airflow:{airflow}-python3.11"
    assert SERVICES["airflow-scheduler"]["image"] == f"mlops-airflow:{airflow}"
    assert SERVICES["mlflow"]["image"] == f"mlops-mlflow:{mlflow_version}"
    assert server.keys() - project.keys() == {"psycopg2-binary"}
    assert {name: versions for name, versions in server.items() if not versions <= project.get(name, versions)} == {}


def test_java_and_python_are_those_of_the_project() -> None:
    release = re.search(r"<maven.compiler.release>(\d+)<", (TOP / "pom.xml").read_text())
    version = re.search(r"<version>([\d.]+)</version>", (TOP / "pom.xml").read_text())
    assert release and version
    assert STAGES["build"].base.startswith(f"eclipse-temurin:{release[1]}.")
    assert STAGES["mlflow"].base.startswith("python:3.11.")
    assert SERVICES["mlops"]["image"] == f"mlops:{version[1]}"


# Variables and secrets


def test_every_variable_is_in_the_example_and_used() -> None:
    used = {match[1] for match in VARIABLE.finditer((TOP / "docker-compose.yml").read_text())}
    assert used == set(EXAMPLE)


def test_secrets_have_no_value_in_any_file() -> None:
    text = (TOP / "docker-compose.yml").read_text()
    for name, operator, _ in VARIABLE.findall(text):
        if SECRET.search(name):
            assert operator == ":?", name
            assert EXAMPLE[name] == "", name
    for name, value in re.findall(r"^ +(\w+): (.+)$", text, re.MULTILINE):
        if SECRET.search(name):
            assert VARIABLE.search(value), name
    for stage in STAGES.values():
        assert not [name for name in stage.environment if SECRET.search(name)]


def test_an_absent_secret_is_demanded_by_name() -> None:
    secrets = [name for name, value in EXAMPLE.items() if value == ""]
    assert len(secrets) > 5
    for name in [*secrets, "MLOPS_PROJECT"]:
        with pytest.raises(ValueError, match=f"^{name}: run docker/make-env"):
            compose({other: value for other, value in VALUES.items() if other != name})


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "docker").mkdir()
    for file in (".env.example", "docker/make-env"):
        shutil.copy(TOP / file, tmp_path / file)
    return tmp_path


def test_make_env_fills_in_what_is_empty(checkout: Path) -> None:
    subprocess.run([checkout / "docker/make-env"], check=True)
    first = variables(checkout / ".env")
    assert (checkout / ".env").stat().st_mode & 0o777 == 0o600
    assert list(first) == list(EXAMPLE)
    for name, value in EXAMPLE.items():
        if value == "":
            assert re.fullmatch(r"[\w=-]{44,64}", first[name]), name
        elif name != "AIRFLOW_UID":
            assert first[name] == value
    assert len({first[name] for name, value in EXAMPLE.items() if value == ""}) == list(EXAMPLE.values()).count("")
    Fernet(first["AIRFLOW_FERNET_KEY"])
    assert first["AIRFLOW_UID"] == (str(os.getuid()) if os.getuid() else EXAMPLE["AIRFLOW_UID"])

    (checkout / ".env").unlink()
    subprocess.run([checkout / "docker/make-env"], check=True)
    assert variables(checkout / ".env")["AIRFLOW_FERNET_KEY"] != first["AIRFLOW_FERNET_KEY"]


def test_make_env_never_overwrites(checkout: Path) -> None:
    (checkout / ".env").write_text("mine\n")
    refused = subprocess.run([checkout / "docker/make-env"], capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert ".env exists" in refused.stderr
    assert (checkout / ".env").read_text() == "mine\n"


# What the programs accept


@pytest.mark.parametrize("name", [name for name in SERVICES if name.startswith("airflow-")])
def test_airflow_accepts_its_commands(name: str) -> None:
    command, checks = SERVICES[name]["command"], SERVICES[name].get("healthcheck", {}).get("test", [])
    lines = [part.split() for part in command[2].split("&&")] if command[0] == "bash" else [["airflow", *command]]
    lines += [checks[1:]] if "airflow" in checks else []
    for line in lines:
        # Users are a command of the auth manager that the image brings.
        if line[1] != "users":
            get_parser().parse_args(line[1:])


def test_mlflow_accepts_its_command() -> None:
    program, command, *arguments = SERVICES["mlflow"]["command"]
    assert program == "mlflow"
    context = mlflow_cli.commands[command].make_context(command, arguments)
    assert context.params["serve_artifacts"] is True
    assert context.params["allowed_hosts"].split(",")[0] == "mlflow:*"


def test_airflow_and_mlflow_know_the_variables() -> None:
    options = {
        f"AIRFLOW__{section.upper()}__{option.upper()}"
        for section, described in conf.configuration_description.items()
        for option in described["options"]
    }
    for name in SERVICES:
        for variable in values_of(name):
            if variable.startswith("AIRFLOW__"):
                assert variable in options
            elif variable.startswith("MLFLOW_"):
                assert variable in dir(mlflow.environment_variables) or variable.startswith("MLFLOW_DB_")
    assert all(hasattr(mlflow.environment_variables, name) for name in STAGES["mlflow"].environment)


# How the services find each other


def test_ports_are_listened_on_and_published_to_this_machine_only() -> None:
    for name, service in SERVICES.items():
        for port in service.get("ports", []):
            host, _, target = port.split(":")
            assert host == "127.0.0.1"
            assert int(target) in listening(name)
        for word in service.get("healthcheck", {}).get("test", []):
            for url in re.findall(r"http://[^'\" ]+", word):
                assert urlsplit(url).port in listening(name), name


def test_addresses_lead_to_services() -> None:
    found = 0
    for name in SERVICES:
        for value in values_of(name).values():
            address = urlsplit(value)
            if address.scheme and address.hostname and address.hostname != "localhost":
                assert address.port in listening(address.hostname)
                found += 1
    assert found >= 5
    assert values_of("mlflow")["PGHOST"] in SERVICES
    allowed = next(word for word in SERVICES["mlflow"]["command"] if word.startswith("--allowed-hosts="))
    assert f"{urlsplit(values_of('mlops')['MLFLOW_TRACKING_URI']).hostname}:*" in allowed


def test_databases_are_made_for_those_who_use_them() -> None:
    made = (TOP / "docker" / "databases.sql").read_text()
    assert set(re.findall(r"^\\getenv \w+ (\w+)$", made, re.MULTILINE)) < set(values_of("postgres"))
    airflow = urlsplit(values_of("airflow-scheduler")["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"])
    store = next(word for word in SERVICES["mlflow"]["command"] if word.startswith("--backend-store-uri="))
    users = (TOP / "docker" / "mlflow-auth.ini").read_text()
    database = store.rpartition("/")[2]
    assert f"\ndatabase_uri = {store.partition('=')[2]}\n" in users
    for user, name in [(airflow.username, airflow.path[1:]), (values_of("mlflow")["PGUSER"], database)]:
        assert f"CREATE ROLE {user} LOGIN" in made
        assert f"CREATE DATABASE {name} OWNER {user};" in made
    mounted = [volume for volume in SERVICES["postgres"]["volumes"] if volume.startswith("./docker/databases.sql:")]
    assert mounted == ["./docker/databases.sql:/docker-entrypoint-initdb.d/databases.sql:ro"]


def test_the_pipeline_finds_its_jar_and_its_project() -> None:
    airflow = STAGES["airflow"]
    jars = [one.target for one in airflow.copies if "pipeline-cli.jar" in one.sources[-1]]
    assert airflow.environment["MLOPS_JAR"] == f"{jars[0]}pipeline-cli.jar"
    assert any(one.target == airflow.environment["JAVA_HOME"] for one in airflow.copies)
    for name in ("airflow-scheduler", "mlops"):
        projects = [volume for volume in SERVICES[name]["volumes"] if isinstance(volume, dict)]
        assert [project["target"] for project in projects] == [airflow.environment["MLOPS_HOME"]]
        assert values_of(name).keys() >= {"MLFLOW_TRACKING_URI", "MLFLOW_TRACKING_USERNAME", "MLFLOW_TRACKING_PASSWORD"}
    assert STAGES["mlops"].folder == airflow.environment["MLOPS_HOME"]
    assert values_of("mlops")["MLFLOW_TRACKING_PASSWORD"] == values_of("mlflow")["MLFLOW_AUTH_ADMIN_PASSWORD"]


def test_volumes_are_declared_and_where_the_programs_write() -> None:
    named = {
        volume.split(":")[0]: volume.split(":")[1]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
        if isinstance(volume, str) and not volume.startswith(".")
    }
    assert set(named) == set(compose(VALUES)["volumes"])
    assert f"--artifacts-destination={named['mlflow-artifacts']}" in SERVICES["mlflow"]["command"]
    assert f"install -d -o mlflow -g 0 -m 775 {named['mlflow-artifacts']}\n" in (TOP / "Dockerfile").read_text()
    assert named["airflow-logs"] == "/opt/airflow/logs"
    assert named["postgres"] == "/var/lib/postgresql/data"


# How they live


@pytest.mark.parametrize("name", list(SERVICES))
def test_every_service_is_bounded_and_has_no_privilege(name: str) -> None:
    service = SERVICES[name]
    assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory"}
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["restart"] in ("unless-stopped", "no")
    assert {"max-size", "max-file"} <= set(service["logging"]["options"])
    assert "build" not in service or service["build"]["target"] in STAGES


def test_every_server_has_a_health_check_that_others_wait_for() -> None:
    assert len(SERVERS) == 5
    for name in SERVERS:
        assert SERVICES[name]["healthcheck"]["test"][0] == "CMD", name
        for other, how in SERVICES[name].get("depends_on", {}).items():
            healthy = "service_healthy" if other in SERVERS else "service_completed_successfully"
            assert how == {"condition": healthy}, f"{name} on {other}"
    assert set(SERVICES["airflow-scheduler"]["depends_on"]) == set(SERVICES) - {
        "airflow-scheduler",
        "airflow-dag-processor",
        "mlops",
    }
