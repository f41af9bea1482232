"""What several systems made of the same tables: figures, and the document."""

from __future__ import annotations

import ast
import csv
import math
import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from bench import table_of

OURS = "automl"
REFERENCE = "autogluon_best"
TITLES = {
    OURS: "automl",
    REFERENCE: "AutoGluon",
    "flaml": "FLAML",
    "h2o": "H2O",
    "xgb": "XGBoost",
    "forest": "forest",
    "linear": "linear",
}
UNTIMED = {"xgb", "forest", "linear"}
COLUMNS = ["dataset", "peer", "budget_s", "fit_s", "wall_s", "peak_rss_mb", "metrics", "model_bytes"]
COLUMNS += ["microseconds_per_row"]
METRICS = {"rmse": "RMSE", "auc": "AUC", "logloss": "log loss"}
TOLERANCE = 1.05
WORSE = 0.01
LEAST_LOSS = 1e-4
REASONS = {
    "electricity": "half-hours one after the other, whose neighbours are in the table: FLAML's one model learned from"
    " all rows, those of our folds from a part of them each; in 60 seconds with eight folds AUC is 0.9861",
    "wine_quality_red": "101 of the 480 test rows are copies of rows to learn from. Copies stay in one fold here, so"
    " that knowing them by heart does not pay; AutoGluon's log loss on these is 0.131, ours 0.435. On the 379 others"
    " it is 0.951, ours 0.941",
}


@dataclass(frozen=True)
class Result:
    """What a system made of a table in a limit of seconds; None is what was not measured, no metrics a failure."""

    table: str
    system: str
    limit: int
    seconds: float | None = None
    megabytes: float | None = None
    metrics: dict[str, float] | None = None
    model_bytes: int | None = None
    microseconds: float | None = None

    @property
    def is_overrun(self) -> bool:
        late = self.seconds is not None and self.seconds > TOLERANCE * self.limit
        return late and self.system not in UNTIMED


def read(results: Iterable[Path], sizes: Path) -> list[Result]:
    """The results of files; of two with the same table, system and limit, the later. What is absent holds none."""
    found: dict[tuple[str, str, int], Result] = {}
    for file in results:
        for line in lines(file):
            result = parsed(line)
            found[result.table, result.system, result.limit] = result
    for line in lines(sizes):
        key = (line["dataset"], line["peer"], int(line["budget_s"]))
        if key in found:
            found[key] = replace(found[key], model_bytes=int(line["model_bytes"]))
    return list(found.values())


def lines(file: Path) -> list[dict[str, str]]:
    if not file.exists():
        return []
    with file.open(newline="") as text:
        return list(csv.DictReader(text))


def parsed(line: dict[str, str]) -> Result:
    """A line of the peers' file, or of ours, which has two columns more."""

    def number(name: str) -> float | None:
        text = line.get(name) or ""
        return float(text) if text and float(text) >= 0 else None

    # What a peer says of its failure may hold any quotes.
    metrics = None if line["metrics"].startswith("{'error'") else ast.literal_eval(line["metrics"])
    size = number("model_bytes")
    return Result(
        line["dataset"],
        line["peer"],
        int(line["budget_s"]),
        number("fit_s"),
        number("peak_rss_mb"),
        metrics,
        None if size is None else int(size),
        number("microseconds_per_row"),
    )


def write(file: Path, results: Iterable[Result]) -> None:
    """The figures behind a document, as `read` takes them."""
    with file.open("w", newline="") as text:
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for result in sorted(results, key=lambda each: (each.table, each.system, each.limit)):
            values = [result.table, result.system, result.limit, result.seconds, None, result.megabytes]
            values += [result.metrics or {"error": "failed"}, result.model_bytes, result.microseconds]
            writer.writerow(dict(zip(COLUMNS, values, strict=True)))


def metric_of(results: Iterable[Result]) -> str:
    """The metric that decides on a table: the first that its results have."""
    known = {name for result in results for name in result.metrics or {}}
    return next(metric for metric in METRICS if metric in known)


def loss_of(metric: str, value: float) -> float:
    """The lower, the better; losses below a bound are one, as what sets them apart is chance."""
    return max(LEAST_LOSS, 1 - value) if metric == "auc" else value if metric == "rmse" else max(LEAST_LOSS, value)


def ranks(losses: list[float]) -> list[float]:
    """The place of each loss, from 1 on; equal ones share theirs."""
    ordered = sorted(losses)
    return [ordered.index(loss) + (ordered.count(loss) + 1) / 2 for loss in losses]


