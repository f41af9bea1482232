"""From what a model gives to an answer: calibrated probabilities, then a class."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from .columns import Floats
from .probabilities import both, share, sigmoid

#: Probabilities stay this far from 0 and 1 before a logarithm is taken.
_SMALLEST = 1e-7


def calibrate(calibration: Mapping[str, Any], outputs: Floats) -> Floats:
    """The corrected probabilities."""
    kind = calibration["type"]
    if kind == "none":
        return outputs
    if kind == "platt":
        bounded = np.clip(outputs[:, 1], _SMALLEST, 1 - _SMALLEST)
        return both(sigmoid(calibration["slope"] * np.log(bounded / (1 - bounded)) + calibration["intercept"]))
    if kind == "isotonic":
        return both(_interpolated(calibration["inputs"], calibration["outputs"], outputs[:, 1]))
    if kind == "temperature":
        bounded = np.maximum(outputs, _SMALLEST)
        return share((bounded / bounded.max(axis=1, keepdims=True)) ** (1 / calibration["temperature"]))
    raise ValueError(f"the model has the calibration '{kind}', which its code does not know")


def _interpolated(inputs: list[float], outputs: list[float], given: Floats) -> Floats:
    """A curve that is straight between its knots and level beyond them."""
    knots, heights = np.asarray(inputs, dtype=np.float64), np.asarray(outputs, dtype=np.float64)
    right = np.clip(np.searchsorted(knots, given), 1, max(1, len(knots) - 1))
    if len(knots) == 1:
        return np.full(len(given), heights[0])
    left = right - 1
    share = np.clip((given - knots[left]) / (knots[right] - knots[left]), 0, 1)
    return np.add(heights[left], share * (heights[right] - heights[left]))


def decide(probabilities: Floats, decision: Mapping[str, Any]) -> npt.NDArray[np.intp]:
    """The place of the class that each row gets: of two by the threshold, of more the one that is expected to cost the
    least, or the most probable.
    """
    if probabilities.shape[1] == 2:
        return np.asarray(probabilities[:, 1] >= decision["threshold"], dtype=np.intp)
    if decision.get("costs"):
        expected = np.zeros_like(probabilities)
        # Added one by one, so that no rounding differs.
        for truth, costs in enumerate(decision["costs"]["matrix"]):
            expected += probabilities[:, [truth]] * np.asarray(costs, dtype=np.float64)
        return np.asarray(expected.argmin(axis=1), dtype=np.intp)
    return np.asarray(probabilities.argmax(axis=1), dtype=np.intp)
