package io.mlops.pipeline.model;

import java.util.Arrays;

/** What the truth of a row may be at one level of certainty: a set of classes, or all numbers between two bounds. */
public sealed interface Region {
    /** Whether the truth of the row whose outputs begin at an offset lies within. */
    boolean covers(double[] outputs, int offset, double truth);

    /** How many classes there are, or how far the bounds lie apart. */
    double size(double[] outputs, int offset);

    /**
     * Bounds around a number.
     *
     * @param edges between the ranges of predicted numbers, ascending
     * @param below what is added to a number of each range for its lower bound
     * @param above what is added for its upper bound
     */
    record Interval(double[] edges, double[] below, double[] above) implements Region {
        public double lower(double predicted) {
            return predicted + below[range(edges, predicted)];
        }

        public double upper(double predicted) {
            return predicted + above[range(edges, predicted)];
        }

        @Override
        public boolean covers(double[] outputs, int offset, double truth) {
            return truth >= lower(outputs[offset]) && truth <= upper(outputs[offset]);
        }

        @Override
        public double size(double[] outputs, int offset) {
            return upper(outputs[offset]) - lower(outputs[offset]);
        }

        /** In which range a predicted number falls: on an edge into the one above. */
        static int range(double[] edges, double predicted) {
            int found = Arrays.binarySearch(edges, predicted);
            return found >= 0 ? found + 1 : -found - 1;
        }
    }

    /**
     * The classes whose improbability is none too great; where none is left, the most probable one.
     *
     * @param most the greatest improbability, 1 less the probability, with which each class is in
     */
    record ClassSet(double[] most) implements Region {
        /** So near to the limit a class is in, so that programs whose arithmetic rounds otherwise agree. */
        private static final double TOLERANCE = 1e-6;

        /** Which classes are in the set of the row whose outputs begin at an offset. */
        public boolean[] classes(double[] outputs, int offset) {
            boolean[] in = new boolean[most.length];
            boolean any = false;
            int top = 0;
            for (int index = 0; index < most.length; index++) {
                double probability = outputs[offset + index];
                in[index] = 1 - probability <= most[index] + TOLERANCE;
                any |= in[index];
                top = probability > outputs[offset + top] ? index : top;
            }
            in[top] |= !any;
            return in;
        }

        @Override
        public boolean covers(double[] outputs, int offset, double truth) {
            return classes(outputs, offset)[(int) truth];
        }

        @Override
        public double size(double[] outputs, int offset) {
            int size = 0;
            for (boolean in : classes(outputs, offset)) {
                size += in ? 1 : 0;
            }
            return size;
        }
    }
}
