package meridian.node;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import meridian.record.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// ARCHITECTURE.md §2 as code: who may import whom, and who may not read a clock.
class ArchitectureTest {

    private static final JavaClasses MAIN = classesOfMain();

    /// Found through the class loader: ArchUnit's own search looks through the JDK and every
    /// library.
    private static JavaClasses classesOfMain() {
        return classesIn("meridian");
    }

    private static JavaClasses classesIn(String folder) {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importUrls(ArchitectureTest.class.getClassLoader().resources(folder).toList());
    }

    /// A line of `run.args`, before the pattern of methods that it is about.
    private static final String LIMIT = "-XX:CompileCommand=MaxNodeLimit,";

    private static final String[] MODEL = {
        "meridian.record..",
        "meridian.signing..",
        "meridian.topology..",
        "meridian.time..",
        "meridian.health..",
        "meridian.intent..",
        "meridian.steering.."
    };

    /// Code that is told the time and handed the draw, and touches nothing outside itself.
    private static final String[] PURE = {
        "meridian.record..",
        "meridian.signing..",
        "meridian.topology..",
        "meridian.time..",
        "meridian.health..",
        "meridian.intent..",
        "meridian.steering..",
        "meridian.dns.wire..",
        "meridian.dns.zone.."
    };

    /// The import table: a package, and what it may import besides itself, the JDK and JSpecify. To
    /// add a library to a row is a decision: say why in the commit that does.
    private static Stream<Arguments> importTable() {
        return Stream.of(
                row("meridian.record"),
                row("meridian.signing", "meridian.record"),
                row("meridian.topology", "meridian.record"),
                row("meridian.time", "meridian.record", "meridian.topology"),
                row("meridian.health", "meridian.record", "meridian.topology", "meridian.time"),
                row("meridian.intent", "meridian.record", "meridian.topology", "meridian.time"),
                row(
                        "meridian.steering",
                        "meridian.record",
                        "meridian.topology",
                        "meridian.time",
                        "meridian.health",
                        "meridian.intent"),
                rowAboveModel("meridian.config", "com.typesafe.config", "org.xbill.DNS"),
                rowAboveModel("meridian.cluster", "com.hazelcast"),
                rowAboveModel("meridian.dns", "org.xbill.DNS", "com.maxmind.db", "io.netty"),
                rowAboveModel("meridian.checker", "org.apache.hc.core5"),
                rowAboveModel(
                        "meridian.api",
                        "io.vertx",
                        "io.micrometer",
                        "io.prometheus",
                        "com.fasterxml.jackson"),
                rowAboveModel(
                        "meridian.simulation",
                        "meridian.cluster",
                        "meridian.dns",
                        "meridian.checker"));
    }

    private static Arguments row(String home, String... others) {
        return Arguments.of(home, Stream.of(others).map(other -> other + "..").toList());
    }

    private static Arguments rowAboveModel(String home, String... libraries) {
        var others = Stream.of(libraries).map(library -> library + "..");
        return Arguments.of(
                home,
                Stream.concat(Stream.concat(Stream.of(MODEL), others), Stream.of("org.slf4j.."))
                        .toList());
    }

    /// Vert.x tells why a request could not be read in the words of what it is built on.
    private static final DescribedPredicate<JavaClass> HANDED_OUT_BY_VERTX =
            new DescribedPredicate<>("are what Vert.x hands out") {
                @Override
                public boolean test(JavaClass type) {
                    return Set.of(
                                            "DecoderResult",
                                            "TooLongHttpLineException",
                                            "TooLongHttpHeaderException")
                                    .contains(type.getSimpleName())
                            && type.getPackageName().startsWith("io.netty.handler.codec");
                }
            };

