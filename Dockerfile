# The images of docker-compose.yml: the pipeline alone, Airflow with it, the MLflow server.
# Debian keeps one version of a package only, so none is named.
# hadolint global ignore=DL3008

FROM eclipse-temurin:17.0.20_8-jdk-jammy AS build
# Git tells the jar its commit.
RUN apt-get update \
    && apt-get install -y --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/root/.m2 ./mvnw -q -Dmaven.test.skip=true -pl pipeline-cli -am package
# A Java runtime of the modules that the jar uses; elliptic curves serve TLS and are found by name only.
RUN modules=$(jdeps --multi-release 17 --ignore-missing-deps --print-module-deps pipeline-cli/target/pipeline-cli.jar) \
    && jlink --add-modules "$modules,jdk.crypto.ec" --strip-java-debug-attributes --no-man-pages --no-header-files \
        --compress 2 --output /opt/java

FROM debian:12.13-slim AS mlops
# Fonts serve the plots, OpenMP and C++ the boosting libraries. Where the project is mounted, group 0 writes, whoever the
# user is.
RUN apt-get update \
    && apt-get install -y --no-install-recommends fontconfig fonts-dejavu-core libgomp1 libstdc++6 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 50000 --gid 0 --no-create-home mlops \
    && install -d -o mlops -g 0 -m 775 /mlops
COPY --from=build /opt/java /opt/java
COPY --from=build /build/mlops /build/pipeline-cli/target/pipeline-cli.jar /opt/mlops/
ENV JAVA_HOME=/opt/java PATH=/opt/mlops:$PATH LANG=C.UTF-8
WORKDIR /mlops
USER 50000:0
ENTRYPOINT ["mlops"]
CMD ["--help"]

FROM apache/airflow:3.3.2-python3.11 AS airflow
USER 0
RUN apt-get update \
    && apt-get install -y --no-install-recommends fontconfig fonts-dejavu-core libgomp1 \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -o airflow -g 0 -m 775 /mlops
COPY --from=build /opt/java /opt/java
COPY --from=build /build/pipeline-cli/target/pipeline-cli.jar /opt/mlops/
COPY dags/*.py dags/.airflowignore /opt/airflow/dags/
COPY dags/mlops_pipeline /opt/airflow/dags/mlops_pipeline
ENV JAVA_HOME=/opt/java MLOPS_JAR=/opt/mlops/pipeline-cli.jar MLOPS_HOME=/mlops
USER 50000:0

FROM python:3.11.15-slim-bookworm AS mlflow
RUN --mount=type=bind,source=docker/mlflow.lock,target=/tmp/mlflow.lock \
    pip install --no-cache-dir --no-deps --require-hashes --only-binary :all: -r /tmp/mlflow.lock \
    && useradd --uid 50000 --gid 0 --no-create-home mlflow \
    && install -d -o mlflow -g 0 -m 775 /mlflow/artifacts
COPY docker/mlflow-auth.ini /etc/mlflow/auth.ini
ENV MLFLOW_AUTH_CONFIG_PATH=/etc/mlflow/auth.ini
WORKDIR /mlflow
USER 50000:0
EXPOSE 5000
