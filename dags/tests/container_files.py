"""Reads the compose file, its variables and the Dockerfile."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

TOP = Path(__file__).resolve().parents[2]
VARIABLE = re.compile(r"(?<!\$)\$\{(\w+)(?:(:-|:\?)([^}]*))?\}")


def variables(env_file: Path) -> dict[str, str]:
    """The values of an .env file."""
    lines = [line for line in env_file.read_text().splitlines() if line and not line.startswith("#")]
    return {name: value for name, value in (line.split("=", 1) for line in lines)}


def compose(values: dict[str, str]) -> dict[str, Any]:
    """The compose file with its variables' values; fails where one that it demands is absent."""

    def value(match: re.Match[str]) -> str:
        name, operator, argument = match.groups()
        if values.get(name):
            return values[name]
        if operator == ":-":
            return str(argument)
        raise ValueError(f"{name}: {argument}")

    text = VARIABLE.sub(value, (TOP / "docker-compose.yml").read_text()).replace("$$", "$")
    return dict(yaml.safe_load(text))


@dataclass
class Copy:
    """What a COPY brings, from another stage or from the checkout."""

    stage: str | None
    sources: list[str]
    target: str


@dataclass
class Stage:
    """A stage of the Dockerfile, without its RUN instructions."""

    base: str
    copies: list[Copy] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    folder: str = "/"
    user: str = ""


def stages() -> dict[str, Stage]:
    """The stages of the Dockerfile, in order."""
    found: dict[str, Stage] = {}
    for line in (TOP / "Dockerfile").read_text().replace("\\\n", " ").splitlines():
        instruction, _, rest = line.partition(" ")
        if instruction == "FROM":
            base, _, name = rest.partition(" AS ")
            stage = found[name] = Stage(base)
        elif instruction == "COPY":
            words = rest.split()
            other = words.pop(0).removeprefix("--from=") if words[0].startswith("--from=") else None
            stage.copies.append(Copy(other, words[:-1], words[-1]))
        elif instruction == "ENV":
            for part in shlex.split(rest):
                name, _, value = part.partition("=")
                stage.environment[name] = value
        elif instruction == "WORKDIR":
            stage.folder = rest
        elif instruction == "USER":
            stage.user = rest
    return found
