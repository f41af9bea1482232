"""Measures the families out of the box beside their peers in Python on real tables, and writes the tables as Markdown.

usage: defaults.py [--data FOLDER] [--peers FILE] [--work FOLDER] [--output FILE] [--keep] [NAME ...]

The folder of data holds the tables and TARGETS.csv; the file of peers splits them, fits the peers and defines the
scores. Neither comes with the project.
"""

from __future__ import annotations

import argparse
import ast
import csv
import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd

TOP = Path(__file__).resolve().parents[4]
SHARED = TOP.parent / "shared"
CLASSES = f"{TOP / 'pipeline-cli/target/test-classes'}:{TOP / 'pipeline-cli/target/pipeline-cli.jar'}"
COMPARISON = "io.mlops.pipeline.evaluation.training.DefaultsComparison"
FAMILIES = {"xgboost": "xgb", "random_forest": "forest", "linear": "linear"}
METRICS = {"binary": "auc", "multiclass": "logloss", "regression": "rmse"}
TITLES = {"auc": "AUC", "logloss": "log loss", "rmse": "RMSE"}
UNPENALISED = "xgboost:lambda=0"
TREATMENTS = ["none", "class_weights", "smote", "borderline_smote"]
TREATED = ["xgboost", "logistic_regression"]
MOST_ROWS_OF_VARIANTS = 12_000
REASONS = {
    ("auto_mpg", "linear"): "the words of `name` help in cross-validation and not on these 120 test rows",
    (
        "wine_quality_red",
        "random_forest",
    ): "a fifth of the test rows are copies of training rows, which the peer's fully"
    " grown trees know by heart; that is a part of it",
    ("nyc_taxis", "xgboost"): "within chance: ten of the test rows, whose fares are out of all proportion, make up more"
    " than half of the squared error",
}


@dataclass(frozen=True)
class Table:
    """A split table."""

    name: str
    task: str
    rows: int

    @property
    def metric(self) -> str:
        return METRICS[self.task]

    @property
    def is_small_classification(self) -> bool:
        return self.task != "regression" and self.rows <= MOST_ROWS_OF_VARIANTS

    def model(self, family: str) -> str:
        """The name of a family's model for this task."""
        if family != "linear":
            return family
        return "linear_regression" if self.task == "regression" else "logistic_regression"


