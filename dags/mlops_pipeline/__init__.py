"""How the DAGs run the pipeline's jar."""
