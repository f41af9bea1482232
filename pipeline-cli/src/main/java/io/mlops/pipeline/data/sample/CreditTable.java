package io.mlops.pipeline.data.sample;

import io.mlops.pipeline.data.Task;

/** The loan applications of one day. */
final class CreditTable implements RowGenerator {
    private static final int[] DURATIONS = {6, 12, 18, 24, 36, 48, 60, 84};
    private static final double[] DURATION_SHARES = {.06, .24, .38, .60, .80, .91, .97, 1};
    private static final String[] PURPOSES = {
        "car", "furniture", "electronics", "renovation", "education", "business", "travel", "medical", "other"
    };
    private static final double[] PURPOSE_SHARES = {.27, .43, .60, .71, .78, .89, .94, .97, 1};
    private static final double[] PURPOSE_RISK = {-.15, 0, .05, -.2, .25, .2, .35, .1, .15};
    private static final String[] JOBS = {
        "skilled", "unskilled", "management", "self-employed", "civil servant", "unemployed"
    };
    private static final double[] JOB_SHARES = {.48, .67, .78, .88, .96, 1};
    private static final double[] JOB_RISK = {0, .25, -.25, .15, -.5, .6};
    private static final double[] JOB_INCOME = {0, -.3, .5, .2, .1, -.8};
    private static final String[] HOUSINGS = {"own", "rent", "free"};
    private static final String[] MARITAL = {"married", "single", "divorced", "widowed"};
    private static final double[] MARITAL_SHARES = {.5, .83, .95, 1};
    private static final String[] ACCOUNTS = {"none", "overdrawn", "low", "comfortable"};
    private static final double[] ACCOUNT_RISK = {-.1, .8, .2, -.7};
    private static final String[] REGIONS = {
        "Northport",
        "Eastfield",
        "Southgate",
        "Westbrook",
        "Highland",
        "Lakeside",
        "Riverton",
        "Oakdale",
        "Millbrook",
        "Fairview",
        "Stonebridge",
        "Cedar Hill",
        "Harbour",
        "Ashford",
        "Elm Grove",
        "Far Islands"
    };
    private static final double[] REGION_SHARES = {
        .16, .29, .40, .49, .57, .64, .70, .76, .81, .86, .90, .935, .965, .985, .997, 1
    };
    private static final String[] JUNK = {"unknown", "n.a.", "#REF!", "~2000", "see file", "--"};
    private static final String[] RATINGS = {"A", "B", "C", "D", "E", "F"};
    private static final double[] RATING_BOUNDS = {-3.5, -2.3, -1.2, .1, 1.6};

    private final CreditSample settings;
    private final long today;
    private final double shift;

    CreditTable(CreditSample settings, int day) {
        this.settings = settings;
        this.today = settings.from().toEpochDay() + day;
        this.shift = settings.drift() * day;
    }

    static String target(Task task) {
        return switch (task) {
            case BINARY -> "default";
            case MULTICLASS -> "rating";
            case REGRESSION -> "interest_rate";
        };
    }

    @Override
    public String header() {
        return "application_id,application_date,amount,duration_months,purpose,age,marital_status,housing,region,job,"
                + "employed_since,income,savings,account_status,existing_credits,late_payments,utilization,guarantor,"
                + "phone," + target(settings.task());
    }

    @Override
    public void row(long number, Draws draws, CsvBuffer out) {
        Applicant a = new Applicant(draws);
        double score = a.score();
        out.date(today).character('-').padded(number + 1, 7).next();
        out.date(a.applied).next();
        number(a.amount, 2, 0, .002, draws, out);
        out.integer(a.duration).next();
        out.text(PURPOSES[a.purpose]).next();
        number(draws.chance(.002) ? 999 : a.age, 0, .01, .003, draws, out);
        category(MARITAL[a.marital], .01, draws, out);
        category(HOUSINGS[a.housing], .02, draws, out);
        category(REGIONS[a.region], .01, draws, out);
        category(JOBS[a.job], 0, draws, out);
        if (a.yearsEmployed >= 0) {
            out.date(a.applied - (long) (a.yearsEmployed * 365.25));
        }
        out.next();
        number(a.income, 2, .05, .004, draws, out);
        // Who has little to show leaves the field empty more often: the gap itself tells something.
        number(a.savings, 2, a.savings < 200 ? .22 : .08, 0, draws, out);
        category(ACCOUNTS[a.account], .03, draws, out);
        out.integer(a.credits).next();
        out.integer(a.late).next();
        number(a.utilization, 3, .04, 0, draws, out);
        out.text(a.guarantor ? "yes" : "no").next();
        out.text(a.phone ? "true" : "false").next();
        answer(score, draws, out);
    }

