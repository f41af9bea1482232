# What can be done from a checkout; needs a JDK 17 or newer, make and git, and Python 3.11 or newer for dags/.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAVEN := ./mvnw
JAR := pipeline-cli/target/pipeline-cli.jar
SOURCES := pom.xml pipeline-cli/pom.xml $(shell find pipeline-cli/src/main -type f ! -name '*.pyc' | sed 's/ /\\ /g')
DEMO := data/demo
DEMO_ROWS ?= 5000
VENV := .venv/installed
BIN := $(CURDIR)/.venv/bin

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[.a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: $(JAR) ## Learn from generated credit data, from the raw table to the report (in data/demo)
	@mkdir -p $(DEMO)
	@[ -f $(DEMO)/credit.csv ] || ./mlops sample-data --rows $(DEMO_ROWS) --output $(DEMO)/credit.csv --quiet > /dev/null
	@[ -f $(DEMO)/pipeline.yaml ] || (cd $(DEMO) && ../../mlops init credit.csv --target default > /dev/null)
	@cd $(DEMO) && ../../mlops run > /dev/null || { code=$$?; [ $$code -eq 99 ] || exit $$code; }
	@echo "all of it is in $(DEMO); open $(DEMO)/runs/latest/evaluate/report.html"

.PHONY: jar
jar: $(JAR) ## Build pipeline-cli/target/pipeline-cli.jar

$(JAR): $(SOURCES)
	$(MAVEN) -q -Dmaven.test.skip=true -Dspotless.check.skip=true -pl pipeline-cli -am package
	@touch $@

.PHONY: check
check: $(VENV) ## Formatting, warnings, static analysis, unit, integration and architecture tests
	$(MAVEN) package
	@$(MAKE) --no-print-directory -j2 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target) \
		check-integration check-scorer check-dags check-benchmarks

.PHONY: check-java
check-java: $(VENV) ## That of the jar alone
	$(MAVEN) verify

# With the jar and the tests that are built: nothing may replace the jar while others run it.
.PHONY: check-integration
check-integration:
	$(MAVEN) -pl pipeline-cli failsafe:integration-test@integration failsafe:verify@integration

.PHONY: check-scorer
check-scorer: $(VENV) ## That of the Python package that a model carries to MLflow alone
	cd pipeline-cli && $(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy src/main/python src/test/python && $(BIN)/pytest -q

.PHONY: check-dags
check-dags: $(VENV) $(JAR) ## That of the DAGs alone, under a real Airflow
	cd dags && $(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy . && $(BIN)/pytest

.PHONY: check-benchmarks
check-benchmarks: $(VENV) ## That of the comparison's figures alone
	cd pipeline-benchmarks && $(BIN)/ruff format --check . && $(BIN)/ruff check . && \
		$(BIN)/mypy src/main/python/compare.py src/test/python && $(BIN)/pytest -q

.PHONY: .venv
.venv: $(VENV) ## Install the locked Python packages

# What the DAGs need is locked apart from what checks them, which no scheduler should carry.
$(VENV): dags/requirements.lock dags/requirements-dev.lock
	@for python in "$${PYTHON:-python3}" python3.13 python3.12 python3.11; do \
		"$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2> /dev/null && break; python=; \
	done; \
	[ -n "$$python" ] || { echo "dags/ needs Python 3.11, 3.12 or 3.13: install one, or name it with PYTHON=" >&2; exit 2; }; \
	"$$python" -m venv .venv || { echo "$$python cannot make .venv: on Debian, install python3-venv" >&2; exit 2; }
	.venv/bin/pip install -q --disable-pip-version-check --no-deps --require-hashes $(patsubst %,-r %,$^)
	@touch $@

.PHONY: airflow
airflow: $(VENV) $(JAR) ## Airflow and MLflow on this machine with demo data, until Ctrl-C (in data/airflow)
	@$(BIN)/python dags/demo/run.py $(AIRFLOW_OPTIONS)

.PHONY: lock
lock: ## Write the locks of dags/ again (needs uv)
	cd dags && uv pip compile -q --universal --python-version 3.11 --generate-hashes requirements.in -o requirements.lock
	cd dags && uv pip compile -q --universal --python-version 3.11 --generate-hashes -c requirements.lock \
		requirements-dev.in -o requirements-dev.lock

BENCH := pipeline-benchmarks/src/main/python
BENCH_PYTHON := pipeline-benchmarks/target/venv/bin/python

.PHONY: bench
bench: $(JAR) $(BENCH_PYTHON) ## Measure against the native call and Python, into docs/benchmarks.md (needs Python 3)
	$(MAVEN) -q -DskipTests compile
	$(BENCH_PYTHON) $(BENCH)/bench.py $(BENCH_OPTIONS)

.PHONY: defaults
defaults: $(JAR) $(BENCH_PYTHON) ## Measure the families out of the box against Python, into docs/defaults.md (needs real tables)
	$(MAVEN) -q -pl pipeline-cli test-compile
	$(BENCH_PYTHON) $(BENCH)/defaults.py $(DEFAULTS_OPTIONS)

COMPARE := pipeline-benchmarks/target/compare
FLAML_H2O_PYTHON ?= $(COMPARE)/flaml-h2o/bin/python
AUTOGLUON_PYTHON ?= $(COMPARE)/autogluon/bin/python

.PHONY: compare
compare: $(JAR) $(BENCH_PYTHON) $(FLAML_H2O_PYTHON) $(AUTOGLUON_PYTHON) ## Measure automl against FLAML, H2O and AutoGluon, into docs/comparison.md (needs real tables)
	$(BENCH_PYTHON) $(BENCH)/compare.py --flaml-h2o-python $(FLAML_H2O_PYTHON) --autogluon-python $(AUTOGLUON_PYTHON) \
		$(COMPARE_OPTIONS)

$(COMPARE)/%/bin/python: $(BENCH)/%.txt
	python3 -m venv $(dir $@)..
	$@ -m pip install -q -r $<
	@touch $@

$(BENCH_PYTHON): $(BENCH)/requirements.txt
	python3 -m venv $(dir $@)..
	$@ -m pip install -q -r $<
	@touch $@

.PHONY: real-data
real-data: $(JAR) ## Run init and run on every table of MLOPS_TEST_DATA, into docs/real-data.md (needs Python 3)
	python3 $(BENCH)/real_data.py --output docs/real-data.md

.PHONY: format
format: ## Format the sources
	$(MAVEN) -q spotless:apply
	[ ! -x $(BIN)/ruff ] || (cd dags && $(BIN)/ruff format -q . && $(BIN)/ruff check -q --fix .)

.PHONY: reference
reference: ## Write the generated pages of docs/reference again
	$(MAVEN) -q -Dtest=SettingsReferenceTest -Dreference.write=true -Dsurefire.failIfNoSpecifiedTests=false test

.PHONY: jar-size
jar-size: $(JAR) ## Show what takes room in the jar
	@pipeline-cli/src/build/jar-size $(JAR)

.PHONY: reproducible
reproducible: ## Build the last commit twice, in two folders, and compare the bytes
	@pipeline-cli/src/build/reproducible

.PHONY: clean
clean: ## Remove what was built, and the demo
	$(MAVEN) -q clean
	rm -rf $(DEMO) data/airflow
