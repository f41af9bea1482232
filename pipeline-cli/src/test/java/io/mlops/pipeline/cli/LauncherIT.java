package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script finds Java and the jar, and passes everything through. */
class LauncherIT {
    private static final Path JAR = Path.of(System.getProperty("pipeline.jar", "target/pipeline-cli.jar"))
            .toAbsolutePath();

    @TempDir
    Path temporary;

    private Path launcher;

    @BeforeEach
    void installIntoAFolderWithBlanks() throws IOException {
        Path home = Files.createDirectories(temporary.resolve("a folder with blanks"));
        launcher = Files.copy(Path.of("../mlops"), home.resolve("mlops"));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        Files.copy(JAR, home.resolve("pipeline-cli.jar"));
    }

    @Test
    void runsTheJarBesideItFromAnyFolder() throws Exception {
        Result result = run(Map.of(), launcher.toString(), "--version");
        assertThat(result.error).isEmpty();
        assertThat(result.code).isZero();
        assertThat(result.output).startsWith("mlops ");
    }

    @Test
    void runsThroughASymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(temporary.resolve("link to it"), temporary.relativize(launcher));
        assertThat(run(Map.of(), link.toString(), "--version").code).isZero();
    }

    @Test
    void passesArgumentsWithBlanksAndTheExitCodeThrough() throws Exception {
        Result result = run(Map.of(), launcher.toString(), "no such command");
        assertThat(result.code).isEqualTo(2);
        assertThat(result.error).contains("no such command");
    }

    @Test
    void passesOptionsToTheVirtualMachine() throws Exception {
        assertThat(run(Map.of("MLOPS_JAVA_OPTS", "-Xmx64m -XX:+NoSuchOption"), launcher.toString(), "--version").error)
                .contains("NoSuchOption");
    }

    @Test
    void takesMemoryByTheNeedUnlessToldOtherwise() throws Exception {
        assertThat(flags("")).containsPattern("UseSerialGC += true").containsPattern("InitialHeapSize += 67108864 ");
        assertThat(flags("-XX:+UseParallelGC -Xms96m"))
                .containsPattern("UseParallelGC += true")
                .containsPattern("InitialHeapSize += 100663296 ");
    }

    @Test
    void keepsNativeCodeFromHoldingFreeMemoryUnlessToldOtherwise() throws Exception {
        Path home = java("17.0.1", "env");
        Result usual = run(Map.of("JAVA_HOME", home.toString()), launcher.toString());
        assertThat(usual.output.lines())
                .contains("MALLOC_ARENA_MAX=2", "MALLOC_MMAP_THRESHOLD_=1048576", "MALLOC_TRIM_THRESHOLD_=1048576");
        Result told = run(Map.of("JAVA_HOME", home.toString(), "MALLOC_ARENA_MAX", "4"), launcher.toString());
        assertThat(told.output.lines()).contains("MALLOC_ARENA_MAX=4");
    }

    /** A program in the place of Java. */
    private Path java(String version, String program) throws IOException {
        Path home = Files.createDirectories(temporary.resolve("java " + version));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n" + program + "\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return home;
    }

    private String flags(String options) throws Exception {
        Result result =
                run(Map.of("MLOPS_JAVA_OPTS", options + " -XX:+PrintFlagsFinal"), launcher.toString(), "--version");
        assertThat(result.code).as(result.error).isZero();
        return result.output;
    }

    @Test
    void takesTheJarThatTheEnvironmentNames() throws Exception {
        Result missing = run(Map.of("MLOPS_JAR", "/no/such.jar"), launcher.toString(), "--version");
        assertThat(missing.code).isEqualTo(2);
        assertThat(missing.error).contains("MLOPS_JAR is /no/such.jar");
        Files.delete(launcher.resolveSibling("pipeline-cli.jar"));
        assertThat(run(Map.of("MLOPS_JAR", JAR.toString()), launcher.toString(), "--version").code)
                .isZero();
    }

    @Test
    void saysWhatToDoWithoutAJarOrSources() throws Exception {
        Files.delete(launcher.resolveSibling("pipeline-cli.jar"));
        Result result = run(Map.of(), launcher.toString(), "--version");
        assertThat(result.code).isEqualTo(2);
        assertThat(result.error).contains("set MLOPS_JAR to the jar");
    }

    @Test
    void saysWhichJavaItNeeds() throws Exception {
        Path old = java("11.0.2", "exit 1");
        Result result = run(Map.of("JAVA_HOME", old.toString()), launcher.toString(), "--version");
        assertThat(result.code).isEqualTo(2);
        assertThat(result.error).contains("is Java 11.0.2; Java 17 or newer is needed");

        Result absent = run(Map.of("JAVA_HOME", "/no/java"), launcher.toString(), "--version");
        assertThat(absent.code).isEqualTo(2);
        assertThat(absent.error).contains("JAVA_HOME is /no/java");

        Result none = run(Map.of("PATH", pathWithoutJava()), launcher.toString(), "--version");
        assertThat(none.code).isEqualTo(2);
        assertThat(none.error).contains("java is not on the PATH");
    }

    /** A folder with the few programs that the script calls. */
    private String pathWithoutJava() throws IOException {
        Path programs = Files.createDirectories(temporary.resolve("programs"));
        for (String name : List.of("dirname", "readlink", "sed", "head", "sh")) {
            for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
                Path program = Path.of(folder, name);
                if (Files.isExecutable(program) && !Files.exists(programs.resolve(name))) {
                    Path call = programs.resolve(name);
                    Files.writeString(call, "#!/bin/sh\nexec " + program + " \"$@\"\n");
                    assertThat(call.toFile().setExecutable(true)).isTrue();
                }
            }
        }
        return programs.toString();
    }

    private Result run(Map<String, String> environment, String... command) throws Exception {
        List<String> line = new ArrayList<>(List.of("/bin/sh"));
        line.addAll(List.of(command));
        Path output = temporary.resolve("output");
        Path error = temporary.resolve("error");
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(temporary.toFile())
                .redirectOutput(output.toFile())
                .redirectError(error.toFile());
        builder.environment().remove("MLOPS_JAR");
        builder.environment().remove("JAVA_HOME");
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        return new Result(
                code,
                Files.readString(output, StandardCharsets.UTF_8),
                Files.readString(error, StandardCharsets.UTF_8));
    }

    private record Result(int code, String output, String error) {}
}
