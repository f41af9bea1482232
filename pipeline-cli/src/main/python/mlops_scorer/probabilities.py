"""What several families and calibrations do with probabilities."""

import numpy as np

from .columns import Floats


def sigmoid(logits: Floats) -> Floats:
    """The probability of a logarithm of odds."""
    raised = np.exp(-np.abs(logits))
    return np.where(logits >= 0, 1 / (1 + raised), raised / (1 + raised))


def both(positive: Floats) -> Floats:
    """The probabilities of two classes from that of the second."""
    return np.column_stack([1 - positive, positive])


def share(numbers: Floats) -> Floats:
    """Each row divided by its sum; equal shares where that is 0."""
    total = numbers.sum(axis=1, keepdims=True)
    shares: Floats = np.where(total > 0, numbers / np.where(total > 0, total, 1), 1 / numbers.shape[1])
    return shares