@dataclass(frozen=True)
class Board:
    """The results in one limit on the tables that all systems have tried; a system without a limit is in each."""

    limit: int
    systems: list[str]
    tables: list[str]
    partial: list[str]
    cells: dict[tuple[str, str], Result]

    @staticmethod
    def of(results: list[Result], limit: int, wanted: list[str]) -> Board:
        cells: dict[tuple[str, str], Result] = {}
        for result in sorted(results, key=lambda each: each.limit == limit):
            if result.system in wanted and (result.limit == limit or result.system in UNTIMED):
                cells[result.table, result.system] = result
        systems = [system for system in wanted if any(each == system for _, each in cells)]
        names = sorted({table for table, _ in cells})
        tables = [table for table in names if all((table, system) in cells for system in systems)]
        return Board(limit, systems, tables, [name for name in names if name not in tables], cells)

    def of_system(self, system: str) -> list[Result]:
        return [self.cells[table, system] for table in self.tables]

    def of_table(self, table: str) -> list[Result]:
        return [self.cells[table, system] for system in self.systems]

    def metric(self, table: str) -> str:
        return metric_of(self.of_table(table))

    def losses(self, table: str) -> list[float]:
        """The loss of each system; infinite where it failed."""
        metric = self.metric(table)
        return [
            loss_of(metric, result.metrics[metric]) if result.metrics else math.inf for result in self.of_table(table)
        ]

    def loss(self, table: str, system: str) -> float:
        return self.losses(table)[self.systems.index(system)]

    def mean_rank(self, system: str) -> float:
        place = self.systems.index(system)
        return statistics.mean(ranks(self.losses(table))[place] for table in self.tables)

    def share_of_best(self, system: str) -> float:
        """The mean over the tables of the least loss of all by its own; 0 where it failed."""
        return statistics.mean(min(self.losses(table)) / self.loss(table, system) for table in self.tables)

    def relative(self, system: str, reference: str) -> float | None:
        """The geometric mean of its loss by another's, over the tables where neither failed."""
        if reference not in self.systems:
            return None
        pairs = [(self.loss(table, system), self.loss(table, reference)) for table in self.tables]
        ratios = [own / other for own, other in pairs if math.isfinite(own) and math.isfinite(other)]
        return statistics.geometric_mean(ratios) if ratios else None

    def against_best_peer(self, table: str) -> float | None:
        """By how much, as a share, our loss is above that of the best peer."""
        peers = [self.loss(table, system) for system in self.systems if system != OURS]
        if OURS not in self.systems or not peers or not math.isfinite(min(peers)):
            return None
        return self.loss(table, OURS) / min(peers) - 1

    def summary(self) -> str:
        header = ["", "mean rank", "share of the best", f"loss by {TITLES[REFERENCE]}'s", "fails", "overruns"]
        header += ["longest fit, s", "peak memory, MB", "model, MB", "µs per row"]
        rows = []
        for system in self.systems:
            results = self.of_system(system)
            relative = self.relative(system, REFERENCE)
            limited = system not in UNTIMED
            rows.append(
                [
                    TITLES[system],
                    f"{self.mean_rank(system):.2f}",
                    f"{self.share_of_best(system):.3f}",
                    "" if relative is None else f"{relative:.3f}",
                    str(sum(result.metrics is None for result in results)),
                    str(sum(result.is_overrun for result in results)) if limited else "",
                    shown(max, [result.seconds for result in results], "{:.0f}"),
                    spread([result.megabytes for result in results], "{:.0f}"),
                    spread([megabytes(result.model_bytes) for result in results], "{:.1f}"),
                    spread([result.microseconds for result in results], "{:.0f}"),
                ]
            )
        return table_of(header, rows)

    def scores(self, rows: dict[str, int]) -> str:
        """Table by table, the best in bold, and how ours stands against the best peer."""
        body = []
        for table in self.tables:
            metric, losses = self.metric(table), self.losses(table)
            cells = [
                bold(value_of(metric, result), loss == min(losses))
                for result, loss in zip(self.of_table(table), losses, strict=True)
            ]
            body.append([table, f"{rows[table]:,}" if table in rows else "", METRICS[metric], *cells, self.gap(table)])
        return table_of(["table", "rows", "", *(TITLES[each] for each in self.systems), "against the best peer"], body)

    def gap(self, table: str) -> str:
        above = self.against_best_peer(table)
        if above is None:
            return ""
        return bold(f"{100 * above:+.1f} %" if math.isfinite(above) else "fails", above > WORSE)

    def resources(self) -> str:
        """Table by table the seconds to fit and the peak memory, and size and speed of our model."""
        body = []
        for table in self.tables:
            cells = [
                f"{cell(each.seconds, '{:.0f}')}, {cell(each.megabytes, '{:.0f}')}" for each in self.of_table(table)
            ]
            own = self.cells.get((table, OURS), Result(table, OURS, self.limit))
            cells += [cell(megabytes(own.model_bytes), "{:.1f}"), cell(own.microseconds, "{:.0f}")]
            body.append([table, *cells])
        return table_of(["table", *(TITLES[each] for each in self.systems), "our model, MB", "our µs per row"], body)

    def worse(self) -> str:
        """Where the best peer is better by more than a hundredth, and why."""
        body = []
        for table in self.tables:
            above = self.against_best_peer(table)
            if above is not None and above > WORSE:
                body.append([table, self.gap(table), REASONS.get(table, "not known yet")])
        return table_of(["table", "loss above the best peer's", "why"], body) if body else "Nowhere."

    def text(self, rows: dict[str, int]) -> str:
        if not self.tables:
            return f"## In {self.limit} seconds\n\nNo table has been tried by all systems yet.\n"
        partial = (
            f"\nLeft out, as not all systems have tried them: {', '.join(self.partial)}.\n" if self.partial else ""
        )
        return f"""## In {self.limit} seconds

The mean over {len(self.tables)} tables; memory, size and time to predict are the median and the most.
{partial}
{self.summary()}

### Table by table

{self.scores(rows)}

### Where a peer is better by more than 1 %

{self.worse()}

### Seconds to fit, peak memory in MB

{self.resources()}
"""


