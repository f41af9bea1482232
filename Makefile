# What can be done from a checkout; needs a JDK 17 or newer, make and git.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAVEN := ./mvnw
JAR := pipeline-cli/target/pipeline-cli.jar
SOURCES := pom.xml pipeline-cli/pom.xml $(shell find pipeline-cli/src/main -type f | sed 's/ /\\ /g')
DEMO := data/demo
DEMO_ROWS ?= 5000

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

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
	$(MAVEN) -q -DskipTests -pl pipeline-cli -am package
	@touch $@

.PHONY: check
check: ## Formatting, warnings, static analysis, unit, integration and architecture tests
	$(MAVEN) verify

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
	rm -rf $(DEMO)
