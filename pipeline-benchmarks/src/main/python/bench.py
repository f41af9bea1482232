"""Measures the pipeline against its parts and its peers, in one go on one machine, and writes the ratios as Markdown.

usage: bench.py [--rows N ...] [--repeat N] [--threads N] [--work FOLDER] [--output FILE]

Every number is the median of the repetitions, which take turns so that a slow spell of the machine hits all alike. Time
is the wall clock of a whole process, start-up included; memory is the most that the process had in memory at any time.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).resolve().parents[4]
LAUNCHER = TOP / "mlops"
PEER = Path(__file__).with_name("peer.py")
CLASSES = f"{TOP / 'pipeline-benchmarks/target/classes'}:{TOP / 'pipeline-cli/target/pipeline-cli.jar'}"
MAINS = "io.mlops.pipeline.benchmark."
ROUNDS = 100
DEPTH = 6
STAGES = ["prepare-data", "prepare-features", "train", "evaluate"]
SETTINGS = {
    "train.model": "xgboost",
    "train.cross_validation.folds": "0",
    "train.calibration": "none",
    "train.params.rounds": str(ROUNDS),
    "train.params.max_depth": str(DEPTH),
    "train.params.early_stopping_rounds": "0",
    "train.params.learning_rate": "0.3",
    "train.params.subsample": "1",
    "train.params.colsample_bylevel": "1",
    "train.params.min_child_weight": "1",
    "train.params.lambda": "1",
}


@dataclass(frozen=True)
class Measure:
    """One process: its wall clock in seconds, its peak memory in MB, what it printed, and its exit code."""

    seconds: float
    megabytes: float
    output: str
    error: str
    code: int


class Board:
    """All measures, by name and rows."""

    def __init__(self) -> None:
        self.seconds: dict[tuple[str, int], list[float]] = {}
        self.megabytes: dict[tuple[str, int], list[float]] = {}
        self.peer_version = ""

    def add(self, name: str, rows: int, seconds: float, megabytes: float) -> None:
        self.seconds.setdefault((name, rows), []).append(seconds)
        self.megabytes.setdefault((name, rows), []).append(megabytes)

    def time(self, name: str, rows: int) -> float:
        return statistics.median(self.seconds[name, rows])

    def memory(self, name: str, rows: int) -> float:
        return statistics.median(self.megabytes[name, rows])


def measure(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> Measure:
    """Runs a process to its end; fails where it fails, but for "nothing better was found"."""
    measured = attempt(command, folder, environment)
    if measured.code not in (0, 99):
        sys.exit(f"{' '.join(command)} ended with {measured.code}:\n{measured.output}\n{measured.error}")
    return measured


def attempt(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> Measure:
    """Runs a process to its end, whatever comes of it."""
    with (folder / "output.txt").open("w+") as output, (folder / "error.txt").open("w+") as error:
        start = time.monotonic()
        process = subprocess.Popen(
            command, cwd=folder, stdout=output, stderr=error, env={**os.environ, **(environment or {})}
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        error.seek(0)
        scale = 1024 if platform.system() == "Linux" else 1024 * 1024
        return Measure(seconds, usage.ru_maxrss / scale, output.read(), error.read(), process.returncode)


def java(main: str, *arguments: str) -> list[str]:
    return ["java", "-cp", CLASSES, MAINS + main, *arguments]


def fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def settings(threads: int) -> list[str]:
    pairs = {**SETTINGS, "threads": str(threads)}
    return [part for key, value in pairs.items() for part in ("--set", f"{key}={value}")]


def turn(board: Board, work: Path, rows: int, threads: int) -> None:
    """One repetition of everything at one size."""
    table = work / f"{rows}.csv"
    if not table.exists():
        measure(java("BenchmarkTable", str(rows), str(table)), work)
    for name, share in (("native", "0.8"), ("native on all rows", "1.0")):
        if rows == 1_000_000 or share == "0.8":
            native = measure(java("NativeTraining", str(table), share, str(ROUNDS), str(DEPTH), str(threads)), work)
            told = json.loads(native.output.splitlines()[-1])
            board.add(name, rows, told["train"], native.megabytes)
            board.add(f"{name}: predict", rows, told["predict"], native.megabytes)
    parse = measure(java("TableParser", str(table)), work)
    board.add("parse", rows, parse.seconds, parse.megabytes)

    whole = fresh(work / "run")
    init = measure([str(LAUNCHER), "init", str(table), "--target", "target"], whole)
    board.add("init", rows, init.seconds, init.megabytes)
    run = measure([str(LAUNCHER), "run", *settings(threads)], whole)
    board.add("run", rows, run.seconds, run.megabytes)
    for manifest in sorted(whole.glob("runs/latest/*/manifest.json")):
        content = json.loads(manifest.read_text())
        board.add(f"run: {content['stage']}", rows, content["seconds"], 0)

    parts = fresh(work / "stages")
    for file in ("pipeline.yaml", "schema.yaml"):
        shutil.copy(whole / file, parts / file)
    for stage in STAGES:
        part = measure([str(LAUNCHER), stage, *settings(threads)], parts)
        board.add(stage, rows, part.seconds, part.megabytes)
    bundle = parts / "runs/latest/train/bundle"
    predict = measure(
        [str(LAUNCHER), "predict", "--model", str(bundle), "--input", str(table), "--output", "predictions.csv"], parts
    )
    board.add("predict", rows, predict.seconds, predict.megabytes)

    peer = measure(
        [sys.executable, str(PEER), str(table), str(fresh(work / "peer")), str(ROUNDS), str(DEPTH), str(threads)],
        work,
        {"OMP_NUM_THREADS": str(threads)},
    )
    board.add("peer", rows, peer.seconds, peer.megabytes)
    told = json.loads(peer.output.splitlines()[-1])
    board.add("peer: train", rows, told["train"], peer.megabytes)
    board.peer_version = told["xgboost"]


def table_of(header: list[str], lines: list[list[str]]) -> str:
    all_lines = [header, ["---"] * len(header), *lines]
    return "\n".join("| " + " | ".join(line) + " |" for line in all_lines)


def verdict(value: float, goal: float, least: bool = False) -> str:
    return "met" if (value >= goal if least else value <= goal) else "**missed**"


def shares(board: Board, top: int) -> list[str]:
    """Where the time of each compared process goes, one sentence each."""
    run, native, peer, predict = (board.time(name, top) for name in ("run", "native", "peer", "predict"))
    learning, parse = board.time("peer: train", top), board.time("parse", top)
    lines = [
        f"Of the run's {run:.1f} s, {native:.1f} s ({native / run:.0%}) are the native training call; all else takes"
        f" {run - native:.1f} s.",
        f"Of Python's {peer:.1f} s, {learning:.1f} s ({learning / peer:.0%}) are its own training call (XGBoost"
        f" {board.peer_version}), {learning / native:.2f} x the native one here; all else takes"
        f" {peer - learning:.1f} s.",
    ]
    if ("native on all rows: predict", top) in board.seconds:
        native_predict = board.time("native on all rows: predict", top)
        lines.append(
            f"Of predict's {predict:.1f} s, parsing alone takes {parse:.1f} s and XGBoost's own prediction of rows in"
            f" memory {native_predict:.1f} s; the rest, {predict - parse - native_predict:.1f} s, is the start,"
            " preparing the features, metrics and writing, less what runs side by side."
        )
    return lines


def memory_growth(board: Board, sizes: list[int]) -> str:
    """How much more memory the stages that read chunks take for the largest table than for the one before."""
    if len(sizes) < 2:
        return ""
    below, top = sorted(sizes)[-2:]
    factors = ", ".join(
        f"{name} {board.memory(name, top) / board.memory(name, below):.2f} x"
        for name in ("prepare-data", "prepare-features", "predict")
    )
    return f"Peak memory from {below:,} to {top:,} rows, {top / below:.0f} x as many: {factors}."


def report(board: Board, sizes: list[int], repeat: int, threads: int) -> str:
    """The document: goals at the largest size, then growth, then where the time of a run goes."""
    top = max(sizes)
    run, native = board.time("run", top), board.time("native", top)
    goals = [
        ("whole run / native training call on the same rows", run / native, "≤ 1.5", verdict(run / native, 1.5)),
        (
            "Python / whole run, time",
            board.time("peer", top) / run,
            "≥ 2",
            verdict(board.time("peer", top) / run, 2, True),
        ),
        (
            "whole run / Python, peak memory",
            board.memory("run", top) / board.memory("peer", top),
            "≤ 0.33",
            verdict(board.memory("run", top) / board.memory("peer", top), 1 / 3),
        ),
        (
            "predict / parsing the file",
            board.time("predict", top) / board.time("parse", top),
            "≤ 2",
            verdict(board.time("predict", top) / board.time("parse", top), 2),
        ),
    ]
    names = [("native", "native training call"), ("run", "whole run"), ("peer", "the same job in Python")]
    names += [("init", "init"), ("parse", "parsing alone")]
    names += [(stage, stage) for stage in STAGES] + [("predict", "predict")]
    growth = [
        [title] + [f"{board.time(name, size):.1f} s, {board.memory(name, size):.0f} MB" for size in sizes]
        for name, title in names
    ]
    stages = [
        [name.removeprefix("run: ")]
        + [f"{board.time(name, size):.1f} s" if (name, size) in board.seconds else "" for size in sizes]
        for name in sorted({name for name, _ in board.seconds if name.startswith("run: ")})
    ]
    heads = [f"{size:,} rows" for size in sizes]
    on_all = ""
    if ("native on all rows", top) in board.seconds:
        ratio = run / board.time("native on all rows", top)
        on_all = f"Against the native call on all rows, test rows included, the run takes {ratio:.2f} x."
    reasons = "\n".join(f"- {line}" for line in shares(board, top))
    return f"""# Benchmarks

