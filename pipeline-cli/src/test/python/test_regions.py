import json
from typing import Any

import numpy as np
import pytest

from mlops_scorer.regions import Regions


def scores(rows: int, unit: float = 1.0) -> dict[str, Any]:
    return {"rows": rows, "values": [unit * (place + 1) for place in range(rows)]}


def test_bounds_go_by_the_range_of_the_prediction() -> None:
    conformal = {"type": "intervals", "edges": [5.0], "errors": [scores(99), scores(99, 10)], "source": ""}
    columns = Regions(conformal, []).columns(np.array([[4.0], [5.0]]), 0.9)
    np.testing.assert_allclose(columns["lower"], [4 + 5, 5 + 50])
    np.testing.assert_allclose(columns["upper"], [4 + 95, 5 + 950])


def test_of_thinned_scores_the_next_rank_outside_counts() -> None:
    thinned = {"rows": 1001, "values": [float(1 + 10 * place) for place in range(101)]}
    conformal = {"type": "intervals", "edges": [], "errors": [thinned], "source": ""}
    columns = Regions(conformal, []).columns(np.array([[0.0]]), 0.9)
    # The ranks 50 and 952 of 1001.
    np.testing.assert_allclose([columns["lower"][0], columns["upper"][0]], [41, 961])


def test_sets_are_json_in_the_order_of_the_classes_and_never_empty() -> None:
    conformal = {"type": "sets", "improbable": [scores(99, 0.005)], "classes": 3, "source": ""}
    rows = np.array([[0.55, 0.549, 0.0], [0.4, 0.35, 0.25], [0.1, 0.9, 0.0]])
    columns = Regions(conformal, ["ü", 'a"b', "c"]).columns(rows, 0.9)
    assert list(columns["prediction_set"]) == ['["ü"]', '["ü"]', '["a\\"b"]']
    columns = Regions(conformal, ["ü", 'a"b', "c"]).columns(rows, 0.92)
    assert [json.loads(each) for each in columns["prediction_set"]] == [["ü", 'a"b'], ["ü"], ['a"b']]


def test_each_class_has_its_own_limit() -> None:
    conformal = {"type": "sets", "improbable": [scores(99, 0.001), scores(99, 0.01)], "classes": 2, "source": ""}
    columns = Regions(conformal, ["no", "yes"]).columns(np.array([[0.85, 0.15], [0.95, 0.05]]), 0.9)
    assert list(columns["prediction_set"]) == ['["yes"]', '["no"]']


@pytest.mark.parametrize(
    ("conformal", "level", "message"),
    [
        ({"type": "none", "source": "3 rows"}, 0.9, "the model has no intervals: 3 rows"),
        ({"type": "intervals", "edges": [], "errors": [scores(18)], "source": ""}, 0.9, "allow at most 0.8947"),
        ({"type": "sets", "improbable": [scores(8)], "classes": 2, "source": ""}, 0.9, "allow at most 0.8888"),
        ({"type": "sets", "improbable": [scores(8)], "classes": 2, "source": ""}, 90, "between 0 and 1"),
    ],
)
def test_refuses_what_cannot_be_promised(conformal: dict[str, Any], level: float, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Regions(conformal, ["a", "b"]).columns(np.array([[0.5, 0.5]]), level)