@dataclass(frozen=True)
class Work:
    """The folder of what was measured."""

    folder: Path
    peers: Path

    @property
    def splits(self) -> Path:
        return self.folder / "splits"

    @property
    def fits(self) -> Path:
        return self.folder / "fits.jsonl"

    @property
    def peer_fits(self) -> Path:
        return self.folder / "peers.csv"

    def ask_peers(self, *arguments: str) -> None:
        subprocess.run([sys.executable, str(self.peers), *arguments], check=True, stdout=sys.stderr)

    def tables(self, data: Path, names: list[str]) -> list[Table]:
        """The tables, the smallest first."""
        if not self.splits.exists():
            self.ask_peers("split", str(data), str(self.splits))
        tables = []
        for folder in sorted(self.splits.iterdir()):
            if not names or folder.name in names:
                meta = json.loads((folder / "meta.json").read_text())
                with (folder / "train.csv").open(newline="") as rows:
                    labels = [row[meta["target"]] for row in csv.DictReader(rows)]
                if meta["task"] != "regression":
                    meta["labels"] = sorted({plain(label) for label in labels})
                    (folder / "meta.json").write_text(json.dumps(meta))
                tables.append(Table(folder.name, meta["task"], len(labels)))
        return sorted(tables, key=lambda table: table.rows)

    def fit_peers(self, table: Table) -> None:
        missing = [peer for peer in FAMILIES.values() if (table.name, peer) not in self.peer_scores()]
        if missing:
            self.ask_peers("run", str(self.splits), str(self.peer_fits), "300", ",".join(missing), table.name)

    def fit_families(self, table: Table) -> None:
        self.fit(table, [table.model(family) for family in FAMILIES], ["default"])
        if table.is_small_classification:
            self.fit(table, [UNPENALISED], ["default"])
            self.fit(table, TREATED, [each for each in TREATMENTS if each != self.default_treatment(table)])

    def fit(self, table: Table, models: list[str], treatments: list[str]) -> None:
        done = self.lines()
        missing = [model for model in models if any(f"{table.name}.{model}.{each}" not in done for each in treatments)]
        if missing:
            arguments = [str(self.splits), str(self.folder / "predictions"), ",".join(missing), ",".join(treatments)]
            command = ["java", "-cp", CLASSES, COMPARISON, *arguments, table.name]
            with self.fits.open("a") as lines:
                subprocess.run(command, check=True, stdout=lines)

    def lines(self) -> dict[str, dict[str, Any]]:
        """What each fit printed, by its name."""
        if not self.fits.exists():
            return {}
        lines = [json.loads(line) for line in self.fits.read_text().splitlines()]
        for line in lines:
            if "error" in line:
                sys.exit(f"{line['fit']} failed: {line['error']}")
        return {line["fit"]: line for line in lines}

    def default_treatment(self, table: Table) -> str:
        return str(self.lines()[f"{table.name}.xgboost.default"]["imbalance"])

    def peer_scores(self) -> dict[tuple[str, str], dict[str, float]]:
        if not self.peer_fits.exists():
            return {}
        with self.peer_fits.open(newline="") as lines:
            return {(line["dataset"], line["peer"]): metrics_of(line["metrics"]) for line in csv.DictReader(lines)}

    def score(self, peers: ModuleType, table: Table, model: str) -> dict[str, float]:
        """The peers' metrics of one of our fits."""
        meta, _, test = peers.load(self.splits, table.name)
        truth = test[meta["target"]]
        predicted = pd.read_csv(self.folder / "predictions" / f"{table.name}.{model}.default.csv")
        if table.task == "regression":
            return dict(peers.metrics(table.task, truth, predicted["prediction"]))
        classes = sorted(truth.unique())
        predicted.columns = [plain(each.removeprefix("probability_")) for each in predicted.columns]
        return dict(peers.metrics(table.task, truth, predicted[[plain(each) for each in classes]], classes))


def plain(label: str) -> str:
    """A label as both sides write it: 1.0 is 1 here."""
    return label.removesuffix(".0")


def metrics_of(text: str) -> dict[str, float]:
    """The metrics of a peer; none where it failed."""
    scores: dict[str, float] = {} if text.startswith("{'error'") else ast.literal_eval(text)
    return scores


def table_of(header: list[str], lines: list[list[str]]) -> str:
    all_lines = [header, ["---"] * len(header), *lines]
    return "\n".join("| " + " | ".join(line) + " |" for line in all_lines)


def gain(metric: str, ours: float, theirs: float) -> float:
    """By how much ours is better: a difference of AUC, or the share of a loss that is saved."""
    return ours - theirs if metric == "auc" else 1 - ours / theirs


def show(metric: str, value: float) -> str:
    return f"{value:.4g}" if metric == "rmse" else f"{value:.4f}"


def show_gain(metric: str, value: float) -> str:
    return f"{value:+.4f}" if metric == "auc" else f"{100 * value:+.1f} %"


def missed(metric: str, value: float) -> bool:
    return value < (-0.01 if metric == "auc" else -0.02)


