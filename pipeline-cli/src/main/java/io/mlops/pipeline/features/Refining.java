package io.mlops.pipeline.features;

import io.mlops.pipeline.features.ViewSettings.Fill;
import io.mlops.pipeline.features.ViewSettings.Scale;
import io.mlops.pipeline.features.step.Clip;
import io.mlops.pipeline.features.step.Distribution;
import io.mlops.pipeline.features.step.Impute;
import io.mlops.pipeline.features.step.Refinement;
import io.mlops.pipeline.features.step.Rescale;
import java.util.ArrayList;
import java.util.List;

/** Fits what is done to numbers after their encoding: clip, impute, scale, in this order. */
final class Refining {
    /** Numbers with fewer distinct values are counts or codes, whose ends are no outliers; only far ones are. */
    private static final int CLIP_FROM_VALUES = 20;

    /** The quartile range of the normal distribution with deviation 1, so that robust and standard scales agree on it. */
    private static final double NORMAL_QUARTILE_RANGE = 1.349;

    /** The bound that bounds nothing, which JSON can say, unlike infinity. */
    private static final double OPEN = Double.MAX_VALUE;

    private final ViewSettings settings;

    Refining(ViewSettings settings) {
        this.settings = settings;
    }

    /** Whether the numbers are the same in all rows after refining. */
    boolean isConstant(Distribution numbers) {
        if (numbers.isEmpty()) {
            return true;
        }
        Distribution imputed = settings.impute() == Fill.NONE ? numbers : numbers.imputed(replacement(numbers));
        return imputed.isConstant() && imputed.missing() == 0;
    }

    /** The refinements for an encoding whose outputs have these numbers in the training rows. */
    List<Refinement> fit(List<Distribution> outputs) {
        List<Double> lower = new ArrayList<>();
        List<Double> upper = new ArrayList<>();
        List<Double> replacements = new ArrayList<>();
        List<Double> centers = new ArrayList<>();
        List<Double> spreads = new ArrayList<>();
        for (Distribution output : outputs) {
            Distribution numbers = output;
            double[] bounds = bounds(output);
            lower.add(bounds[0]);
            upper.add(bounds[1]);
            numbers = numbers.clipped(bounds[0], bounds[1]);
            double replacement = replacement(output);
            replacements.add(replacement);
            if (settings.impute() != Fill.NONE) {
                numbers = numbers.imputed(replacement);
            }
            centers.add(settings.scale() == Scale.ROBUST ? numbers.median() : numbers.mean());
            spreads.add(spread(numbers));
        }
        List<Refinement> refinements = new ArrayList<>();
        if (!lower.stream().allMatch(Refining::isOpen) || !upper.stream().allMatch(Refining::isOpen)) {
            refinements.add(new Clip(lower, upper));
        }
        if (settings.impute() != Fill.NONE) {
            refinements.add(new Impute(replacements));
        }
        if (settings.scale() != Scale.NONE) {
            refinements.add(new Rescale(centers, spreads));
        }
        return refinements;
    }

    /** The least and the greatest number that is no outlier. */
    private double[] bounds(Distribution numbers) {
        double low = -OPEN;
        double high = OPEN;
        if (settings.clip() > 0 && numbers.values().length >= CLIP_FROM_VALUES) {
            low = numbers.quantile(settings.clip());
            high = numbers.quantile(1 - settings.clip());
        }
        double first = numbers.quantile(0.25);
        double third = numbers.quantile(0.75);
        if (settings.fence() > 0 && third > first) {
            low = Math.max(low, first - settings.fence() * (third - first));
            high = Math.min(high, third + settings.fence() * (third - first));
        }
        return low < high ? new double[] {low, high} : new double[] {-OPEN, OPEN};
    }

    private static boolean isOpen(double bound) {
        return Math.abs(bound) == OPEN;
    }

    private double replacement(Distribution numbers) {
        return switch (settings.impute()) {
            case NONE, MEDIAN -> numbers.median();
            case MOST_FREQUENT -> numbers.mostFrequent();
            case CONSTANT -> settings.fill();
        };
    }

    private double spread(Distribution numbers) {
        double deviation = numbers.deviation();
        double range = (numbers.quantile(0.75) - numbers.quantile(0.25)) / NORMAL_QUARTILE_RANGE;
        double spread = settings.scale() == Scale.ROBUST && range > 0 ? range : deviation;
        return spread > 0 && Double.isFinite(spread) ? spread : 1;
    }
}
