"""The command that runs the jar. What a person typed reaches it through the environment, never through its text."""

SCRIPT = r"""
set -eu
[ -f "${MLOPS_JAR:-}" ] || { echo "MLOPS_JAR must name pipeline-cli.jar; it is '${MLOPS_JAR:-}'"; exit 2; }
[ -d "${MLOPS_HOME:-}" ] || { echo "MLOPS_HOME must name the project's folder; it is '${MLOPS_HOME:-}'"; exit 2; }
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
command -v "$java" > /dev/null || { echo "$java: not found; set JAVA_HOME to a JRE 17 or newer"; exit 2; }
arguments=("$MLOPS_COMMAND" --home "$MLOPS_HOME" --date "$MLOPS_DATE")
[ -z "${MLOPS_FORCE:-}" ] || arguments+=(--force)
[ -z "${MLOPS_FAIL_ON_REJECT:-}" ] || arguments+=(--fail-on-reject)
while IFS= read -r override; do
    [ -z "$override" ] || arguments+=(--set "$override")
done <<< "${MLOPS_OVERRIDES:-}"
read -r -a options <<< "${MLOPS_JAVA_OPTS:-}"
exec "$java" ${options[@]+"${options[@]}"} -jar "$MLOPS_JAR" "${arguments[@]}"
"""
