package io.mlops.pipeline.data.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.DataSettings;
import io.mlops.pipeline.data.DataSettings.FormatSettings;
import io.mlops.pipeline.data.source.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Public data sets in all their dirt; skipped where they are not at hand (folder MLOPS_TEST_DATA). */
class RealDataTest {
    private static final Path DATA = Path.of(System.getenv().getOrDefault("MLOPS_TEST_DATA", "../../shared/data"));

    private static Inference infer(String file, String target) {
        Path path = DATA.resolve(file);
        assumeTrue(Files.exists(path), "needs " + path);
        return Inference.infer(
                Sources.open(path.toString(), FormatSettings.defaults()), DataSettings.defaults(), target);
    }

    private static List<String> list(String names) {
        return names == null ? List.of() : List.of(names.split("\\|"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "german_credit.csv,class,BINARY,1|2,,,1000",
                "german_credit_modified.csv,kredit,BINARY,1|0,,,1020",
                "south_german_credit.csv,kredit,BINARY,1|0,,,1000",
                "adult.csv.gz,income,BINARY,<=50K|>50K,,,32561",
                "adult_test.csv.gz,income,BINARY,<=50K.|>50K.,,,16281",
                "telco_churn.csv,Churn,BINARY,No|Yes,customerID,,7043",
                "california_housing.csv.gz,median_house_value,REGRESSION,,,,20640",
                "bike_sharing_hour.csv.gz,cnt,REGRESSION,,instant,,17379",
                "titanic.csv,Survived,BINARY,0|1,PassengerId,,891",
                "pima_diabetes.csv,Outcome,BINARY,0|1,,,768",
                "car_evaluation.csv,class,MULTICLASS,acc|good|unacc|vgood,,,1728",
                "mammography.csv,class,BINARY,'-1'|'1',,,11183",
                "auto_mpg.csv,mpg,REGRESSION,,,,398",
                "diamonds.csv.gz,price,REGRESSION,,,,53940",
                "electricity.csv.gz,class,BINARY,1|0,,,45312",
                "skin_segmentation.csv.gz,class,BINARY,2|1,,,245057",
                "wine_quality_red.csv,quality,MULTICLASS,3|4|5|6|7|8,,,1599",
                "nyc_taxis.csv,total,REGRESSION,,,,6433",
                "hypothyroid.csv,Class,MULTICLASS,compensated_hypothyroid|negative|primary_hypothyroid,,TBG measured|TBG,3772",
                "insurance.csv,charges,REGRESSION,,,,1338"
            })
    void understands(String file, String target, String task, String classes, String ids, String ignored, long rows) {
        Inference inference = infer(file, target);
        assertThat(inference.target().task()).hasToString(task);
        assertThat(inference.target().classes()).isEqualTo(list(classes));
        assertThat(inference.settings().id()).isEqualTo(list(ids));
        assertThat(inference.settings().ignore()).isEqualTo(list(ignored));
        assertThat(inference.rows()).isEqualTo(rows);
        assertThat(inference.ragged()).isZero();
    }

    @Test
    void readsNumbersAmongJunk() {
        Inference credit = infer("german_credit_modified.csv", "kredit");
        assertThat(credit.columns().stream().filter(each -> each.type() == ColumnType.INTEGER))
                .hasSize(21);
        InferredColumn amount = credit.column("hoehe");
        assertThat(amount.junkExamples()).containsExactly(java.util.Map.entry("invalid", 3L));
        assertThat(amount.missing()).isEqualTo(9);
        assertThat(credit.findings()).anyMatch(each -> each.evidence().startsWith("28 rows"));
    }

    @Test
    void countsMissingTokens() {
        assertThat(infer("adult.csv.gz", "income").column("workclass").missingTokens())
                .containsExactly(java.util.Map.entry("?", 1836L));
        assertThat(infer("telco_churn.csv", "Churn").column("TotalCharges").missing())
                .isEqualTo(11);
        assertThat(infer("california_housing.csv.gz", "median_house_value")
                        .column("total_bedrooms")
                        .missing())
                .isEqualTo(207);
    }

    @Test
    void tellsTextDatesAndCodesApart() {
        Inference titanic = infer("titanic.csv", "Survived");
        assertThat(titanic.column("Name").type()).isEqualTo(ColumnType.TEXT);
        assertThat(titanic.column("Pclass").type()).isEqualTo(ColumnType.INTEGER);
        assertThat(titanic.column("Embarked").type()).isEqualTo(ColumnType.CATEGORY);
        Inference taxis = infer("nyc_taxis.csv", "total");
        assertThat(taxis.column("pickup").type()).isEqualTo(ColumnType.DATETIME);
        assertThat(taxis.column("pickup_zone").type()).isEqualTo(ColumnType.CATEGORY);
        assertThat(infer("car_evaluation.csv", "class").column("doors").type()).isEqualTo(ColumnType.CATEGORY);
    }

    @Test
    void suspectsLeakage() {
        assertThat(infer("bike_sharing_hour.csv.gz", "cnt").findings())
                .anyMatch(each -> each.what().contains("a sum of 'registered', 'casual'"));
        assertThat(infer("nyc_taxis.csv", "total").findings())
                .anyMatch(each -> each.what().contains("a sum of 'fare', 'tip'"));
        assertThat(infer("pima_diabetes.csv", "Outcome").findings())
                .anyMatch(each -> "Glucose".equals(each.column()) && each.what().contains("does 0 stand"));
    }
}
