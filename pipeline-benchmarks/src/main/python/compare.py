"""Runs automl and its peers on real tables in the same time, and writes the comparison as Markdown.

usage: compare.py [--time-limit SECONDS] [--systems A,B] [--again A,B] [--results CSV ...] [--data FOLDER]
                  [--peers FILE] [--splits FOLDER] [--work FOLDER] [--output FILE] [--report-only] [NAME ...]

The folder of data holds the tables and TARGETS.csv; the file of peers splits them, fits the peers and defines the
scores. Neither comes with the project. What was measured before is not measured again.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import LAUNCHER, TOP, Measure, attempt, fresh, java_version
from comparison import COLUMNS, OURS, REFERENCE, TITLES, UNTIMED, Result, read, report, write

SHARED = TOP.parent / "shared"
CORES = 2
ROWS_TO_TIME = 20_000
PACKAGES = {"flaml": "flaml", "h2o": "h2o", REFERENCE: "autogluon.tabular", "xgb": "xgboost"}


class FailedError(Exception):
    """A command of ours that failed, with what it said."""


@dataclass(frozen=True)
class Comparison:
    """Where everything is."""

    work: Path
    splits: Path
    peers: Path
    pythons: dict[str, Path]
    further: list[Path]

    @property
    def ours(self) -> Path:
        return self.work / "automl.csv"

    @property
    def theirs(self) -> Path:
        return self.work / "peers.csv"

    @property
    def sizes(self) -> Path:
        return self.work / "sizes.csv"

    def results(self) -> list[Result]:
        return read([*self.further, self.theirs, self.ours], self.sizes)

    def has(self, table: str, system: str, limit: int) -> bool:
        return any(
            (each.table, each.system) == (table, system) and (each.limit == limit or system in UNTIMED)
            for each in self.results()
        )

    def measure(self, table: str, system: str, limit: int) -> None:
        if system == OURS:
            self.append(self.ours, COLUMNS, self.fit_ours(table, limit))
        else:
            self.fit_peer(table, system, limit)

    def fit_peer(self, table: str, peer: str, limit: int) -> None:
        """In a folder of its own, where the model that AutoGluon leaves behind is found."""
        scratch = fresh(self.work / "scratch")
        arguments = ["run", str(self.splits), str(self.theirs), str(limit), peer, table]
        subprocess.run(
            [str(self.pythons.get(peer, Path(sys.executable))), str(self.peers), *arguments],
            check=True,
            cwd=scratch,
            env={**os.environ, "TMPDIR": str(scratch)},
            stdout=sys.stderr,
        )
        for model in scratch.glob("*/predictor.pkl"):
            line = {"dataset": table, "peer": peer, "budget_s": limit, "model_bytes": size_of(model.parent)}
            self.append(self.sizes, list(line), line)
        shutil.rmtree(scratch)

    def fit_ours(self, table: str, limit: int) -> dict[str, Any]:
        home = fresh(self.work / "automl" / table)
        meta = json.loads((self.splits / table / "meta.json").read_text())
        data = {"source": str(self.splits / table / "train.csv"), "target": meta["target"], "task": meta["task"]}
        (home / "pipeline.yaml").write_text(json.dumps({"name": "model", "data": {**data, "split": {"test": 0}}}))
        line: dict[str, Any] = {"dataset": table, "peer": OURS, "budget_s": limit}
        try:
            prepared = mlops(home, "prepare-data")
            trained = mlops(home, "train", "--model", "automl", "--time-limit", str(limit), "--no-evaluate")
            line["fit_s"] = f"{trained.seconds:.1f}"
            line["peak_rss_mb"] = f"{trained.megabytes:.0f}"
            line["model_bytes"] = size_of(home / "runs/latest/train/bundle")
            test = self.splits / table / "test.csv"
            predicted, rows = predict(home, test)
            line["wall_s"] = f"{prepared.seconds + trained.seconds + predicted.seconds:.1f}"
            line["metrics"] = self.score(table, home / "predictions.csv", home / "scored.csv")
            line["microseconds_per_row"] = f"{microseconds(home, test, predicted, rows):.1f}"
        except FailedError as failure:
            line["metrics"] = {"error": str(failure)}
        print(table, OURS, line.get("wall_s", ""), line["metrics"], file=sys.stderr, flush=True)
        return line

    def score(self, table: str, predictions: Path, scored: Path) -> dict[str, float]:
        """The peers' metrics, of predictions whose columns are named as the labels are written in the table."""
        meta = json.loads((self.splits / table / "meta.json").read_text())
        with (self.splits / table / "test.csv").open(newline="") as rows:
            labels = {plain(row[meta["target"]]): row[meta["target"]] for row in csv.DictReader(rows)}
        with predictions.open(newline="") as before, scored.open("w", newline="") as after:
            lines = csv.reader(before)
            writer = csv.writer(after)
            writer.writerow(relabelled(next(lines), labels))
            writer.writerows(lines)
        command = [sys.executable, str(self.peers), "score", str(self.splits), table, str(scored)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise FailedError(last_line(done.stderr))
        metrics: dict[str, float] = json.loads(done.stdout)
        return metrics

    def append(self, file: Path, columns: list[str], line: dict[str, Any]) -> None:
        new = not file.exists()
        with file.open("a", newline="") as text:
            writer = csv.DictWriter(text, columns)
            if new:
                writer.writeheader()
            writer.writerow(line)

    def tables(self, data: Path, names: list[str]) -> list[str]:
        if not self.splits.exists():
            subprocess.run(
                [sys.executable, str(self.peers), "split", str(data), str(self.splits)], check=True, stdout=sys.stderr
            )
        found = sorted(meta.parent.name for meta in self.splits.glob("*/meta.json"))
        unknown = [name for name in names if name not in found]
        if unknown:
            sys.exit(f"no table {', '.join(unknown)}; there are {', '.join(found)}")
        return [name for name in found if not names or name in names]

    def rows(self, tables: list[str]) -> dict[str, int]:
        """How many rows of each table are learned from."""
        counts = {}
        for table in tables:
            with (self.splits / table / "train.csv").open(newline="") as rows:
                counts[table] = sum(1 for _ in csv.reader(rows)) - 1
        return counts

    def machine(self, systems: list[str]) -> str:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        versions = [f"{TITLES[each]} {self.version(each)}" for each in systems if each in PACKAGES]
        return (
            f"Measured on {platform.system()} {platform.machine()}, {memory:.0f} GB, {CORES} of {os.cpu_count()} cores;"
            f" Java {java_version()},\nPython {platform.python_version()}, {', '.join(versions)}."
        )

    def version(self, system: str) -> str:
        code = f"from importlib.metadata import version; print(version('{PACKAGES[system]}'))"
        command = [str(self.pythons.get(system, Path(sys.executable))), "-c", code]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.stdout.strip() or "of an unknown version"


def mlops(home: Path, *arguments: str) -> Measure:
    done = attempt([str(LAUNCHER), *arguments], home)
    if done.code != 0:
        raise FailedError(last_line(done.error))
    return done


def predict(home: Path, rows: Path) -> tuple[Measure, int]:
    bundle = str(home / "runs/latest/train/bundle")
    done = mlops(home, "predict", "--model", bundle, "--input", str(rows), "--output", "predictions.csv")
    return done, int(json.loads(done.output.splitlines()[-1])["rows"])


def microseconds(home: Path, test: Path, once: Measure, rows: int) -> float:
    """What one more row takes: the test rows many times over against the test rows, so that the start cancels out."""
    header, body = test.read_text().split("\n", 1)
    times = 1 + ROWS_TO_TIME // rows
    many = home / "many.csv"
    many.write_text(header + "\n" + body * (times + 1))
    again, more = predict(home, many)
    many.unlink()
    return max(0.0, again.seconds - once.seconds) * 1e6 / (more - rows)


def relabelled(header: list[str], labels: dict[str, str]) -> list[str]:
    """The columns of probabilities by the labels as the table writes them."""
    names = [name.removeprefix("probability_") for name in header]
    return [
        labels.get(plain(name), name) if name != column else column for name, column in zip(names, header, strict=True)
    ]


def plain(label: str) -> str:
    """A label as both sides write it: 1.0 is 1 here."""
    return label.removesuffix(".0")


def size_of(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def last_line(text: str) -> str:
    return (text.strip().splitlines() or ["it said nothing"])[-1][:300]


def names_of(text: str) -> list[str]:
    names = [name for name in text.split(",") if name]
    unknown = [name for name in names if name not in TITLES]
    if unknown:
        raise argparse.ArgumentTypeError(f"there is no {', '.join(unknown)}; there are {', '.join(TITLES)}")
    return names


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    work = TOP / "pipeline-benchmarks/target/compare"
    parser.add_argument("names", nargs="*", help="the tables; all where absent")
    parser.add_argument("--time-limit", type=int, default=60, help="in seconds")
    parser.add_argument("--systems", type=names_of, default=list(TITLES), help="which, with commas between")
    parser.add_argument("--again", type=names_of, default=[], help="systems that are measured anew")
    parser.add_argument("--results", type=Path, nargs="+", default=[], help="what was measured before, on these splits")
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("MLOPS_TEST_DATA", SHARED / "data")))
    parser.add_argument("--peers", type=Path, default=Path(os.environ.get("MLOPS_PEERS", SHARED / "bench/peers.py")))
    parser.add_argument("--flaml-h2o-python", type=Path, default=work / "flaml-h2o/bin/python")
    parser.add_argument("--autogluon-python", type=Path, default=work / "autogluon/bin/python")
    parser.add_argument("--splits", type=Path, help="the cut tables; made where absent")
    parser.add_argument("--work", type=Path, default=work)
    parser.add_argument("--output", type=Path, default=TOP / "docs/comparison.md")
    parser.add_argument("--report-only", action="store_true", help="write down what was measured before")
    options = parser.parse_args()
    for needed, variable in ((options.data, "MLOPS_TEST_DATA"), (options.peers, "MLOPS_PEERS")):
        if not needed.exists():
            print(f"{needed} is absent; set {variable} to where it is", file=sys.stderr)
            sys.exit(2)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    options.work.mkdir(parents=True, exist_ok=True)
    folder = options.work.resolve()
    flaml_h2o = options.flaml_h2o_python.absolute()
    comparison = Comparison(
        folder,
        (options.splits or folder / "splits").resolve(),
        options.peers.resolve(),
        {"flaml": flaml_h2o, "h2o": flaml_h2o, REFERENCE: options.autogluon_python.absolute()},
        [file.resolve() for file in options.results],
    )
    tables = comparison.tables(options.data.resolve(), options.names)
    for number, table in enumerate([] if options.report_only else tables):
        print(f"{number + 1} of {len(tables)}: {table}", file=sys.stderr, flush=True)
        for system in options.systems:
            if system in options.again or not comparison.has(table, system, options.time_limit):
                comparison.measure(table, system, options.time_limit)
    found = [result for result in comparison.results() if result.table in tables]
    document = report(found, options.systems, comparison.rows(tables), comparison.machine(options.systems))
    options.output.write_text(document)
    write(options.output.with_suffix(".csv"), found)


if __name__ == "__main__":
    main()
