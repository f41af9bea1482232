package io.mlops.pipeline.model.lightgbm;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_int;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import io.mlops.pipeline.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Trees that grow, in LightGBM's own memory. */
final class NativeBooster implements AutoCloseable {
    private static final String END = "\nend of parameters\n";

    private final SWIGTYPE_p_void handle;
    private final SWIGTYPE_p_int count = lightgbmlib.new_intp();
    private final SWIGTYPE_p_double losses = lightgbmlib.new_doubleArray(1);

    NativeBooster(NativeRows training, String settings) {
        SWIGTYPE_p_p_void created = lightgbmlib.voidpp_handle();
        NativeLibrary.check(lightgbmlib.LGBM_BoosterCreate(training.handle(), settings, created));
        handle = lightgbmlib.voidpp_value(created);
    }

    void watch(NativeRows validation) {
        NativeLibrary.check(lightgbmlib.LGBM_BoosterAddValidData(handle, validation.handle()));
    }

    /** Grows one round of trees; false where no further split is to be had, and there is no new round. */
    boolean grow() {
        NativeLibrary.check(lightgbmlib.LGBM_BoosterUpdateOneIter(handle, count));
        return lightgbmlib.intp_value(count) == 0;
    }

    /**
     * The loss so far, in single precision: how threads share the sum shows beyond it.
     *
     * @param rows 0 for those that it learns from, 1 for those that it watches
     */
    double loss(int rows) {
        NativeLibrary.check(lightgbmlib.LGBM_BoosterGetEval(handle, rows, count, losses));
        return (float) lightgbmlib.doubleArray_getitem(losses, 0);
    }

    /**
     * The trees of so many rounds, in LightGBM's text. It goes through a file: what the library gives as a text itself, it
     * never frees, which for a search of five minutes came to 400 MB.
     */
    String text(int rounds) {
        try {
            Path file = Files.createTempFile("lightgbm", ".txt");
            try {
                return text(rounds, file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw PipelineException.temporary("LightGBM's trees cannot be written (" + e.getMessage()
                    + "); make room there, or name another folder with MLOPS_JAVA_OPTS=-Djava.io.tmpdir=FOLDER");
        }
    }

    /** The text, through a file of this name. */
    String text(int rounds, Path file) throws IOException {
        int code = lightgbmlib.LGBM_BoosterSaveModel(
                handle, 0, rounds, lightgbmlibConstants.C_API_FEATURE_IMPORTANCE_GAIN, file.toString());
        if (code != 0) {
            throw new IOException(lightgbmlib.LGBM_GetLastError());
        }
        String text = Files.readString(file);
        if (!text.endsWith(END)) {
            // The library does not look whether all was written.
            throw new IOException("no room in " + file.getParent());
        }
        return text;
    }

    @Override
    public void close() {
        lightgbmlib.delete_intp(count);
        lightgbmlib.delete_doubleArray(losses);
        NativeLibrary.check(lightgbmlib.LGBM_BoosterFree(handle));
    }
}
