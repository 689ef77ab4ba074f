package io.prunella.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.compiler.pack.PackSource;
import io.prunella.dsl.diagnostic.Diagnostic;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Ten thousand rules in one pack are checked in seconds, also where all of them have to do with each other. */
class ManyRulesTest {
    // What is quadratic in rules shows at any size; ten thousand of them are a check of their own.
    private static final int RULES = Integer.getInteger("many.rules", 2_000);
    private static final int PER_FILE = 500;
    // Of this thread alone: other work on the machine does not count.
    private static final Duration LONG = Duration.ofSeconds(20);

    /** What is said of that many rules; {@code #} is the number of each, and {@code @} that of the next. */
    private static List<Diagnostic> analysis(String clauses) {
        List<PackSource.File> files = new ArrayList<>();
        for (int file = 0; file < RULES / PER_FILE; file++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < PER_FILE; i++) {
                int number = file * PER_FILE + i;
                text.append("rule r").append(number).append('\n').append(clauses.replace("#", Integer.toString(number))
                        .replace("@", Integer.toString((number + 1) % RULES))).append('\n');
            }
            String path = "rules/f" + file + ".dl";
            files.add(new PackSource.File(path, path, text.toString().getBytes(StandardCharsets.UTF_8)));
        }
        files.add(new PackSource.File("pack.dl", "pack.dl", """
                pack many

                channel oncall: log

                action restart
                  uses: command("restart", "{{ entity }}")
                """.getBytes(StandardCharsets.UTF_8)));
        PackSource pack = new PackSource("many", "/pack", false, files, new TreeMap<>(), "sha256:0", List.of());
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        List<Diagnostic> found = Compiler.compile(pack).diagnostics();
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start)).isLessThan(LONG);
        return found.stream()
                .filter(d -> d.code() != DiagnosticCode.NOT_EXECUTED_YET).toList();
    }

    @TestFactory
    List<DynamicTest> packsWithoutAWarning() {
        return List.of(quiet("metrics of their own", """
                  when: m# > 80%
                  then: execute("restart")
                  verify: m# < 70%
                """), quiet("labels of their own", """
                  when: load{unit="u#"} > 80%
                  then: execute("restart")
                  verify: load{unit="u#"} < 70%
                """), quiet("one event, told apart by an attribute", """
                  on event: "oom" where event.unit == "u#"
                  then: execute("restart")
                  verify: up == 1
                """), quiet("a tree of events", """
                  on event: "e#"
                  then: emit("e1#")
                """));
    }

    private static DynamicTest quiet(String name, String clauses) {
        return DynamicTest.dynamicTest(name, () -> assertThat(analysis(clauses)).isEmpty());
    }

    @Test
    void allAreNarrowerThanTheFirst() {
        assertThat(analysis("""
                  when: load > #
                  then: notify("oncall", "same")
                """)).extracting(Diagnostic::code).containsOnly(DiagnosticCode.SHADOWED_RULE)
                .hasSizeGreaterThan(60);
    }

    @Test
    void allDoTheSameAtOnce() {
        assertThat(analysis("""
                  on event: "oom"
                  when: m# > 1
                  then: execute("restart")
                  verify: up == 1
                """)).extracting(Diagnostic::code).containsOnly(DiagnosticCode.REPEATED_ACTION).hasSize(RULES - 1);
    }

    @Test
    void allStartEachOtherByAttributes() {
        assertThat(analysis("""
                  on event: "a" where event.n != #
                  when: m# > 1
                  then: emit("a", {n: #})
                """)).extracting(Diagnostic::code).containsOnly(DiagnosticCode.HEAL_LOOP);
    }

    @Test
    void allHealIntoEachOther() {
        assertThat(analysis("""
                  when: load > #
                  then: execute("restart")
                  verify: load > 20000
                """)).extracting(Diagnostic::code).isNotEmpty();
    }

    @Test
    void oneRingOfEvents() {
        assertThat(analysis("""
                  on event: "e#"
                  then: emit("e@")
                """)).extracting(Diagnostic::code).containsExactly(DiagnosticCode.HEAL_LOOP);
    }
}
