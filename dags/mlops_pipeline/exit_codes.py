"""What the exit codes of the jar mean to the scheduler."""

NOTHING_TO_DO = 99
TEMPORARY = 75

# What a signal ended (negative where Python counts it itself): the machine went down, or its memory was used up.
SIGNALLED = frozenset({137, 143, -9, -15})

_MEANINGS = {
    1: "a bug in the pipeline",
    2: "wrong usage or configuration",
    3: "the data was rejected",
    4: "the model was rejected",
    TEMPORARY: "a temporary failure",
}


def is_temporary(code: int) -> bool:
    """Whether trying again can help."""
    return code == TEMPORARY or code in SIGNALLED


def meaning(code: int) -> str:
    """A code in words."""
    return "ended by a signal" if code in SIGNALLED else _MEANINGS.get(code, "a failure")
