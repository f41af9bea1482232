"""What one DAG makes and another waits for."""

from airflow.sdk import Asset

# Updated where a run makes its model the champion; the event carries the run's date.
CHAMPION = Asset("champion")
