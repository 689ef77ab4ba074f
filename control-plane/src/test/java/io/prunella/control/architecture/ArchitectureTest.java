package io.prunella.control.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The walls of the house, as ARCHITECTURE.md draws them. */
class ArchitectureTest {
    private static final String GRAMMAR = "io.prunella.dsl..";
    private static final String PLAN = "io.prunella.plan..";
    private static final String COMPILER = "io.prunella.compiler..";
    private static final String RULER = "io.prunella.ruler..";
    private static final String EXECUTOR = "io.prunella.executor..";
    private static final String CONTROL = "io.prunella.control..";
    private static final String SERVE = "io.prunella.control.serve..";
    private static final String CLI = "io.prunella.cli..";

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPaths(modules());

    @Test
    void libraryIslands() {
        onlyIn("org.antlr..", GRAMMAR);
        onlyIn("org.drools..", "io.prunella.compiler.drools..", "io.prunella.ruler.decision..");
        onlyIn("org.kie..", "io.prunella.compiler.drools..", "io.prunella.ruler.decision..");
        onlyIn("org.springframework..", SERVE);
        onlyIn("picocli..", CLI);
        onlyIn("org.redisson..", "io.prunella.executor.lock..");
        onlyIn("io.etcd..", "io.prunella.executor.lock..");
        onlyIn("io.opentelemetry..", "io.prunella.control.telemetry..", SERVE);
    }

    @Test
    void modulesKnowOnlyWhatLiesToTheirLeft() {
        apart(PLAN, GRAMMAR, COMPILER, RULER, EXECUTOR, CONTROL, CLI);
        apart(GRAMMAR, PLAN, COMPILER, RULER, EXECUTOR, CONTROL, CLI);
        apart(COMPILER, RULER, EXECUTOR, CONTROL, CLI);
        apart(RULER, EXECUTOR, CONTROL, CLI);
        apart(EXECUTOR, GRAMMAR, COMPILER, RULER, CONTROL, CLI);
        apart(CONTROL, CLI);
    }

    @Test
    void theCommandLineStartsNoSpring() {
        for (String island : List.of("loop", "telemetry", "proof", "settings")) {
            apart("io.prunella.control." + island + "..", SERVE);
        }
    }

    @Test
    void packagesHaveNoCycles() {
        // A module's root package is its door and the words that its rooms share: it may open every room.
        SliceRule rule = slices().matching("io.prunella.(**)").should().beFreeOfCycles();
        for (String door : List.of("io.prunella.compiler", "io.prunella.ruler")) {
            rule = rule.ignoreDependency(resideInAPackage(door), resideInAnyPackage(door + ".."));
        }
        rule.check(MAIN);
    }

    @Test
    void timeIdsAndSurroundingsAreHandedIn() {
        List<String> hidden = MAIN.stream().filter(resideInAnyPackage(GRAMMAR, PLAN, COMPILER, RULER, EXECUTOR,
                "io.prunella.control.loop..", "io.prunella.control.telemetry..", "io.prunella.control.proof..",
                "io.prunella.control.settings..")).flatMap(
                        c -> Stream.concat(
                                c.getMethodCallsFromSelf().stream().filter(ArchitectureTest::reachesOutside)
                                        .map(JavaMethodCall::getDescription),
                                c.getFieldAccessesFromSelf().stream()
                                        .filter(f -> f.getTargetOwner().isEquivalentTo(System.class))
                                        .map(f -> f.getDescription())))
                .sorted().toList();
        assertThat(hidden).isEmpty();
    }

    private static boolean reachesOutside(JavaMethodCall call) {
        String target = call.getTargetOwner().getName() + "." + call.getName();
        boolean bare = call.getTarget().getRawParameterTypes().isEmpty();
        return Set.of("java.lang.System.currentTimeMillis", "java.lang.System.nanoTime", "java.lang.System.getenv",
                "java.lang.System.getProperty", "java.lang.System.exit", "java.lang.Thread.sleep",
                "java.util.UUID.randomUUID", "java.lang.Math.random", "java.time.Clock.systemUTC",
                "java.time.Clock.systemDefaultZone", "java.time.InstantSource.system",
                "java.time.ZoneId.systemDefault").contains(target)
                || (bare && call.getName().equals("now") && call.getTargetOwner().getPackageName().equals("java.time"));
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> unmarked = new TreeSet<>();
        for (JavaClass c : MAIN) {
            JavaPackage p = c.getPackage();
            if (!p.isAnnotatedWith(NullMarked.class) && !p.getName().contains(".dsl.parse.generated")) {
                unmarked.add(p.getName());
            }
        }
        assertThat(unmarked).isEmpty();
    }

    @Test
    void noPackageIsADrawer() {
        assertThat(MAIN.stream().map(JavaClass::getPackageName)
                .filter(n -> n.matches(".*\\.(util|utils|common|impl|helper|helpers|model)(\\..*)?"))).isEmpty();
    }

    private static void onlyIn(String library, String... islands) {
        rule(noClasses().that(resideOutsideOfPackages(islands)).should().dependOnClassesThat()
                .resideInAPackage(library));
    }

    private static void apart(String module, String... others) {
        rule(noClasses().that().resideInAPackage(module).should().dependOnClassesThat().resideInAnyPackage(others));
    }

    private static void rule(ArchRule rule) {
        rule.allowEmptyShould(true).check(MAIN);
    }

    private static List<Path> modules() {
        Path root = Path.of(System.getProperty("prunella.root"));
        return Stream.of("dsl-grammar", "plan", "compiler", "ruler", "executor", "control-plane", "cli")
                .map(m -> root.resolve(m).resolve("target/classes")).filter(Files::isDirectory).toList();
    }
}
