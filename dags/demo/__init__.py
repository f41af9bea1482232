"""The demo: Airflow and MLflow on one machine."""