class Report:
    """The document."""

    def __init__(self, work: Work, tables: list[Table]) -> None:
        self.work = work
        self.tables = tables
        peers = module(work.peers)
        self.lines = work.lines()
        self.theirs = work.peer_scores()
        self.ours = {
            (table.name, family): work.score(peers, table, table.model(family))
            for table in tables
            for family in FAMILIES
        }

    def gain(self, table: Table, family: str, metric: str) -> float | None:
        theirs = self.theirs[table.name, FAMILIES[family]].get(metric)
        return None if theirs is None else gain(metric, self.ours[table.name, family][metric], theirs)

    def means(self) -> str:
        lines = []
        for family, peer in FAMILIES.items():
            line = [family, peer]
            for task, metric in [("binary", "auc"), ("binary", "logloss"), *list(METRICS.items())[1:]]:
                gains = [self.gain(table, family, metric) for table in self.tables if table.task == task]
                known = [each for each in gains if each is not None]
                line.append(show_gain(metric, statistics.mean(known)) if known else "")
            lines.append(line)
        header = ["family", "peer", "AUC, two classes", "log loss, two classes", "log loss, more classes", "RMSE"]
        return table_of(header, lines)

    def sets(self) -> str:
        lines = []
        for table in self.tables:
            line = [table.name, f"{table.rows:,}", TITLES[table.metric]]
            for family, peer in FAMILIES.items():
                theirs = self.theirs[table.name, peer].get(table.metric)
                better = self.gain(table, family, table.metric)
                line.append(show(table.metric, self.ours[table.name, family][table.metric]))
                line.append("fails" if theirs is None else show(table.metric, theirs))
                shown = "" if better is None else show_gain(table.metric, better)
                line.append(f"**{shown}**" if better is not None and missed(table.metric, better) else shown)
            lines.append(line)
        return table_of(["table", "rows", "", *(x for pair in FAMILIES.items() for x in (*pair, "better by"))], lines)

    def misses(self) -> str:
        lines = []
        for table in self.tables:
            for family in FAMILIES:
                better = self.gain(table, family, table.metric)
                if better is not None and missed(table.metric, better):
                    reason = REASONS.get((table.name, family), "not known yet")
                    lines.append([table.name, family, show_gain(table.metric, better), reason])
        return table_of(["table", "family", "better by", "why"], lines) if lines else "None."

    def treatments(self) -> str:
        lines = []
        for task in ("binary", "multiclass"):
            tables = [table for table in self.tables if table.task == task and table.is_small_classification]
            for model in TREATED:
                for treatment in TREATMENTS:
                    tests = [self.treated(table, model, treatment) for table in tables]
                    if tests:
                        line = [f"{'two' if task == 'binary' else 'more'} ({len(tests)} tables)", model, treatment]
                        for metric in ("auc", "log_loss", "f1", "balanced_accuracy"):
                            line.append(f"{statistics.mean(test[metric] for test in tests):.4f}")
                        lines.append(line)
        return table_of(["classes", "family", "imbalance", "AUC", "log loss", "F1", "balanced accuracy"], lines)

    def treated(self, table: Table, model: str, treatment: str) -> dict[str, float]:
        default = self.lines[f"{table.name}.{model}.default"]
        line = default if default["imbalance"] == treatment else self.lines[f"{table.name}.{model}.{treatment}"]
        test: dict[str, float] = line["test"]
        return test

    def treatments_by_table(self) -> str:
        """F1 and balanced accuracy of each table."""
        lines = []
        for table in self.tables:
            if table.is_small_classification:
                for model in TREATED:
                    tests = [self.treated(table, model, each) for each in TREATMENTS]
                    cells = [f"{test['f1']:.3f} / {test['balanced_accuracy']:.3f}" for test in tests]
                    lines.append([table.name, model, *cells])
        return table_of(["table", "family", *TREATMENTS], lines)

    def penalty(self) -> str:
        lines = []
        for table in self.tables:
            if table.is_small_classification:
                tests = [self.lines[f"{table.name}.{model}.default"]["test"] for model in ("xgboost", UNPENALISED)]
                lines.append([table.name, *(f"{test['log_loss']:.4f}" for test in tests)])
        return table_of(["table", "lambda 1", "lambda 0"], lines)

    def text(self) -> str:
        failing = sorted({name for (name, _), scores in self.theirs.items() if not scores})
        fails = f"The peers fail on {', '.join(failing)}, whose number columns hold words." if failing else ""
        measured = {table.name for table in self.tables}
        others = sorted(folder.name for folder in self.work.splits.iterdir() if folder.name not in measured)
        left_out = f"Not measured in this go: {', '.join(others)}.\n\n" if others else ""
        return f"""# Defaults

Written by `make defaults`; do not edit.

How good the families are out of the box, beside scikit-learn's and XGBoost's as a careful person would set them up, on
{len(self.tables)} real tables. Each table is cut once, 70 % to learn from and 30 % to test, stratified by class, and
both sides get the same cells as text. Here nothing is set but the target, its task and its labels; to spare time,
cross-validation is not repeated, and from 5,000 rows on a single fifth is held out. `linear` is `logistic_regression`
or `linear_regression`. The peers: `xgb` has 300 rounds of depth 6 at a learning rate of 0.08, each tree on 80 % of the
rows and 90 % of the columns; `forest` has 300 trees; `linear` is a logistic or a ridge regression on scaled numbers and
one-hot categories.

{left_out}Tables and peers do not come with the project. `make defaults` looks for them in `../shared/data` and
`../shared/bench/peers.py`, or where `MLOPS_TEST_DATA` and `MLOPS_PEERS` say, and ends with a message where they are
absent.

## In the mean

How much better the family is than its peer, as the mean over the tables: a difference of AUC, or the share of the
peer's log loss or RMSE that is saved. Above 0 is better.
{fails} On hypothyroid they take the numbers
beside its `?` for words, which is why they lose so much there.

{self.means()}

## Table by table

`rows` are those learned from. Worse by more than 0.01 AUC, or by more than 2 % of log loss or RMSE, is bold.

{self.sets()}

## Where a default is worse

{self.misses()}

## Rare classes

The mean over the tables with up to {MOST_ROWS_OF_VARIANTS:,} rows. F1 and balanced accuracy are those of the decisions,
with two classes at the threshold that was chosen for F1 on held-out rows; probabilities are calibrated where it helps.

{self.treatments()}

The default is `none`: for two classes, where the threshold already answers rare classes, no treatment raises F1 for
both families. With more classes, where there is no threshold, `class_weights` buys balanced accuracy with log loss.

F1 / balanced accuracy, table by table:

{self.treatments_by_table()}

## The penalty on the leaves

`lambda` of `xgboost` is 1, as XGBoost's own. Without it, a leaf of one rare class takes an unbounded step. Log loss:

{self.penalty()}
"""


