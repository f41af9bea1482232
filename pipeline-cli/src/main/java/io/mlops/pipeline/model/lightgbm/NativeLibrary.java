package io.mlops.pipeline.model.lightgbm;

import com.microsoft.ml.lightgbm.lightgbmlib;
import io.mlops.pipeline.PipelineException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * LightGBM's native code, loaded when it is first needed.
 *
 * <p>The loader that comes with it writes to one place that all processes of a machine share, so that one which starts
 * changes the code under another's feet; here each process has its own folder, gone as soon as the code is loaded.
 */
final class NativeLibrary {
    private static boolean loaded;

    private NativeLibrary() {}

    static synchronized void load() {
        if (loaded) {
            return;
        }
        boolean mac = property("os.name").contains("mac");
        String machine = property("os.arch").replace("amd64", "x86_64").replace("arm64", "aarch64");
        String place = "/lightgbm4j/" + (mac ? "osx/" : "linux/") + machine + "/";
        try {
            Path folder = Files.createTempDirectory("lightgbm");
            // The second is linked to the first.
            for (String name : List.of("lib_lightgbm", "lib_lightgbm_swig")) {
                Path file = folder.resolve(name + (mac ? ".dylib" : ".so"));
                file.toFile().deleteOnExit();
                copy(place + file.getFileName(), file);
                System.load(file.toString());
            }
            try (var files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
            loaded = true;
        } catch (FileNotFoundException | UnsatisfiedLinkError e) {
            throw new PipelineException(
                    PipelineException.Kind.USAGE,
                    "model 'lightgbm' cannot run on this machine (" + e.getMessage()
                            + "); install libgomp, or use 'xgboost' instead",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack LightGBM", e);
        }
    }

    /**
     * How many of some threads are to be used, which changes no result. Unless {@code OMP_WAIT_POLICY} lets them sleep, they
     * spin while they wait for each other, and where other processes want the processors too, two take ten times as long as
     * one.
     */
    static int threads(int wanted) {
        return "passive".equalsIgnoreCase(System.getenv("OMP_WAIT_POLICY")) ? wanted : 1;
    }

    private static String property(String name) {
        return System.getProperty(name, "").toLowerCase(Locale.ROOT);
    }

    private static void copy(String resource, Path file) throws IOException {
        try (InputStream code = lightgbmlib.class.getResourceAsStream(resource)) {
            if (code == null) {
                throw new FileNotFoundException("the jar has no " + resource);
            }
            Files.copy(code, file);
        }
    }

    /** Passes on what LightGBM complains about: its settings were checked and its data is ours. */
    static void check(int code) {
        if (code != 0) {
            throw new IllegalStateException("LightGBM failed: " + lightgbmlib.LGBM_GetLastError());
        }
    }
}
