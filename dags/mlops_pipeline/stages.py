"""The stages of the pipeline, in order. A new stage is one line here."""

STAGES = (
    "prepare-data",
    "prepare-features",
    "train",
    "evaluate",
    "register",
)


def task_id(stage: str) -> str:
    """The name of a stage's task; Airflow's names have no hyphens."""
    return stage.replace("-", "_")
