package meridian.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/// This module's rows of the table in ARCHITECTURE.md; those of the others are in the module
/// `node`, which has nothing of this one.
class ImportsTest {

    private static final String GENERATED = "meridian.bench.micro.jmh_generated..";

    private static final JavaClasses MAIN =
            new ClassFileImporter()
                    .withImportOption(location -> !location.contains("test-classes"))
                    .importUrls(
                            ImportsTest.class
                                    .getClassLoader()
                                    .resources("meridian/bench")
                                    .toList());

    @Test
    void whatIsComparedIsAProcessLikeTheOthers() {
        classes()
                .that()
                .resideInAPackage("meridian.bench")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "meridian.bench",
                        "java..",
                        "org.jspecify..",
                        "picocli..",
                        "org.openjdk.jmh..",
                        "com.sun.management..")
                .check(MAIN);
    }

    @Test
    void benchmarksKnowOfTheComparisonOnlyTheWorkload() {
        noClasses()
                .that()
                .resideInAPackage("meridian.bench.micro")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "meridian.node..", "meridian.cluster..", "picocli..", "java.lang.foreign..")
                .check(MAIN);
        noClasses()
                .that()
                .resideInAPackage("meridian.bench")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("meridian.bench.micro", GENERATED)
                .check(MAIN);
    }
}
