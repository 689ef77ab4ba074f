package io.prunella.control.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.control.settings.Settings.Problem;
import io.prunella.plan.Mode;
import io.prunella.ruler.recording.EntityMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void nothingAtAllIsADryRunOnLoopback() {
        Settings settings = Settings.defaults();
        assertThat(settings.execution()).isEqualTo(new Settings.Execution(Mode.DRY_RUN, Mode.DRY_RUN, 120_000));
        assertThat(settings.workers()).isEqualTo(new Settings.Workers(4, 64, 60_000));
        assertThat(settings.ingest().latenessMillis()).isEqualTo(5_000);
        assertThat(settings.server().address()).isEqualTo("127.0.0.1");
        assertThat(settings.locks().redis()).isEmpty();
        assertThat(settings.packs()).isEqualTo("./rule-packs");
    }

    @Test
    void readsEveryKeyInAnySpelling() {
        Settings settings = good("""
                execution: {mode: auto, defaultMode: dry-run, max-age: 1m30s}
                executor:
                  workers: {min: 1, max: 2, idle: 5s}
                ingest: {lateness: 250ms}
                locks:
                  redis: ["127.0.0.1:7001", "redis://b:7002"]
                  etcd: ["http://127.0.0.1:2379"]
                  degrade: local
                server: {address: 0.0.0.0, port: 9000}
                journal: /var/lib/prunella/journal.db
                packs: {folder: /etc/prunella/packs}
                """, Map.of());
        assertThat(settings).isEqualTo(new Settings(new Settings.Execution(Mode.AUTO, Mode.DRY_RUN, 90_000),
                io.prunella.ruler.ServerGuards.DEFAULTS, EntityMapping.DEFAULT,
                new Settings.Workers(1, 2, 5_000), new Settings.Ingest(250),
                new Settings.Locks(List.of("127.0.0.1:7001", "redis://b:7002"), List.of("http://127.0.0.1:2379"),
                        Settings.Degrade.LOCAL),
                new Settings.Server("0.0.0.0", 9000), "/var/lib/prunella/journal.db", "/etc/prunella/packs"));
    }

    @Test
    void readsWhomRecordsAreAbout() {
        EntityMapping mapping = good("""
                entities:
                  - match: '{job="blackbox", env!="test"}'
                    first: [service: "{target}"]
                  - match: '{}'
                    first: [node: "{instance:host}"]
                aliases: {n1: [10.0.0.1]}
                """, Map.of()).entities();
        assertThat(mapping.of(Map.of("job", "blackbox", "target", "shop"))).contains("service/shop");
        assertThat(mapping.of(Map.of("instance", "10.0.0.1:9100"))).contains("n1");
    }

    @Test
    void saysWhatIsWrongWithEntities() {
        assertThat(bad("""
                entities:
                  - match: 'job=blackbox'
                    first: [service: "target"]
                  - {match: '{a=~"("}', last: x}
                aliases: 3
                """, Map.of())).map(problem -> problem.replaceAll(" \\((write|put|RE2|an entry).*", ""))
                .containsExactly("2:12: `job=blackbox` selects no series", "3:22: `target` is made of no label",
                        "2:5: an entry of `entities` names nobody",
                        "4:13: `(` is no regular expression: missing closing )",
                        "4:25: unknown key `entities.last`", "4:5: an entry of `entities` names nobody",
                        "5:10: `aliases` takes names");
    }

    @Test
    void theEnvironmentWinsOverTheFile() {
        Settings settings = good("execution: {mode: dry_run}", Map.of("PRUNELLA_EXECUTION_MODE", "auto",
                "PRUNELLA_EXECUTION_MAXAGE", "10s", "PRUNELLA_LOCKS_REDIS", "a:1, b:2", "HOME", "/root",
                "PRUNELLA_HOME", "/opt"));
        assertThat(settings.execution().mode()).isEqualTo(Mode.AUTO);
        assertThat(settings.execution().maxAgeMillis()).isEqualTo(10_000);
        assertThat(settings.locks().redis()).containsExactly("a:1", "b:2");
    }

    @Test
    void saysAllThatIsWrongAtOnceAndWhere() {
        assertThat(bad("""
                execution:
                  mod: auto
                  max_age: soon
                executer: {workers: {min: 2}}
                heartbeat: []
                locks: {redis: localhost, degrade: maybe}
                server: {port: 70000}
                """, Map.of("PRUNELLA_EXECUTION_MODES", "auto", "PRUNELLA_INGEST_LATENESS", "5"))).containsExactly(
                "2:3: unknown key `execution.mod` (did you mean `execution.mode`?)",
                "3:12: `execution.max_age`: `soon` is no length of time such as `90s` or `1h30m` (the default is `2m`)",
                "4:1: unknown key `executer` (did you mean `executor`?)",
                "5:1: `heartbeat` is not supported by this version (take it out; it would have no effect)",
                "6:16: `locks.redis` takes a list (write `[a, b]`)",
                "6:36: `locks.degrade`: `maybe` is none of `local`, `refuse` (the default is `refuse`)",
                "7:16: `server.port`: `70000` is not in 0..65535 (the default is `8080`)",
                "PRUNELLA_EXECUTION_MODES: unknown setting (did you mean `PRUNELLA_EXECUTION_MODE`?)",
                "PRUNELLA_INGEST_LATENESS: `ingest.lateness`: `5` is no length of time such as `90s` or `1h30m`"
                        + " (the default is `5s`)");
    }

    @Test
    void whatIsNoYamlOrNoMappingIsOneProblem() {
        assertThat(bad("a: [", Map.of())).singleElement().asString().contains("not YAML");
        assertThat(bad("- a", Map.of())).containsExactly(
                "1:1: the file is no mapping of keys (write `key: value` lines)");
        assertThat(bad("x: ".repeat(5000), Map.of())).hasSize(1);
        assertThat(bad("[".repeat(10_000), Map.of())).hasSize(1);
        assertThat(bad("&a {execution: *a}", Map.of())).isNotEmpty();
    }

    @Test
    void aKeyGivenTwiceAndAPoolWithoutRoomAreRefused() {
        assertThat(bad("journal: a\njournal: b\n", Map.of())).containsExactly("2:1: `journal` is given twice");
        assertThat(bad("executor: {workers: {min: 9, max: 3}}", Map.of()))
                .containsExactly("executor.workers: `min` is above `max` (raise `max` or lower `min`)");
    }

    @Test
    void thePublishedSchemaIsTheOneThatIsRead() throws IOException {
        Path golden = Path.of(System.getProperty("prunella.root"), "docs/reference/prunella.schema.json");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, Settings.jsonSchema());
        }
        assertThat(Settings.jsonSchema()).isEqualTo(Files.readString(golden));
    }

    private static Settings good(String yaml, Map<String, String> environment) {
        Settings.Parsed parsed = Settings.parse(yaml, environment);
        assertThat(parsed.problems()).isEmpty();
        return parsed.settings().orElseThrow();
    }

    private static List<String> bad(String yaml, Map<String, String> environment) {
        Settings.Parsed parsed = Settings.parse(yaml, environment);
        assertThat(parsed.settings()).isEmpty();
        return parsed.problems().stream().map(Problem::line).toList();
    }
}
