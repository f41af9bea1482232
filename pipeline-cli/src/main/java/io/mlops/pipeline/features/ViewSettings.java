package io.mlops.pipeline.features;

import io.mlops.pipeline.settings.Setting;

/**
 * How columns become features, unless {@link ColumnFeatures} says otherwise for one of them.
 */
public record ViewSettings(
        @Setting("What replaces a missing number: none, median, most_frequent or constant.")
        Fill impute,

        @Setting("The number that replaces a missing one where impute is constant.")
        double fill,

        @Setting("Whether a column with missing cells gets a further feature that is 1 where the cell is missing.")
        boolean missingIndicator,

        @Setting(
                "How numbers are scaled: none, standard (mean 0, deviation 1) or robust (median 0, quartile range 1.349).")
        Scale scale,

        @Setting(
                value =
                        "The share of numbers at each end that is moved to the quantile there, against outliers; 0 moves none.",
                min = 0,
                max = 0.25)
        double clip,

        @Setting(
                value =
                        "How many quartile ranges beyond the quartiles a number may lie before it is moved to that bound; "
                                + "0 is any number.",
                min = 0,
                max = 1e6)
        double fence,

        @Setting(
                "How categories become numbers: codes (one_hot in the linear view, which adds numbers up), one_hot, ordinal or none.")
        Categories categories,

        @Setting(
                value = "How many rows a category needs to count by itself; rarer ones count as other.",
                min = 1,
                max = 1e9)
        int minCount,

        @Setting(
                value = "The most categories of a column that get a code or a feature of their own.",
                min = 1,
                max = 100_000)
        int maxLevels,

        @Setting(
                value = "From how many categories on a column gets the mean target of its categories; 0 is never.",
                min = 0)
        int targetFrom,

        @Setting(value = "How many rows the overall mean weighs in the mean target of a category.", min = 0, max = 1e9)
        double smoothing,

        @Setting(
                "What is made of dates: parts (year, month, day, weekday, hour, minute), cyclic (sine and cosine), both or none.")
        Dates dates,

        @Setting("Whether categories such as '1. Never Married' or '5more' also give the number they start with.")
        boolean numbersFromText,

        @Setting("What is made of free text: tfidf (its commonest words), hashed (all words, in buckets) or none.")
        Text text,

        @Setting(value = "How many features the words of a text column become.", min = 1, max = 100_000)
        int textFeatures,

        @Setting(value = "How many words in a row make one term of a text at most.", min = 1, max = 5)
        int textNgrams,

        @Setting(
                "How training rows get the mean target of their category without seeing their own: out_of_fold or ordered.")
        TargetStatistics targetStatistics,

        @Setting("Whether categories also give the share of the rows that have them.")
        boolean frequencies,

        @Setting(
                value =
                        "How many pairs of columns of categories get the mean target of both categories together at most.",
                min = 0,
                max = 100)
        int crosses,

        @Setting(
                value = "How many differences, ratios and products of two columns of numbers are added at most.",
                min = 0,
                max = 100)
        int arithmetic,

        @Setting(
                value = "How many columns of numbers are compared with their mean within a category at most.",
                min = 0,
                max = 100)
        int aggregates) {

    /** What replaces a missing number. */
    public enum Fill {
        NONE,
        MEDIAN,
        MOST_FREQUENT,
        CONSTANT
    }

    /** How numbers are scaled. */
    public enum Scale {
        NONE,
        STANDARD,
        ROBUST
    }

    /** How categories become numbers. */
    public enum Categories {
        NONE,
        CODES,
        ONE_HOT,
        ORDINAL
    }

    /** What is made of dates. */
    public enum Dates {
        NONE,
        PARTS,
        CYCLIC,
        BOTH
    }

    /** What is made of free text. */
    public enum Text {
        NONE,
        TFIDF,
        HASHED
    }

    /** How training rows get the mean target of their category. */
    public enum TargetStatistics {
        /** From the rows of other folds. */
        OUT_OF_FOLD,
        /** From the rows that stand before it in a random order. */
        ORDERED
    }

    /** The defaults of the linear view. */
    public static ViewSettings defaults() {
        return new ViewSettings(
                Fill.MEDIAN,
                0,
                true,
                Scale.STANDARD,
                0.01,
                10,
                Categories.ONE_HOT,
                10,
                100,
                100,
                10,
                Dates.CYCLIC,
                true,
                Text.TFIDF,
                64,
                1,
                TargetStatistics.OUT_OF_FOLD,
                false,
                0,
                0,
                0);
    }

    /** The defaults of the tree view. */
    public static ViewSettings treeDefaults() {
        return new ViewSettings(
                Fill.NONE,
                0,
                false,
                Scale.NONE,
                0,
                0,
                Categories.CODES,
                5,
                255,
                25,
                10,
                Dates.PARTS,
                true,
                Text.TFIDF,
                32,
                1,
                TargetStatistics.OUT_OF_FOLD,
                false,
                0,
                0,
                0);
    }

    /** The defaults of the neural view; outliers are left to the network, which bends them. */
    public static ViewSettings neuralDefaults() {
        return new ViewSettings(
                Fill.MEDIAN,
                0,
                true,
                Scale.ROBUST,
                0,
                0,
                Categories.CODES,
                5,
                255,
                25,
                10,
                Dates.BOTH,
                true,
                Text.TFIDF,
                64,
                1,
                TargetStatistics.OUT_OF_FOLD,
                false,
                0,
                0,
                0);
    }
}
