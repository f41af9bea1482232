"""Runs `mlops init` and `mlops run` on tables that the project has never seen, with no hand-editing.

usage: real_data.py [--data FOLDER] [--work FOLDER] [--output FILE] [FILE ...]

The folder has the tables and a TARGETS.csv, whose columns `file` and `target` say what is predicted in each. A table
that is refused shows the message; the exit code is 1 where a command ends in a way that no user can act on.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parents[4]
LAUNCHER = TOP / "mlops"
UNDERSTOOD = (0, 2, 3, 4)


@dataclass
class Outcome:
    """What came of one table."""

    file: str
    code: int = 0
    seconds: float = 0.0
    rows: int | None = None
    task: str = ""
    columns: str = ""
    metric: str = ""
    message: str = ""
    notes: list[str] = field(default_factory=list)

    def cells(self) -> list[str]:
        rows = "" if self.rows is None else f"{self.rows:,}"
        result = self.metric or self.message
        return [self.file, rows, self.task, self.columns, result, f"{self.seconds:.0f}", str(self.code)]


def mlops(folder: Path, *arguments: str) -> tuple[int, dict[str, Any], str]:
    """Exit code, JSON result and words of a command."""
    done = subprocess.run([str(LAUNCHER), *arguments], cwd=folder, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    return done.returncode, json.loads(lines[-1]) if lines else {}, done.stderr


def notes_of(words: str) -> list[str]:
    """What init warns of and asks."""
    notes: list[str] = []
    heading = ""
    for line in words.splitlines():
        if line and not line.startswith(" "):
            heading = line
        elif heading in ("Warnings", "Questions") and line.strip() and not line.strip().startswith("->"):
            notes.append(line.strip())
    return notes


def columns_of(folder: Path, target: str) -> str:
    schema = json.loads((folder / "runs/latest/prepare-data/schema.json").read_text())["schema"]["columns"]
    kinds = Counter(column["type"] for name, column in schema.items() if name != target)
    return ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())


def metric_of(folder: Path) -> str:
    evaluation = json.loads((folder / "runs/latest/evaluate/evaluation.json").read_text())
    estimate = evaluation["metrics"].get(evaluation["metric"])
    if estimate is None:
        return f"{evaluation['metric']} is undefined"
    text = f"{evaluation['metric']} {estimate['value']:.4g}"
    if estimate["lower"] is not None:
        text += f" ({estimate['lower']:.4g} to {estimate['upper']:.4g})"
    r2 = evaluation["metrics"].get("r2")
    return text if r2 is None else f"{text}, r2 {r2['value']:.3f}"


def learn(table: Path, target: str, folder: Path) -> Outcome:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    outcome = Outcome(table.name)
    start = time.monotonic()
    outcome.code, result, words = mlops(folder, "init", str(table), "--target", target)
    outcome.rows, outcome.task = result.get("rows"), result.get("task", "")
    if outcome.code == 0:
        outcome.notes = notes_of(words)
        outcome.code, result, words = mlops(folder, "run")
    outcome.seconds = time.monotonic() - start
    if outcome.code == 0:
        outcome.columns, outcome.metric = columns_of(folder, target), metric_of(folder)
    else:
        outcome.message = result.get("error") or words.strip().splitlines()[-1]
    return outcome


def markdown(outcomes: list[Outcome]) -> str:
    head = ["file", "rows", "task", "columns by kind", "score on untouched rows (95 % interval)", "seconds", "exit"]
    lines = [head, ["---"] * len(head), *(outcome.cells() for outcome in outcomes)]
    table = "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
    noted = "\n".join(
        f"\n**{outcome.file}**\n\n" + "\n".join(f"- {note}" for note in outcome.notes)
        for outcome in outcomes
        if outcome.notes
    )
    return f"""# Tables it never saw

Written by `make real-data`; do not edit. `mlops init FILE --target T` and `mlops run` with nothing edited by hand, one
table after the other, on {os.cpu_count()} cores; seconds are those of both commands. `init` only comments on columns
that may leak the target, so a score that is too good to be true stands beside a note below.

{table}

## What init warned of, and asked
{noted}
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("MLOPS_TEST_DATA", TOP / "../shared/data")))
    parser.add_argument("--work", type=Path, default=TOP / "pipeline-benchmarks/target/real-data")
    parser.add_argument("--output", type=Path, help="also write the table to this file")
    parser.add_argument("files", nargs="*", metavar="FILE", help="only these files of the folder")
    options = parser.parse_args()
    data: Path = options.data.resolve()
    targets = data / "TARGETS.csv"
    if not targets.is_file():
        print(f"{targets} does not exist; set MLOPS_TEST_DATA to a folder that has it and the tables", file=sys.stderr)
        return 2
    with targets.open(newline="") as lines:
        wanted = [line for line in csv.DictReader(lines) if not options.files or line["file"] in options.files]
    outcomes: list[Outcome] = []
    for line in wanted:
        outcome = learn(data / line["file"], line["target"], options.work.resolve() / line["file"])
        outcomes.append(outcome)
        print(" | ".join(outcome.cells()), file=sys.stderr, flush=True)
    print(markdown(outcomes))
    if options.output:
        options.output.write_text(markdown(outcomes))
    return 0 if all(outcome.code in UNDERSTOOD for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