Written by `make bench`; do not edit. One machine, one go: {threads} threads, {platform.system()} {platform.machine()},
Java {java_version()}, Python {platform.python_version()}; the median of {repeat} turns.
Take the ratios, not the seconds.

The table has 20 numbers and 10 categories of 3 to 30 levels, 5 % of the cells missing, and a binary target. The whole
`run` reads, checks and splits it, fits the preprocessor, learns {ROUNDS} rounds of depth {DEPTH} from 80 % of the rows
without cross-validation, measures the others with intervals, writes report and bundle, and registers it. "Native
training call" is `XGBoost.train` alone, on a matrix of the same rows that is already in memory. "Python" is
[peer.py](../pipeline-benchmarks/src/main/python/peer.py): pandas, scikit-learn and XGBoost, without intervals and
report.

## Goals, at {top:,} rows

{table_of(["what", "measured", "goal", ""], [[what, f"{value:.2f}", goal, met] for what, value, goal, met in goals])}
{on_all}

## Growth: wall clock and peak memory of each process

{table_of(["", *heads], growth)}

{memory_growth(board, sizes)}

## Where the time goes

{reasons}

{table_of(["stage", *heads], stages)}
"""


def java_version() -> str:
    text = subprocess.run(["java", "-version"], capture_output=True, text=True, check=True).stderr
    return text.split('"')[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--work", type=Path, default=TOP / "pipeline-benchmarks/target/bench")
    parser.add_argument("--output", type=Path, default=TOP / "docs/benchmarks.md")
    options = parser.parse_args()
    work: Path = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    board = Board()
    for number in range(options.repeat):
        for rows in options.rows:
            print(f"turn {number + 1} of {options.repeat}, {rows:,} rows", file=sys.stderr, flush=True)
            turn(board, work, rows, options.threads)
            print(report(board, options.rows[: options.rows.index(rows) + 1], number + 1, options.threads), flush=True)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(report(board, options.rows, options.repeat, options.threads))


if __name__ == "__main__":
    main()
