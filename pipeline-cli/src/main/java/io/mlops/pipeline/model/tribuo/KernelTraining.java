package io.mlops.pipeline.model.tribuo;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.TrainingSet;
import io.mlops.pipeline.model.explain.ReferenceRow;
import java.util.Arrays;
import java.util.List;
import libsvm.svm;
import org.tribuo.Output;
import org.tribuo.classification.Label;
import org.tribuo.classification.libsvm.LibSVMClassificationTrainer;
import org.tribuo.classification.libsvm.SVMClassificationType;
import org.tribuo.classification.libsvm.SVMClassificationType.SVMMode;
import org.tribuo.common.libsvm.KernelType;
import org.tribuo.common.libsvm.LibSVMModel;
import org.tribuo.common.libsvm.SVMParameters;
import org.tribuo.common.libsvm.SVMType;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.libsvm.LibSVMRegressionTrainer;
import org.tribuo.regression.libsvm.SVMRegressionType;

/** Support vector machines with a radial kernel, by LibSVM. */
final class KernelTraining {
    private static final double CACHE_MEGABYTES = 200;

    /** LibSVM draws the folds of its probabilities from one generator for the whole program. */
    private static final Object ONE_AT_A_TIME = new Object();

    static {
        svm.svm_set_print_string_function(text -> {});
    }

    private KernelTraining() {}

    static KernelModel fit(String learner, SvmParameters parameters, TrainingSet rows, long seed) {
        return rows.target().task() == Task.REGRESSION
                ? values(learner, parameters, rows, seed)
                : classes(learner, parameters, rows, seed);
    }

    private static KernelModel classes(String learner, SvmParameters parameters, TrainingSet rows, long seed) {
        SVMParameters<Label> settings = settings(new SVMClassificationType(SVMMode.C_SVC), parameters, rows.features());
        settings.setProbability();
        LibSVMClassificationTrainer trainer = new LibSVMClassificationTrainer(settings, seed);
        trainer.setLabelWeights(Weights.perClass(learner, rows));
        LibSVMModel<Label> trained;
        synchronized (ONE_AT_A_TIME) {
            trained = trainer.train(Examples.labelled(rows));
        }
        int[] classes = new int[trained.getOutputIDInfo().size()];
        Arrays.setAll(
                classes,
                number -> Integer.parseInt(
                        trained.getOutputIDInfo().getOutput(number).getLabel()));
        return model(learner, trained, rows, classes, new Scaling(0, 1));
    }

    private static KernelModel values(String learner, SvmParameters parameters, TrainingSet rows, long seed) {
        Weights.requireNone(learner, rows);
        Scaling scaling = Scaling.of(rows);
        SVMParameters<Regressor> settings =
                settings(new SVMRegressionType(SVMRegressionType.SVMMode.EPSILON_SVR), parameters, rows.features());
        settings.setEpsilon(parameters.epsilon());
        LibSVMModel<Regressor> trained;
        synchronized (ONE_AT_A_TIME) {
            trained = new LibSVMRegressionTrainer(settings, false, seed).train(Examples.valued(rows, scaling));
        }
        return model(learner, trained, rows, new int[0], scaling);
    }

    private static <T extends Output<T>> SVMParameters<T> settings(
            SVMType<T> type, SvmParameters parameters, FeatureMatrix features) {
        SVMParameters<T> settings = new SVMParameters<>(type, KernelType.RBF);
        settings.setCost(parameters.c());
        settings.setGamma(parameters.gamma() > 0 ? parameters.gamma() : automaticGamma(features));
        settings.setCacheSize(CACHE_MEGABYTES);
        return settings;
    }

    /** Scikit-learn's {@code scale}. */
    private static double automaticGamma(FeatureMatrix features) {
        double sum = 0;
        double squares = 0;
        for (float value : features.values()) {
            sum += value;
            squares += (double) value * value;
        }
        int count = features.values().length;
        double variance = squares / count - sum / count * (sum / count);
        return variance > 1e-12 ? 1 / (features.columns() * variance) : 1;
    }

    private static KernelModel model(
            String learner, LibSVMModel<?> trained, TrainingSet rows, int[] classes, Scaling scaling) {
        List<String> features =
                rows.features().features().stream().map(Feature::name).toList();
        int[] numbers = Examples.numbers(trained.getFeatureIDMap(), features.size());
        KernelModel.Index index =
                new KernelModel.Index(features, numbers, classes, rows.target().outputs(), scaling);
        return new KernelModel(learner, index, trained.getInnerModels().get(0), ReferenceRow.of(rows.features()));
    }
}
