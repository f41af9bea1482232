package io.mlops.pipeline.model.lightgbm;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_float;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.TrainingSet;
import org.jspecify.annotations.Nullable;

/** Rows in LightGBM's own memory, sorted into bins. */
final class NativeRows implements AutoCloseable {
    private static final int FLOATS = lightgbmlibConstants.C_API_DTYPE_FLOAT32;

    private final SWIGTYPE_p_void handle;

    /** @param reference the rows whose bins these get; null for bins of their own */
    NativeRows(TrainingSet rows, float[] labels, String settings, @Nullable NativeRows reference) {
        handle = create(rows.features(), settings, reference);
        set("label", labels);
        if (rows.weights() != null) {
            set("weight", rows.weights());
        }
    }

    private static SWIGTYPE_p_void create(FeatureMatrix features, String settings, @Nullable NativeRows reference) {
        SWIGTYPE_p_float values = copy(features.values());
        SWIGTYPE_p_p_void created = lightgbmlib.voidpp_handle();
        try {
            NativeLibrary.check(lightgbmlib.LGBM_DatasetCreateFromMat(
                    lightgbmlib.float_to_voidp_ptr(values),
                    FLOATS,
                    features.rows(),
                    features.columns(),
                    1,
                    settings,
                    reference == null ? null : reference.handle,
                    created));
            return lightgbmlib.voidpp_value(created);
        } finally {
            lightgbmlib.delete_floatArray(values);
        }
    }

    private void set(String field, float[] numbers) {
        SWIGTYPE_p_float values = copy(numbers);
        try {
            NativeLibrary.check(lightgbmlib.LGBM_DatasetSetField(
                    handle, field, lightgbmlib.float_to_voidp_ptr(values), numbers.length, FLOATS));
        } finally {
            lightgbmlib.delete_floatArray(values);
        }
    }

    private static SWIGTYPE_p_float copy(float[] numbers) {
        SWIGTYPE_p_float copy = lightgbmlib.new_floatArray(numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            lightgbmlib.floatArray_setitem(copy, i, numbers[i]);
        }
        return copy;
    }

    SWIGTYPE_p_void handle() {
        return handle;
    }

    @Override
    public void close() {
        NativeLibrary.check(lightgbmlib.LGBM_DatasetFree(handle));
    }
}
