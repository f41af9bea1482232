package io.mlops.pipeline.tuning;

import java.util.Arrays;
import java.util.Locale;

/** Prints how near samplers come to the least value of known functions: the median regret over seeds. Arguments: seeds. */
final class SamplerComparison {
    private SamplerComparison() {}

    public static void main(String[] arguments) {
        int seeds = Integer.parseInt(arguments[0]);
        System.out.println("function trials batch " + Arrays.toString(Sampler.Kind.values()));
        for (Known function : Known.values()) {
            for (int trials : new int[] {30, 60, 120}) {
                for (int batch : new int[] {1, 4, 8}) {
                    StringBuilder line = new StringBuilder(function + " " + trials + " " + batch);
                    for (Sampler.Kind kind : Sampler.Kind.values()) {
                        double[] regrets = new double[seeds];
                        for (int seed = 0; seed < seeds; seed++) {
                            regrets[seed] = function.regret(kind, 100 + seed, trials, batch);
                        }
                        Arrays.sort(regrets);
                        line.append(String.format(
                                Locale.ROOT,
                                "  %.4f (%.4f)",
                                regrets[seeds / 2],
                                Arrays.stream(regrets).average().orElse(0)));
                    }
                    System.out.println(line);
                }
            }
        }
    }
}