    private void answer(double score, Draws draws, CsvBuffer out) {
        switch (settings.task()) {
            case BINARY -> out.character(draws.chance(logistic(score)) ? '1' : '0');
            case MULTICLASS -> {
                double seen = score + .6 * draws.normal();
                int rating = 0;
                while (rating < RATING_BOUNDS.length && seen > RATING_BOUNDS[rating]) {
                    rating++;
                }
                out.text(RATINGS[rating]);
            }
            case REGRESSION -> out.decimal(2.5 + 9 * logistic((score + 1) / 1.6) + .6 * draws.normal() + 1.8, 2);
        }
    }

    private static void number(double value, int places, double missing, double junk, Draws draws, CsvBuffer out) {
        double u = draws.uniform();
        if (u < junk) {
            out.text(JUNK[draws.below(JUNK.length)]);
        } else if (u >= junk + missing) {
            out.decimal(value, places);
        }
        out.next();
    }

    private static void category(String value, double missing, Draws draws, CsvBuffer out) {
        double u = draws.uniform();
        if (u < missing / 4) {
            out.text("?");
        } else if (u >= missing) {
            out.text(value);
            if (u > .997) {
                out.character(' ');
            }
        }
        out.next();
    }

    private static double logistic(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }

    private static double clamp(double value, double least, double most) {
        return Math.max(least, Math.min(most, value));
    }

    /** One person and loan, before gaps and junk. */
    private final class Applicant {
        final long applied;
        final double amount;
        final int duration;
        final int purpose;
        final int age;
        final int marital;
        final int housing;
        final int region;
        final int job;
        final double yearsEmployed;
        final double income;
        final double savings;
        final int account;
        final int credits;
        final int late;
        final double utilization;
        final boolean guarantor;
        final boolean phone;
        private final double unseen;

        Applicant(Draws draws) {
            applied = settings.days() > 1 ? today : today - draws.below(365);
            duration = DURATIONS[draws.pick(DURATION_SHARES)];
            // A drifting population borrows more often for what comes last in the list.
            purpose = draws.chance(clamp(shift * .1, 0, .8)) ? 5 + draws.below(4) : draws.pick(PURPOSE_SHARES);
            age = (int) clamp(20 + 16 * StrictMath.exp(.65 * draws.normal()), 18, 79);
            marital = draws.pick(MARITAL_SHARES);
            job = draws.pick(JOB_SHARES);
            housing = draws.chance(age > 35 ? .62 : .3) ? 0 : draws.chance(.85) ? 1 : 2;
            region = draws.pick(REGION_SHARES);
            yearsEmployed = job == 5 ? -1 : draws.uniform() * draws.uniform() * (age - 17);
            income = 2600 * StrictMath.exp(JOB_INCOME[job] + .42 * draws.normal() - .42 * shift);
            amount = 250 + Math.round(60 * duration * StrictMath.exp(.7 * draws.normal())) * 2;
            savings = draws.chance(.25) ? 0 : 900 * StrictMath.exp(1.5 * draws.normal() - .3 * shift);
            double trouble = draws.normal() + .25 * JOB_RISK[job] + .3 * shift;
            account = trouble > 1.3 ? 1 : trouble > .2 ? 2 : trouble > -.8 ? 0 : 3;
            credits = draws.pick(.45, .75, .9, .97, 1);
            double lateness = trouble * .7 + draws.normal() * .7;
            late = lateness < .6 ? 0 : (int) ((lateness - .6) * 3) + 1;
            utilization = clamp(.42 + .24 * (draws.normal() * .8 + trouble * .5), 0, 1.3);
            guarantor = draws.chance(.09);
            phone = draws.chance(.6);
            unseen = draws.normal();
        }

        /** The log-odds of default. */
        double score() {
            double burden = amount / duration / income;
            double score = -3.2 + PURPOSE_RISK[purpose] + JOB_RISK[job] + ACCOUNT_RISK[account];
            score += 2.2 * (utilization - .42) + .28 * Math.min(late, 5) + .014 * (duration - 24);
            score += 5 * Math.min(burden, .5) - .00006 * Math.min(savings, 15_000);
            score += housing == 0 ? -.25 : .15;
            score += yearsEmployed >= 0 && yearsEmployed < 1 ? .5 : -.02 * Math.min(yearsEmployed, 20);
            score += age < 25 ? .45 : age > 65 ? .2 : 0;
            score += credits >= 3 ? .3 : 0;
            // Effects that no column has alone.
            score += utilization > .6 && late > 0 ? 2 : 0;
            score += age < 35 && purpose <= 1 && duration >= 24 ? 1.4 : 0;
            score += burden > .1 && housing != 0 ? 1.5 : 0;
            score += job == 3 && purpose == 5 ? -1.2 : 0;
            score += guarantor ? (late > 1 ? -2 : -.2) : 0;
            score += region >= 12 ? .5 : region == 3 && marital == 1 ? .4 : 0;
            return score + .25 * unseen;
        }
    }
}
