package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The jar that ships holds all that its parts held, each thing once, and runs by itself. */
class FatJarIT {
    private static final Path JAR = Path.of(System.getProperty("pipeline.jar", "target/pipeline-cli.jar"));

    /** Files that several jars have and that are merged, or that describe the one jar they came in. */
    private static final Set<String> MERGED = Set.of(
            "META-INF/LICENSE",
            "META-INF/LICENSE.txt",
            "META-INF/NOTICE",
            "META-INF/NOTICE.txt",
            "META-INF/DEPENDENCIES",
            "META-INF/THIRD_PARTY_LICENSES.txt");

    /** Jars of which the fat jar keeps only what is reached. */
    private static final Set<String> MINIMISED = Set.of("fastutil", "fastdoubleparser");

    @Test
    void isSmallEnoughToShip() throws IOException {
        assertThat(Files.size(JAR)).isLessThan(120_000_000);
    }

    @Test
    void hasTheManifestThatRunningNeeds() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            Manifest manifest = jar.getManifest();
            assertThat(manifest.getMainAttributes().getValue("Main-Class")).isEqualTo(Main.class.getName());
            assertThat(manifest.getMainAttributes().getValue("Multi-Release")).isEqualTo("true");
            assertThat(manifest.getMainAttributes().getValue("Add-Opens")).isEqualTo("java.base/java.nio");
        }
    }

    @Test
    void holdsNoSignatureOfAJarThatWentIn() throws IOException {
        assertThat(names(JAR)).noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA|EC)"));
    }

    @Test
    void holdsEveryFileOnce() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().map(JarEntry::getName)).doesNotHaveDuplicates();
        }
        Set<String> shipped = names(JAR);
        Map<String, List<String>> owners = new TreeMap<>();
        for (Path jar : shippedJars()) {
            for (String name : names(jar)) {
                if (shipped.contains(name)
                        && !MERGED.contains(name)
                        && !isLeftOut(jar, name)
                        && !name.startsWith("META-INF/services/")
                        && !name.endsWith("/MANIFEST.MF")) {
                    owners.computeIfAbsent(name, key -> new ArrayList<>())
                            .add(jar.getFileName().toString());
                }
            }
        }
        owners.values().removeIf(jars -> jars.size() == 1);
        assertThat(owners).as("files that more than one jar brings").isEmpty();
    }

    /** MLflow's client holds other libraries under names of its own, and still says that it is those libraries. */
    private static boolean isLeftOut(Path jar, String name) {
        return jar.getFileName().toString().startsWith("mlflow-client") && name.startsWith("META-INF/maven/");
    }

    @Test
    void holdsEveryClassOfEveryPart() throws IOException {
        Set<String> shipped = names(JAR);
        for (Path jar : shippedJars()) {
            if (MINIMISED.stream().noneMatch(jar.getFileName().toString()::startsWith)) {
                Set<String> missing = names(jar);
                missing.removeIf(name -> !name.endsWith(".class") || name.endsWith("module-info.class"));
                missing.removeAll(shipped);
                assertThat(missing).as(jar.toString()).isEmpty();
            }
        }
    }

    @Test
    void holdsNativeCodeForLinuxAndMacOnly() throws IOException {
        assertThat(names(JAR).stream()
                        .filter(name -> name.endsWith("xgboost4j.so") || name.endsWith("xgboost4j.dylib"))
                        .map(name -> name.substring("lib/".length(), name.lastIndexOf('/'))))
                .containsExactlyInAnyOrder("linux/x86_64", "linux/aarch64", "macos/x86_64", "macos/aarch64");
        assertThat(names(JAR).stream()
                        .filter(name -> name.matches("lightgbm4j/.*/lib_lightgbm\\.(so|dylib)"))
                        .map(name -> name.substring("lightgbm4j/".length(), name.lastIndexOf('/'))))
                .containsExactlyInAnyOrder("linux/x86_64", "linux/aarch64", "osx/x86_64", "osx/aarch64");
        assertThat(names(JAR)).noneMatch(name -> name.endsWith(".dll"));
    }

    @Test
    void keepsEveryServiceProviderAndCanLoadIt() throws Exception {
        Map<String, Set<String>> expected = new TreeMap<>();
        for (Path jar : shippedJars()) {
            providers(jar).forEach((service, names) -> expected.computeIfAbsent(service, key -> new TreeSet<>())
                    .addAll(names));
        }
        Map<String, Set<String>> shipped = providers(JAR);
        assertThat(shipped).isEqualTo(expected);
        try (URLClassLoader loader = alone()) {
            for (Map.Entry<String, Set<String>> service : shipped.entrySet()) {
                Class<?> role = loader.loadClass(service.getKey().substring("META-INF/services/".length()));
                for (String name : service.getValue()) {
                    assertThat(role).isAssignableFrom(loader.loadClass(name));
                }
            }
        }
    }

    @Test
    void loadsItsNativeAndReflectivePartsByItself() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = alone()) {
            // As in a process of its own: tinylog finds its parts through this loader.
            Thread.currentThread().setContextClassLoader(loader);
            Object matrix = loader.loadClass("ml.dmlc.xgboost4j.java.DMatrix")
                    .getConstructor(float[].class, int.class, int.class, float.class)
                    .newInstance(new float[] {1, 2, 3, 4}, 2, 2, Float.NaN);
            assertThat(matrix.getClass().getMethod("rowNum").invoke(matrix)).isEqualTo(2L);
            try (AutoCloseable memory = (AutoCloseable) loader.loadClass("org.apache.arrow.memory.RootAllocator")
                    .getConstructor()
                    .newInstance()) {
                assertThat(memory).isNotNull();
            }
            Object logging = loader.loadClass("org.slf4j.LoggerFactory")
                    .getMethod("getILoggerFactory")
                    .invoke(null);
            assertThat(logging.getClass().getName()).startsWith("org.tinylog");
            assertThat(loader.loadClass("org.tribuo.classification.sgd.linear.LogisticRegressionTrainer")
                            .getConstructor()
                            .newInstance())
                    .isNotNull();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static URLClassLoader alone() throws IOException {
        return new URLClassLoader(new URL[] {JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    }

    /** The jars of the class path that went in: those whose first class the fat jar holds. */
    private static List<Path> shippedJars() throws IOException {
        Set<String> shipped = names(JAR);
        List<Path> jars = new ArrayList<>();
        for (String element : System.getProperty("java.class.path").split(":")) {
            Path jar = Path.of(element);
            if (element.endsWith(".jar")
                    && names(jar).stream()
                            .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                            .anyMatch(shipped::contains)) {
                jars.add(jar);
            }
        }
        assertThat(jars).hasSizeGreaterThan(30);
        return jars;
    }

    private static Set<String> names(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile());
                Stream<JarEntry> entries = jar.stream()) {
            return entries.filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Map<String, Set<String>> providers(Path file) throws IOException {
        Map<String, Set<String>> providers = new TreeMap<>();
        try (JarFile jar = new JarFile(file.toFile())) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                if (entry.getName().matches("META-INF/services/[^/]+")) {
                    try (BufferedReader reader = new BufferedReader(
                            new InputStreamReader(jar.getInputStream(entry), StandardCharsets.UTF_8))) {
                        providers.put(
                                entry.getName(),
                                reader.lines()
                                        .map(line ->
                                                line.replaceFirst("#.*", "").strip())
                                        .filter(line -> !line.isEmpty())
                                        .collect(Collectors.toCollection(TreeSet::new)));
                    }
                }
            }
        }
        return providers;
    }
}