def value_of(metric: str, result: Result) -> str:
    if not result.metrics:
        return "fails"
    value = result.metrics[metric]
    return f"{value:.4g}" if metric == "rmse" else f"{value:.4f}"


def bold(text: str, chosen: bool) -> str:
    return f"**{text}**" if chosen else text


def megabytes(size: int | None) -> float | None:
    return None if size is None else size / 1e6


def cell(value: float | None, pattern: str) -> str:
    return "?" if value is None else pattern.format(value)


def shown(choose: Callable[[list[float]], float], values: list[float | None], pattern: str) -> str:
    known = [value for value in values if value is not None]
    return pattern.format(choose(known)) if known else ""


def spread(values: list[float | None], pattern: str) -> str:
    """The median and the most; nothing where nothing was measured."""
    median = shown(statistics.median, values, pattern)
    return f"{median}, {shown(max, values, pattern)}" if median else ""


def report(results: list[Result], systems: list[str], rows: dict[str, int], machine: str) -> str:
    """The document, one part for each limit."""
    limits = sorted({result.limit for result in results if result.system not in UNTIMED})
    parts = "\n".join(Board.of(results, limit, systems).text(rows) for limit in limits)
    return f"""# Comparison

Written by `make compare`; do not edit.

What `train --model automl --time-limit SECONDS` makes of real tables, beside what others make of them in the same time.
Each table is cut once, 70 % to learn from and 30 % to test, stratified by class. All learn from the same cells as text,
on two cores, one process at a time, and are asked for AUC with two classes, log loss with more, and RMSE of numbers.

- **automl** is told the target and its task, no more, and that no rows need be set aside (`--no-evaluate`). Its seconds
  are those of the whole `train` command, the start of Java included.
- **AutoGluon** has the preset `best_quality`, with its neural networks. **FLAML** and **H2O** have their defaults.
  Their seconds are those of the fit alone, without the start of Python or of H2O's server.
- **XGBoost**, **forest** and **linear** are what a careful person sets up without a search, and know no limit: XGBoost
  has 300 rounds of depth 6 at a learning rate of 0.08, the forest 300 trees, the linear model scaled numbers and
  one-hot categories.

The loss is 1 - AUC, log loss or RMSE; the first two count as equal below {LEAST_LOSS:g}. The *mean rank* is among all
systems, the last for who fails. The *share of the best* is the mean of the least loss of all by the system's own: 1 is
the best on every table, 0 a failure. The *loss by {TITLES[REFERENCE]}'s* is a geometric mean over the tables where both
succeed. An *overrun* takes more than {100 * (TOLERANCE - 1):.0f} % over the limit. Memory is the most that one process
of the system had. Our model is the bundle, which holds all that predicting needs; {TITLES[REFERENCE]}'s is its folder.
A row is predicted by `predict`, from CSV to CSV, the start of Java left out. What is missing was not measured.

{machine}

{parts}
## To repeat it

Tables and peers do not come with the project. `make compare` looks for them in `../shared/data` and
`../shared/bench/peers.py`, or where `MLOPS_TEST_DATA` and `MLOPS_PEERS` say, and installs the peers at the versions of
[flaml-h2o.txt](../pipeline-benchmarks/src/main/python/flaml-h2o.txt) and
[autogluon.txt](../pipeline-benchmarks/src/main/python/autogluon.txt), 7 GB in all; `FLAML_H2O_PYTHON` and
`AUTOGLUON_PYTHON` name interpreters that have them already. It takes five times the limit for each table, goes on where
it was ended, and measures nothing again but what `--again` names:

```
make compare
make compare COMPARE_OPTIONS="--time-limit 300"
make compare COMPARE_OPTIONS="--again automl titanic insurance"
make compare COMPARE_OPTIONS="--results docs/comparison.csv"
```

The last one takes what was measured for this page, in [comparison.csv](comparison.csv), and measures what is missing.
"""
