package io.mlops.pipeline.tracking.mlflow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The packages that a model's Python code needs, in the forms in which MLflow reads them. */
record Requirements(List<String> packages) {
    /** The oldest Python that reads the code. */
    static final String PYTHON = "3.11";

    private static final Path TREES = Path.of("model", "trees.ubj");

    Requirements {
        packages = List.copyOf(packages);
    }

    /** Those of the bundle in a folder. */
    static Requirements of(Path bundle) {
        List<String> packages = new ArrayList<>(List.of("mlflow>=2.20,<4", "numpy>=1.26,<3", "pandas>=2.2,<4"));
        if (Files.exists(bundle.resolve(TREES))) {
            packages.add("xgboost>=3.0,<4");
        }
        return new Requirements(packages);
    }

    /** The {@code requirements.txt}. */
    String pip() {
        return String.join("\n", packages) + "\n";
    }

    /** The {@code python_env.yaml}. */
    String pythonEnvironment() {
        return """
                python: '%s'
                build_dependencies:
                - pip
                dependencies:
                - -r requirements.txt
                """.formatted(PYTHON);
    }

    /** The {@code conda.yaml}. */
    String conda() {
        StringBuilder pip = new StringBuilder();
        packages.forEach(each -> pip.append("  - ").append(each).append('\n'));
        return """
                channels:
                - conda-forge
                dependencies:
                - python=%s
                - pip
                - pip:
                %sname: mlflow-env
                """.formatted(PYTHON, pip);
    }
}
