package io.prunella.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.compiler.pack.PackSource;
import io.prunella.compiler.rule.Condition;
import io.prunella.compiler.rule.ValueTerm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A reload keeps the holds of unchanged rules, which it knows by their hash. */
class ContentHashTest {
    private static final String PACK = """
            pack p
              version: "1.0"
              defaults: {timeout: 45s}
            metric cpu_load: ratio, stale after 2m
            metric other: ratio
            channel oncall: log
            action reboot
              uses: ansible
              playbook: "actions/reboot.yml"
            # What it is for
            rule hot
              describe: "Hot."
              by: entity, rack
              when: cpu_load{core="0"} > 95% for 30s
              then: execute("reboot")
              verify: cpu_load < 80% within 5m
            rule cold
              when: other < 5%
              then: notify("oncall", "cold")
            """;

    private static String hash(String text, String playbook) {
        TreeMap<String, String> actions = new TreeMap<>();
        actions.put("actions/reboot.yml", playbook);
        PackSource source = new PackSource("p", "/srv/p", false,
                List.of(new PackSource.File("rules/a.dl", "a.dl", text.getBytes(StandardCharsets.UTF_8))), actions,
                "sha256:0", List.of());
        return Compiler.compile(source).orThrow().rules().getFirst().contentHash();
    }

    private static String changed(String from, String to) {
        assertThat(PACK).contains(from);
        return hash(PACK.replace(from, to), "00");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {"95%|96%", "for 30s|for 31s", "core=\"0\"|core=\"1\"",
            "timeout: 45s|timeout: 46s",
            "stale after 2m|stale after 3m", "within 5m|within 6m", "cpu_load < 80%|cpu_load < 81%",
            "by: entity, rack|by: entity", "uses: ansible|uses: command(\"x\")", "> 95%|>= 95%"})
    void changesWithWhatTheRuleMeans(String from, String to) {
        assertThat(changed(from, to)).isNotEqualTo(hash(PACK, "00"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {"version: \"1.0\"|version: \"2.0\"",
            "describe: \"Hot.\"|describe: \"Very hot.\"",
            "# What it is for|# Nothing", "other < 5%|other < 6%", "95%|0.95", "for 30s|for 30000ms",
            "metric other: ratio|metric other: number"})
    void staysWithWhatItDoesNotMean(String from, String to) {
        assertThat(changed(from, to)).isEqualTo(hash(PACK, "00"));
    }

    @Test
    void changesWithThePlaybook() {
        assertThat(hash(PACK, "01")).isNotEqualTo(hash(PACK, "00"));
    }

    @ParameterizedTest
    @CsvSource({"99.9%,0.999", "95%,0.95", "0.1%,0.001", "33.3%,0.333", "1_000,1000", "30s,30", "1h30m,5400",
            "1ms,0.001", "512MiB,536870912", "1e9,1e9"})
    void literalsAreTheNearestNumbers(String literal, double value) {
        String text = "rule a\n  when: x > " + literal + "\n  then: notify(\"c\", \"\")\n";
        Condition when = Compiler.compile(PackSource.ofText("a.dl", text.getBytes(StandardCharsets.UTF_8))).orThrow()
                .rules().getFirst().when();
        assertThat(((Condition.Compare) when).right()).isEqualTo(new ValueTerm.Constant(value));
    }
}