    @ParameterizedTest(name = "{0} imports {1}")
    @MethodSource("importTable")
    void aPackageImportsOnlyWhatItsRowNames(String home, List<String> others) {
        assertThat(MAIN.containPackage(home)).as("there is a package %s", home).isTrue();
        String[] allowed =
                Stream.concat(
                                Stream.of(home + "..", "java..", "javax..", "org.jspecify.."),
                                others.stream())
                        .toArray(String[]::new);
        holds(
                classes()
                        .that()
                        .resideInAPackage(home + "..")
                        .should()
                        .onlyDependOnClassesThat(
                                isPrimitive()
                                        .or(resideInAnyPackage(allowed))
                                        .or(HANDED_OUT_BY_VERTX))
                        .because("ARCHITECTURE.md §2 gives " + home + " only these"));
    }

    @ParameterizedTest(name = "{0} is only in {1}")
    @MethodSource("librariesWithOneHome")
    void aLibraryHasOneHome(String library, String home) {
        holds(
                noClasses()
                        .that()
                        .resideOutsideOfPackage(home)
                        .should()
                        .dependOnClassesThat(
                                resideInAPackage(library).and(not(HANDED_OUT_BY_VERTX)))
                        .because("nothing but " + home + " may know it"));
    }

    private static Stream<Arguments> librariesWithOneHome() {
        return Stream.of(
                Arguments.of("io.netty..", "meridian.dns.transport.."),
                Arguments.of("com.hazelcast..", "meridian.cluster.."),
                Arguments.of("com.typesafe.config..", "meridian.config.."),
                Arguments.of("io.vertx..", "meridian.api.."),
                Arguments.of("com.maxmind..", "meridian.dns.geo.."),
                Arguments.of("picocli..", "meridian.node.."));
    }

    @Test
    void foreignFunctionsAreCalledInOneClass() {
        holds(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("meridian.dns.transport..")
                        .and(not(belongToAnyOf(Octets.class)))
                        .should()
                        .dependOnClassesThat(resideInAPackage("java.lang.foreign..")));
        holds(
                noClasses()
                        .that()
                        .doNotHaveSimpleName("Libc")
                        .should()
                        .dependOnClassesThat()
                        .haveNameMatching(
                                "java\\.lang\\.foreign\\.(Linker|SymbolLookup|Function).*")
                        .because("what can crash the process is to be read in one place"));
    }

    @Test
    void packagesFormNoCycle() {
        holds(slices().matching("meridian.(**)").should().beFreeOfCycles());
    }

    @Test
    void pureCodeIsToldTheTime() {
        holds(
                noClasses()
                        .that()
                        .resideInAnyPackage(PURE)
                        .should()
                        .accessTargetWhere(target("reads a clock", ArchitectureTest::readsAClock))
                        .orShould()
                        .dependOnClassesThat()
                        .belongToAnyOf(Clock.class, InstantSource.class)
                        .because("the simulator runs this on simulated time"));
    }

    private static boolean readsAClock(AccessTarget target) {
        String owner = target.getOwner().getName();
        return switch (target.getName()) {
            case "now" -> owner.startsWith("java.time.");
            case "currentTimeMillis", "nanoTime" -> owner.equals("java.lang.System");
            default -> owner.equals("java.util.Date") && target.getName().equals("<init>");
        };
    }

    @Test
    void pureCodeIsHandedTheDraw() {
        holds(
                noClasses()
                        .that()
                        .resideInAnyPackage(PURE)
                        .should()
                        .dependOnClassesThat()
                        .haveNameMatching("java\\.(util|security)\\..*Random.*")
                        .orShould()
                        .accessTargetWhere(
                                target(
                                        "draws",
                                        call ->
                                                Set.of("random", "randomUUID", "shuffle")
                                                        .contains(call.getName())))
                        .because("the same inputs and draw give the same choice"));
    }

