"""The figures of the comparison, on results that a person can reckon."""

from pathlib import Path

import pytest
from comparison import OURS, REFERENCE, Board, Result, loss_of, ranks, read, report, write

HEADER = "dataset,peer,budget_s,fit_s,wall_s,peak_rss_mb,metrics"


def result(table: str, system: str, metric: str, value: float | None, seconds: float = 60, limit: int = 60) -> Result:
    return Result(table, system, limit, seconds, 100, None if value is None else {metric: value})


def board(*results: Result) -> Board:
    return Board.of(list(results), 60, [OURS, REFERENCE, "flaml", "xgb"])


def test_reads_what_the_peers_write_and_takes_the_later_of_two(tmp_path: Path) -> None:
    peers = tmp_path / "peers.csv"
    peers.write_text(f"""{HEADER}
a,flaml,60,64.3,65.9,230,"{{'logloss': 0.5, 'auc': 0.8}}"
a,{REFERENCE},60,,30.4,-1,"{{'error': 'TypeError: 'NoneType' object'}}"
a,flaml,60,61.0,65.9,231,"{{'logloss': 0.4, 'auc': 0.9}}"
""")
    sizes = tmp_path / "sizes.csv"
    sizes.write_text("dataset,peer,budget_s,model_bytes\na,flaml,60,1000\nb,flaml,60,2000\n")

    flaml, autogluon = read([peers, tmp_path / "absent.csv"], sizes)

    assert flaml == Result("a", "flaml", 60, 61.0, 231, {"logloss": 0.4, "auc": 0.9}, 1000)
    assert autogluon == Result("a", REFERENCE, 60)


def test_reads_what_it_wrote(tmp_path: Path) -> None:
    results = [
        Result("a", OURS, 60, 59.5, 500.0, {"auc": 0.9, "logloss": 0.25}, 1_000_000, 12.5),
        Result("a", REFERENCE, 60, 70.0, None, None),
    ]
    write(tmp_path / "all.csv", reversed(results))
    assert read([tmp_path / "all.csv"], tmp_path / "none.csv") == sorted(results, key=lambda each: each.system)


def test_equal_losses_share_their_place() -> None:
    assert ranks([0.3, 0.1, 0.3, 0.5]) == [2.5, 1, 2.5, 4]


def test_losses_are_one_where_chance_sets_them_apart() -> None:
    assert loss_of("auc", 0.75) == 0.25
    assert loss_of("auc", 1) == loss_of("auc", 0.99999)
    assert loss_of("rmse", 1e-6) == 1e-6


def test_reckons_rank_share_and_ratio() -> None:
    both = board(
        result("a", OURS, "auc", 0.9),
        result("a", REFERENCE, "auc", 0.8),
        result("b", OURS, "rmse", 4),
        result("b", REFERENCE, "rmse", 2),
    )

    assert both.systems == [OURS, REFERENCE]
    assert both.mean_rank(OURS) == 1.5
    assert both.share_of_best(OURS) == pytest.approx(0.75)
    assert both.relative(OURS, REFERENCE) == pytest.approx(1)
    assert both.against_best_peer("b") == pytest.approx(1)
    assert "| b | **+100.0 %** | not known yet |" in both.worse()


def test_who_fails_is_last_and_out_of_the_ratio() -> None:
    both = board(
        result("a", OURS, "rmse", 4),
        result("a", REFERENCE, "rmse", None),
        result("b", OURS, "rmse", 3),
        result("b", REFERENCE, "rmse", 2),
    )

    assert both.mean_rank(REFERENCE) == 1.5
    assert both.share_of_best(REFERENCE) == 0.5
    assert both.relative(OURS, REFERENCE) == pytest.approx(1.5)
    assert "fails" in both.scores({})


def test_only_tables_that_all_have_tried_count() -> None:
    both = board(result("a", OURS, "auc", 0.9), result("a", "flaml", "auc", 0.8), result("b", OURS, "auc", 0.9))

    assert (both.tables, both.partial) == (["a"], ["b"])


def test_who_knows_no_limit_is_in_every_part_and_never_late() -> None:
    results = [
        result("a", OURS, "auc", 0.9, 63.1),
        result("a", OURS, "auc", 0.9, 300, 300),
        result("a", "xgb", "auc", 0.8, 400, 300),
    ]

    document = report(results, [OURS, "xgb"], {"a": 1234}, "A machine.")

    assert [each.is_overrun for each in results] == [True, False, False]
    assert document.count("| a | 1,234 | AUC | **0.9000** | 0.8000 | -50.0 % |") == 2
    assert document.index("## In 60 seconds") < document.index("## In 300 seconds")
