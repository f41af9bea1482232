"""Makes the pictures of the documents from the running demo (needs playwright for Python, and chromium)."""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import Page, sync_playwright

from demo.airflow_api import USER, AirflowApi, password

TRAINING = "daily_training"
NEVER = "2020-01-01"
WIDER_GRID = '{"details-panel,main-panel": {"expandToSizes": {}, "layout": [34, 66]}}'


def arguments() -> argparse.Namespace:
    """Where the demo runs and where the pictures go."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--airflow", default="http://127.0.0.1:8080")
    parser.add_argument("--mlflow", default="http://127.0.0.1:5000")
    parser.add_argument("--home", type=Path, default=Path("data/airflow/airflow"))
    parser.add_argument("--output", type=Path, default=Path("docs/images"))
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    return parser.parse_args()


def sign_in(page: Page, url: str, secret: str) -> None:
    """Signs a person in."""
    page.goto(f"{url}/auth/login")
    page.fill("input[name=username]", USER)
    page.fill("input[name=password]", secret)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/auth/login" not in address)


def failed_run(airflow: AirflowApi) -> str:
    """A run for a day that has no file."""
    run = airflow.start(TRAINING, {"run_date": NEVER})
    airflow.wait(TRAINING, run)
    return run


def mlflow_pages(page: Page, url: str, output: Path) -> None:
    """The runs, one run and the versions of the model."""

    def picture(name: str, place: str, awaited: str) -> None:
        page.goto(f"{url}/#/{place}?workflowType=machine_learning")
        page.get_by_text(awaited).first.wait_for()
        page.wait_for_timeout(3000)
        close = page.get_by_role("button", name=re.compile("close", re.IGNORECASE))
        if close.count():
            close.first.click()
            page.wait_for_timeout(1000)
        page.screenshot(path=output / f"mlflow-{name}.png")

    picture("runs", "experiments/1/runs", "credit 20")
    run = page.get_by_role("link", name=re.compile(rf"^credit (?!{NEVER})")).first.get_attribute("href")
    page.set_viewport_size({"width": 1280, "height": 1200})
    picture("run", str(run).partition("#/")[2].partition("?")[0], "Description")
    page.set_viewport_size({"width": 1280, "height": 700})
    picture("model", "models/credit", "champion")


def main() -> None:
    """Makes them all."""
    options = arguments()
    secret = password(options.home)
    airflow = AirflowApi(options.airflow, secret)
    runs = [run["dag_run_id"] for run in airflow.get(f"/dags/{TRAINING}/dagRuns?state=success")["dag_runs"]]
    failure = failed_run(airflow)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=options.chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 860}, color_scheme="light")
        sign_in(page, options.airflow, secret)

        def picture(name: str) -> None:
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(1500)
            page.screenshot(path=options.output / f"airflow-{name}.png")

        page.evaluate(f"localStorage.setItem('react-resizable-panels:grid-ltr', JSON.stringify({WIDER_GRID}))")
        page.goto(f"{options.airflow}/dags/{TRAINING}")
        page.get_by_text("register", exact=True).first.wait_for()
        picture("grid")
        page.goto(f"{options.airflow}/dags/{TRAINING}/runs/{failure}/tasks/prepare_data")
        page.get_by_text(re.compile("AirflowFailException")).first.wait_for()
        page.keyboard.press("w")
        picture("failure")
        page.goto(f"{options.airflow}/dags/{TRAINING}/runs/{runs[0]}/tasks/evaluate/xcom")
        page.get_by_text("return_value").first.wait_for()
        page.get_by_role("button", name="Expand all").click()
        picture("xcom")
        page.set_viewport_size({"width": 1280, "height": 1400})
        page.goto(f"{options.airflow}/dags/{TRAINING}")
        page.get_by_role("button", name="Trigger").first.click()
        page.get_by_text("Model family").wait_for()
        picture("form")
        mlflow_pages(page, options.mlflow, options.output)
        browser.close()
    print(json.dumps(sorted(str(file) for file in options.output.glob("*.png"))))


if __name__ == "__main__":
    main()
