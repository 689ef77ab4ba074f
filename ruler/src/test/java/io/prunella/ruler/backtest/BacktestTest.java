package io.prunella.ruler.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.compiler.Compiler;
import io.prunella.compiler.pack.PackSource;
import io.prunella.compiler.rule.PackModel;
import io.prunella.ruler.backtest.RuleDifference.Fate;
import io.prunella.ruler.simulation.RecordingInput;
import io.prunella.ruler.simulation.Recordings;
import io.prunella.ruler.simulation.SimulationSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BacktestTest {
    private static final String ACTIONS = """
            action restart
              uses: command("true")

            channel oncall: log

            """;

    /** node-1 at 0, 1, … minutes. */
    private static final String LOAD = load("node-1", 1, 6, 9, 9, 1, 7, 1);

    @Test
    void a_lower_threshold_fires_earlier_and_more() throws IOException {
        BacktestReport report = run(rule("load > 8", ""), rule("load > 5", ""), LOAD);

        assertThat(report.differs()).isTrue();
        assertThat(differences(report)).containsExactly("EARLIER -60000 2>1", "NEW 0 5");
        assertThat(report.rules().getFirst().fate()).isEqualTo(Fate.CHANGED);
        assertThat(report.rules().getFirst().clauses())
                .containsExactly(new RuleDifference.Clause("when", "load > 8", "load > 5"));
    }

    @Test
    void conditions_are_told_as_they_were_written() throws IOException {
        assertThat(when("load > 8 AND (load < 90 OR NOT load == 20) for 1m", "load > 8 AND duration > 30s"))
                .isEqualTo("load > 8 AND (load < 90 OR (NOT load == 20)) for 1m -> load > 8 AND duration > 30s");
        assertThat(when("load > 8\n  for: 1m", "load > 8 for 1m")).isEqualTo("load > 8, for: 1m -> load > 8 for 1m");
    }

    private static String when(String a, String b) throws IOException {
        RuleDifference.Clause clause = run(rule(a, ""), rule(b, ""), LOAD).rules().getFirst().clauses().getFirst();
        return clause.a() + " -> " + clause.b();
    }

    @Test
    void the_leg_that_made_the_difference_is_named() throws IOException {
        assertThat(reasons(rule("load > 8", ""), rule("load > 5", ""))).containsExactly(
                "`load > 5` was true (6), in A `load > 8` was false",
                "`load > 5` was true (7), in A `load > 8` was false");
        assertThat(reasons(rule("load > 5", ""), rule("load > 8", ""))).containsExactly(
                "`load > 8` was false (6), in A `load > 5` was true",
                "`load > 8` was false (7), in A `load > 5` was true");
        assertThat(reasons(rule("load > 8", ""), rule("load > 8 for 30s", ""))).containsExactly(
                "in B: true only since 1970-01-01T00:02:00.000Z, and has to hold for 30s: until 1970-01-01T00:02:30.000Z");
        assertThat(reasons(rule("load > 8 AND lod < 3", ""), rule("load > 8", ""))).containsExactly(
                "in A: `lod < 3` was unknown: `lod`: no record has ever named this metric; did you mean `load`?");
        assertThat(reasons(rule("load > 5", ""), rule("load > 5", "  cooldown: 1h\n"))).containsExactly(
                "in B: cooldown of `node-1`, until 1970-01-01T01:01:00.000Z");
    }

    private static List<String> reasons(String a, String b) throws IOException {
        return run(a, b, LOAD).rules().stream().flatMap(rule -> rule.differences().stream())
                .flatMap(difference -> difference.reason().stream()).toList();
    }

    @Test
    void a_higher_threshold_fires_later_and_less() throws IOException {
        BacktestReport report = run(rule("load > 5", ""), rule("load > 8", ""), LOAD);

        assertThat(differences(report)).containsExactly("LATER 60000 1>2", "GONE 0 5");
    }

    @Test
    void equal_packs_do_the_same() throws IOException {
        BacktestReport report = run(rule("load > 5", ""), rule("load > 5", ""), LOAD);

        assertThat(report.differs()).isFalse();
        assertThat(report.a()).isEqualTo(report.b());
        assertThat(report.rules()).extracting(RuleDifference::fate).containsExactly(Fate.SAME);
    }

    @Test
    void another_result_is_a_change() throws IOException {
        BacktestReport report = run(rule("load > 5", ""), rule("load > 5", "  cooldown: 1h\n"), LOAD);

        assertThat(differences(report)).containsExactly("CHANGED 0 5>5");
        assertThat(report.rules().getFirst().differences().getFirst().changes())
                .containsExactly(new Difference.Change("result", "DRY_RUN", "SKIPPED_COOLDOWN"));
        assertThat(report.b().skipped()).isEqualTo(1);
        assertThat(report.b().heals()).isEqualTo(1);
    }

    @Test
    void another_plan_severity_or_mode_is_a_change_of_each_firing() throws IOException {
        BacktestReport report = run(rule("load > 8", ""),
                rule("load > 8", "  severity: critical\n  mode: auto\n").replace("execute(\"restart\"",
                        "execute(\"restart\", timeout: 5s"),
                LOAD);

        assertThat(report.rules().getFirst().differences()).hasSize(1);
        assertThat(report.rules().getFirst().differences().getFirst().changes()).containsExactly(
                new Difference.Change("severity", "warning", "critical"),
                new Difference.Change("mode", "the server's", "auto"),
                new Difference.Change("plan", "action=restart", "action=restart timeout=5s"));
    }

    @Test
    void rules_come_and_go() throws IOException {
        BacktestReport report = run(rule("load > 8", ""), rule("load > 8", "").replace("rule hot", "rule warm"), LOAD);

        assertThat(report.rules()).extracting(RuleDifference::rule).containsExactly("warm", "hot");
        assertThat(report.rules()).extracting(RuleDifference::fate).containsExactly(Fate.NEW, Fate.GONE);
        assertThat(differences(report)).containsExactly("NEW 0 2", "GONE 0 2");
    }

    @Test
    void a_rule_named_by_its_file_is_the_same_under_the_files_new_name() throws IOException {
        PackModel old = pack("hot-v1.dl", "when: load > 8\nthen: execute(\"restart\")\n");
        PackModel young = pack("hot-v2.dl", "when: load > 5\nthen: execute(\"restart\")\n");

        BacktestReport report = Backtest.run(old, young, recordings(LOAD), SimulationSettings.defaults());

        assertThat(report.rules()).extracting(RuleDifference::rule).containsExactly("hot-v2");
        assertThat(differences(report)).containsExactly("EARLIER -60000 2>1", "NEW 0 5");
    }

    @Test
    void events_answer_each_other_by_their_ids() throws IOException {
        String records = load("node-1", 9, 9, 9, 9) + event("down", "e-1", 0) + event("down", "e-2", 30);
        String rule = ACTIONS + """
                rule down
                  on event: "down"
                  when: load > 5 AND duration > %s
                  then: execute("restart")
                """;
        BacktestReport report = run(rule.formatted("10s"), rule.formatted("60s"), sorted(records));

        assertThat(report.rules().getFirst().differences()).allMatch(d -> d.kind() == Difference.Kind.LATER)
                .allMatch(d -> d.a().orElseThrow().event().equals(d.b().orElseThrow().event())).hasSize(2);
    }

    @Test
    void totals_count_pages_heals_and_targets() throws IOException {
        String pack = ACTIONS + """
                rule heal
                  when: load > 5
                  then:
                    execute("restart")
                    wait(3m)

                rule page
                  when: load > 8
                  then: notify("oncall", "{{ entity }} is hot")

                rule tell
                  when: load > 8
                  then: notify("log", "{{ entity }} is hot")
                """;
        BacktestReport report = run(pack, pack,
                sorted(load("node-1", 9, 1, 1, 1, 1) + load("node-2", 1, 1, 9, 1, 1) + load("pod/a/b", 1, 1, 1, 9, 1)
                        + load("node-3", 1, 1, 1, 1, 1)));

        Totals totals = report.a();
        assertThat(totals.firings()).isEqualTo(9);
        assertThat(totals.firesADay()).isEqualTo(9);
        assertThat(totals.pages()).isEqualTo(3);
        assertThat(totals.heals()).isEqualTo(3);
        assertThat(totals.mostPerTarget()).hasValue(new Totals.Target("node-1", 3));
        // node-1's heal lasts until minute 3, which is excluded; so node-1 and node-2, of three nodes, at minute 2.
        assertThat(totals.mostAtOnce().targets()).isEqualTo(2);
        assertThat(totals.mostAtOnce().at()).hasValue(120_000);
        assertThat(totals.mostAtOnce().shareOfFleet()).isEqualTo(2.0 / 3);
    }

    @Test
    void a_rule_at_its_limit_pages_once_a_window() throws IOException {
        String pack = rule("load > 5", "  limit: 1 per 1h\n  escalate: notify(\"oncall\", \"too often\")\n");
        BacktestReport report = run(pack, pack, load("node-1", 9, 1, 9, 1, 9, 1, 9));

        assertThat(report.a().skipped()).isEqualTo(3);
        assertThat(report.a().pages()).isEqualTo(1);
    }

    @Test
    void nothing_recorded_is_no_difference() throws IOException {
        BacktestReport report = run(rule("load > 5", ""), rule("load > 8", ""), "");

        assertThat(report.differs()).isFalse();
        assertThat(report.first()).isEmpty();
        assertThat(report.a().firesADay()).isZero();
    }

    private static String rule(String when, String clauses) {
        return ACTIONS + "rule hot\n" + clauses + "  when: " + when + "\n  then: execute(\"restart\")\n";
    }

    private static List<String> differences(BacktestReport report) {
        return report.rules().stream().flatMap(rule -> rule.differences().stream())
                .map(d -> d.kind() + " " + d.shiftMillis() + " " + String.join(">",
                        Stream.concat(d.a().stream(), d.b().stream()).map(f -> Long.toString(f.ts() / 60_000))
                                .toList()))
                .toList();
    }

    private static BacktestReport run(String a, String b, String records) throws IOException {
        return Backtest.run(pack("pack.dl", a), pack("pack.dl", b), recordings(records),
                SimulationSettings.defaults());
    }

    private static PackModel pack(String name, String text) {
        return Compiler.compile(PackSource.ofText(name, text.getBytes(StandardCharsets.UTF_8))).orThrow();
    }

    private static Recordings recordings(String lines) {
        return () -> List
                .of(new RecordingInput("test", new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8))));
    }

    private static String load(String entity, double... values) {
        StringBuilder lines = new StringBuilder();
        for (int minute = 0; minute < values.length; minute++) {
            lines.append("{\"ts\":%d,\"entity\":\"%s\",\"metric\":\"load\",\"value\":%s}%n".formatted(minute * 60_000L,
                    entity, values[minute]));
        }
        return lines.toString();
    }

    private static String event(String type, String id, int second) {
        return "{\"ts\":%d,\"entity\":\"node-1\",\"event\":\"%s\",\"id\":\"%s\"}%n".formatted(second * 1000L, type, id);
    }

    private static String sorted(String lines) {
        return lines.lines().sorted((one, other) -> Long.compare(ts(one), ts(other))).reduce("",
                (all, line) -> all + line + "\n");
    }

    private static long ts(String line) {
        return Long.parseLong(line.substring(6, line.indexOf(',')));
    }
}