def module(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("peers", file)
    if spec is None or spec.loader is None:
        sys.exit(f"{file} is no Python file")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("names", nargs="*", help="the tables; all where absent")
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("MLOPS_TEST_DATA", SHARED / "data")))
    parser.add_argument("--peers", type=Path, default=Path(os.environ.get("MLOPS_PEERS", SHARED / "bench/peers.py")))
    parser.add_argument("--work", type=Path, default=TOP / "pipeline-benchmarks/target/defaults")
    parser.add_argument("--output", type=Path, default=TOP / "docs/defaults.md")
    parser.add_argument("--keep", action="store_true", help="measure only what was not measured before")
    options = parser.parse_args()
    for needed, variable in ((options.data, "MLOPS_TEST_DATA"), (options.peers, "MLOPS_PEERS")):
        if not needed.exists():
            print(f"{needed} is absent; set {variable} to where it is", file=sys.stderr)
            sys.exit(2)
    if not options.keep:
        shutil.rmtree(options.work, ignore_errors=True)
    options.work.mkdir(parents=True, exist_ok=True)
    work = Work(options.work.resolve(), options.peers.resolve())
    tables = work.tables(options.data.resolve(), options.names)
    for number, table in enumerate(tables):
        print(f"{number + 1} of {len(tables)}: {table.name}, {table.rows:,} rows", file=sys.stderr, flush=True)
        work.fit_peers(table)
        work.fit_families(table)
    options.output.write_text(Report(work, tables).text())


if __name__ == "__main__":
    main()
