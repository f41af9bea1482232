package io.mlops.pipeline;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import io.mlops.pipeline.settings.Setting;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of the house that a machine can check. */
class ArchitectureTest {
    private static final String ROOT = "io.mlops.pipeline";

    /** What everything may use: the root itself, and packages that use nothing of the house. */
    private static final Set<String> FOUNDATION = Set.of("", "settings", "progress", "files");

    /** What each package may use beside {@link #FOUNDATION}; cli may use all. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("data", Set.of()),
            Map.entry("features", Set.of("data")),
            Map.entry("model", Set.of("features", "data")),
            Map.entry("evaluation", Set.of("model", "features", "data")),
            Map.entry("tuning", Set.of("evaluation", "model", "features", "data")),
            Map.entry("automl", Set.of("tuning", "evaluation", "model", "features", "data")),
            Map.entry("bundle", Set.of("evaluation", "model", "features", "data")),
            Map.entry("tracking", Set.of("bundle", "evaluation", "data")),
            Map.entry("report", Set.of("tuning", "evaluation", "model", "features", "data")),
            Map.entry(
                    "config",
                    Set.of(
                            "tracking",
                            "bundle",
                            "tuning",
                            "automl",
                            "evaluation",
                            "model",
                            "features",
                            "data",
                            "report")),
            Map.entry(
                    "stage",
                    Set.of(
                            "config",
                            "tracking",
                            "bundle",
                            "report",
                            "tuning",
                            "automl",
                            "evaluation",
                            "model",
                            "features",
                            "data")));

    private static JavaClasses house;

    @BeforeAll
    static void read() {
        house = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                // Generated from the report's templates.
                .withImportOption(location -> !location.contains("/report/templates/"))
                .importPackages(ROOT);
    }

    @Test
    void packagesFormNoCycle() {
        check(slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
    }

    @Test
    void eachPackageUsesOnlyWhatLiesBelowIt() {
        List<String> offences = new ArrayList<>();
        for (JavaClass user : house) {
            String from = room(user);
            if (!from.isEmpty() && !from.equals("cli")) {
                Set<String> allowed = FOUNDATION.contains(from) ? Set.of() : MAY_USE.get(from);
                assertThat(allowed)
                        .as("package %s: say in MAY_USE what it may use", from)
                        .isNotNull();
                user.getDirectDependenciesFromSelf().stream()
                        .filter(dependency ->
                                dependency.getTargetClass().getPackageName().startsWith(ROOT))
                        .filter(dependency -> {
                            String to = room(dependency.getTargetClass());
                            return !to.equals(from) && !FOUNDATION.contains(to) && !allowed.contains(to);
                        })
                        .forEach(dependency -> offences.add(dependency.getDescription()));
            }
        }
        assertThat(offences).isEmpty();
    }

    @Test
    void librariesStayInTheirRooms() {
        only("picocli..", "cli..");
        only("tech.tablesaw..", "data..", "features..");
        only("org.tribuo..", "model.tribuo..", "features..");
        only("com.oracle.labs..", "model.tribuo..", "features..");
        only("ml.dmlc..", "model.xgboost..");
        only("com.microsoft.ml..", "model.lightgbm..");
        only("io.github.metarank..");
        only("de.siegmar..", "data..");
        only("gg.jte..", "report..");
        only("org.jetbrains.letsPlot..", "report..");
        only("com.github.weisj..", "report..");
        only("java.awt..", "report..");
        only("org.snakeyaml..", "config..");
    }

    @Test
    void onlyTheCommandLineTalksToTheTerminalAndEndsTheProcess() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".cli..")
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS));
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".cli..")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class));
    }

    @Test
    void nothingIsWrittenByJavaSerialisation() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ObjectOutputStream.class, ObjectInputStream.class));
    }

    @Test
    void exceptionsSayWhatWentWrong() {
        check(GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS);
        // Tribuo logs through it, and its room keeps Tribuo quiet.
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".model.tribuo..")
                .should(GeneralCodingRules.USE_JAVA_UTIL_LOGGING));
    }

    @Test
    void namesSayWhatAThingIs() {
        check(noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..helpers..", "..misc.."));
        check(noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Helpers|Util|Utils)"));
    }

    @Test
    void everyPackageIsNullMarked() {
        List<String> unmarked = new ArrayList<>();
        packages().forEach((name, javaPackage) -> {
            if (!javaPackage.isAnnotatedWith(NullMarked.class)) {
                unmarked.add(name);
            }
        });
        assertThat(unmarked)
                .as("packages without a package-info.java that says @NullMarked")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "model.Learner, model.catalog.Learners",
        "features.step.Step, features.step.Steps",
        "data.source.TableFormat, data.source.Sources",
        "stage.Stage, stage.Stages"
    })
    void everyImplementationStandsInItsList(String role, String list) {
        assertThat(used(house.get(ROOT + "." + list))).containsAll(implementations(house, role));
    }

    @Test
    void everyFamilyKeepsTheLearnerContract() {
        JavaClasses withTests = new ClassFileImporter().importPackages(ROOT + ".model");
        Set<String> tested = implementations(withTests, "model.LearnerContract").stream()
                .flatMap(test -> used(withTests.get(test)).stream())
                .collect(Collectors.toSet());
        assertThat(tested).containsAll(implementations(house, "model.Learner"));
    }

    private static Set<String> implementations(JavaClasses classes, String role) {
        Set<String> found = classes.stream()
                .filter(each -> each.isAssignableTo(ROOT + "." + role))
                .filter(each -> !each.isInterface() && !each.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
        assertThat(found).isNotEmpty();
        return found;
    }

    private static Set<String> used(JavaClass user) {
        return user.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getName())
                .collect(Collectors.toSet());
    }

    @Test
    void everySettingIsDescribedAndHasADefault() {
        List<String> offences = new ArrayList<>();
        for (JavaClass javaClass : house) {
            Class<?> type = javaClass.reflect();
            if (type.isRecord()) {
                List<RecordComponent> undescribed = Arrays.stream(type.getRecordComponents())
                        .filter(component -> !component.isAnnotationPresent(Setting.class))
                        .toList();
                if (undescribed.size() < type.getRecordComponents().length) {
                    undescribed.forEach(
                            component -> offences.add(type.getName() + "." + component.getName() + " lacks @Setting"));
                    if (!hasDefaults(type)) {
                        offences.add(type.getName() + " lacks public static defaults()");
                    }
                }
            }
        }
        assertThat(offences).isEmpty();
    }

    private static boolean hasDefaults(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .anyMatch(method -> method.getName().equals("defaults")
                        && method.getParameterCount() == 0
                        && method.getReturnType() == type
                        && Modifier.isStatic(method.getModifiers()));
    }

    private static void only(String library, String... rooms) {
        String[] packages = Arrays.stream(rooms).map(room -> ROOT + "." + room).toArray(String[]::new);
        check(noClasses()
                .that(resideInAPackage(ROOT + "..")
                        .and(resideInAnyPackage(packages).negate()))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(house);
    }

    /** The package just below the root, or nothing for the root itself. */
    private static String room(JavaClass javaClass) {
        String name = javaClass.getPackageName();
        return name.length() <= ROOT.length()
                ? ""
                : name.substring(ROOT.length() + 1).split("\\.")[0];
    }

    private static Map<String, JavaPackage> packages() {
        Map<String, JavaPackage> packages = new TreeMap<>();
        for (JavaClass javaClass : house) {
            packages.put(javaClass.getPackageName(), javaClass.getPackage());
        }
        return packages;
    }
}
