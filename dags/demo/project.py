"""A project on made-up loan applications that drift, one file a day."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

PREDICT = """
# What daily_scoring scores, and where the predictions go.
predict:
  source: "data/{date}.csv"
  output: "predictions/{date}.csv"
"""


class DemoProject:
    """The project's folder, and the jar that works in it."""

    def __init__(self, home: Path, jar: Path, rows: int) -> None:
        """Names the folder; nothing is written yet."""
        self.home = home
        self.jar = jar
        self.rows = rows

    def last_day(self) -> date:
        """The last day that the schedule of the DAGs has done with: an interval ends at three in the morning."""
        return (datetime.now(UTC) - timedelta(days=1, hours=3)).date()

    def has(self, day: date) -> bool:
        """Whether the day's file is there."""
        return self._file(day).exists()

    def is_new(self) -> bool:
        """Whether nothing has happened here yet."""
        return not (self.home / "pipeline.yaml").exists()

    def write(self, day: date) -> None:
        """Lets the day's file arrive, as the next of those that are there."""
        first = min((file.stem for file in self.home.glob("data/*.csv")), default=str(day))
        series = ["--days", "10000", "--from", first, "--drift", "0.3", "--date", str(day)]
        arriving = self._file(day).with_suffix(".part")
        arriving.parent.mkdir(parents=True, exist_ok=True)
        self._mlops("sample-data", "--rows", str(self.rows), *series, "--output", str(arriving))
        arriving.rename(self._file(day))

    def configure(self, day: date) -> None:
        """Writes the configuration, from what the day's file holds."""
        if self.is_new():
            yaml = self.home / "pipeline.yaml"
            dated = ["data/{date}.csv", "--date", str(day)]
            self._mlops("init", *dated, "--home", str(self.home), "--target", "default", "--name", "credit")
            yaml.write_text(yaml.read_text() + PREDICT)

    def _file(self, day: date) -> Path:
        return self.home / "data" / f"{day}.csv"

    def _mlops(self, *arguments: str) -> dict[str, Any]:
        command = ["java", "-jar", str(self.jar), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return dict(json.loads(done.stdout.splitlines()[-1]))