    @Test
    void pureCodeTouchesNothingOutside() {
        holds(
                noClasses()
                        .that()
                        .resideInAnyPackage(PURE)
                        .should()
                        .dependOnClassesThat()
                        .haveNameMatching(
                                "java\\.io\\.(File.*|RandomAccessFile|PrintStream)|java\\.nio\\.file\\.Files"
                                        + "|java\\.nio\\.channels\\..*|java\\.net\\.(Server|Datagram|Multicast)?Socket|java\\.net\\.http\\..*"
                                        + "|java\\.lang\\.(Thread|Process.*|System\\$Logger)"
                                        + "|org\\.slf4j\\..*|java\\.util\\.logging\\..*")
                        .because("files, sockets, threads and logs belong to the shells"));
    }

    @Test
    void aWatchIsToldTheTime() {
        holds(
                noClasses()
                        .that()
                        .resideInAPackage("meridian.checker..")
                        .and()
                        .haveSimpleName("Watch")
                        .should()
                        .accessTargetWhere(target("reads a clock", ArchitectureTest::readsAClock))
                        .orShould()
                        .dependOnClassesThat()
                        .belongToAnyOf(Clock.class, InstantSource.class));
    }

    /// Between modules that may not know each other; the second implementation is in the tests of
    /// the module that asks.
    private static final Set<String> SEAMS = Set.of("meridian.api.Fleet");

    @Test
    void anInterfaceMeansTwoImplementations() {
        holds(
                classes()
                        .that()
                        .areInterfaces()
                        .and()
                        .areNotAnnotations()
                        .and()
                        .doNotHaveSimpleName("package-info")
                        .should(haveTwoImplementationsOrOneMethodOrNamedOnes())
                        .because("one implementation is a final class"));
    }

    /// Sealed: the outcomes of a step. One abstract method: a function, which a lambda may be.
    private static ArchCondition<JavaClass> haveTwoImplementationsOrOneMethodOrNamedOnes() {
        return new ArchCondition<>("be sealed, be a function, or have two implementations") {
            @Override
            public void check(JavaClass candidate, ConditionEvents events) {
                boolean allowed =
                        SEAMS.contains(candidate.getName())
                                || candidate.reflect().isSealed()
                                || abstractMethods(candidate) == 1
                                || candidate.getAllSubclasses().size() >= 2;
                if (allowed) return;
                events.add(
                        SimpleConditionEvent.violated(
                                candidate,
                                candidate.getName()
                                        + " has the implementations "
                                        + candidate.getAllSubclasses()));
            }
        };
    }

    private static long abstractMethods(JavaClass type) {
        return Stream.of(type.reflect().getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .count();
    }

    private static DescribedPredicate<JavaClass> isPrimitive() {
        return DescribedPredicate.describe(
                "are primitive", type -> type.getBaseComponentType().isPrimitive());
    }

    private static DescribedPredicate<JavaAccess<?>> target(
            String description, Predicate<AccessTarget> predicate) {
        return DescribedPredicate.describe(
                description, access -> predicate.test(access.getTarget()));
    }

    @Test
    void whatTheCompilersAreToldIsOfMethodsThatExist() throws IOException {
        List<String> patterns =
                Files.readAllLines(SourceTree.ROOT.resolve("node/src/main/app/run.args")).stream()
                        .filter(line -> line.startsWith(LIMIT))
                        .map(line -> line.substring(LIMIT.length(), line.lastIndexOf(',')))
                        .toList();
        List<String> methods =
                Stream.of(MAIN, classesIn("com/typesafe/config/impl"))
                        .flatMap(JavaClasses::stream)
                        .flatMap(of -> of.getMethods().stream())
                        .map(of -> of.getOwner().getName().replace('.', '/') + "." + of.getName())
                        .toList();
        assertThat(patterns)
                .isNotEmpty()
                .allMatch(
                        pattern -> {
                            var regex =
                                    Pattern.compile(
                                            Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
                            return methods.stream().anyMatch(regex.asMatchPredicate());
                        });
    }

    /// A rule about a package that is still empty holds.
    private static void holds(ArchRule rule) {
        rule.allowEmptyShould(true).check(MAIN);
    }
}
