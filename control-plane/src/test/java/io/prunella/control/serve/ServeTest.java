package io.prunella.control.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The service as a process: what an SRE's shell, systemd and the kernel see of it. */
class ServeTest {
    private static final Map<String, String> AUTO = Map.of("PRUNELLA_EXECUTION_MODE", "auto",
            "PRUNELLA_EXECUTION_DEFAULT_MODE", "auto", "PRUNELLA_INGEST_LATENESS", "1s");

    @TempDir
    Path folder;

    @Test
    void withoutConfigurationItStartsDryAndWithoutPacksAndStopsWhenAsked() throws Exception {
        try (ServeProcess serve = ServeProcess.start(folder, Map.of())) {
            HttpResponse<String> ready = serve.get("/readyz");
            assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
            assertThat(ready.body()).contains("{\"stage\":\"packs\",\"state\":\"degraded\"",
                    "cannot be read: it does not exist");
            assertThat(serve.terminate()).isZero();
            assertThat(serve.output()).isEmpty();
            assertThat(serve.log()).contains("mode dry_run").doesNotContain("Exception");
        }
    }

    @Test
    void aPortInUseIsOneMessageAndExitCodeOne() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServeProcess serve = ServeProcess.launch(folder,
                        Map.of("PRUNELLA_SERVER_PORT", Integer.toString(taken.getLocalPort())))) {
            assertThat(serve.exit()).isEqualTo(1);
            assertThat(serve.log()).isEqualTo("prunella: port " + taken.getLocalPort()
                    + " of 127.0.0.1 is in use (stop what listens there, or set `server.port` to another)\n");
        }
    }

    @Test
    void aSecondServiceOnTheSameJournalIsRefused() throws Exception {
        try (ServeProcess first = ServeProcess.start(folder, Map.of());
                ServeProcess second = ServeProcess.launch(folder, Map.of())) {
            assertThat(second.exit()).isEqualTo(1);
            assertThat(second.log()).startsWith("prunella: another `prunella serve` works with").hasLineCount(1);
            assertThat(first.get("/healthz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void anEmptyJournalIsOneMessageThatSaysItOnce() throws Exception {
        Files.createFile(folder.resolve("empty.db"));
        try (ServeProcess serve = ServeProcess.launch(folder, Map.of("PRUNELLA_JOURNAL", "empty.db"))) {
            assertThat(serve.exit()).isEqualTo(1);
            assertThat(serve.log()).startsWith("prunella: the journal `empty.db` is empty: ").hasLineCount(1)
                    .containsOnlyOnce("empty.db");
        }
    }

    @Test
    void whoeverAsksForWhatIsNotThereDoesNotFillTheLog() throws Exception {
        try (ServeProcess serve = ServeProcess.start(folder, Map.of())) {
            assertThat(serve.get("/nothing").statusCode()).isEqualTo(404);
            assertThat(serve.get("/api/v1/heals?entity=%ff").statusCode()).isEqualTo(400);
            assertThat(serve.terminate()).isZero();
            assertThat(serve.log()).doesNotContain("PageNotFound", "entity", "Exception");
        }
    }

    @Test
    void anAddressThatOthersReachIsRefused() throws Exception {
        try (ServeProcess serve = ServeProcess.launch(folder, Map.of("PRUNELLA_SERVER_ADDRESS", "0.0.0.0"))) {
            assertThat(serve.exit()).isEqualTo(1);
            assertThat(serve.log()).startsWith("prunella: `server.address` is `0.0.0.0`").hasLineCount(1);
        }
    }

    @Test
    void aHealIsDetectedAndDoneAndStillKnownAfterARestart() throws Exception {
        pack("touch \"$0\"; echo done", true);
        try (ServeProcess serve = ServeProcess.start(folder, AUTO)) {
            pinnedAndUnreachable(serve);
            IngestTest.eventually(30, () -> result(serve).equals("SUCCEEDED"));
            assertThat(folder.resolve("begun")).exists();
            assertThat(serve.terminate()).isZero();
        }
        Files.delete(folder.resolve("begun"));
        try (ServeProcess serve = ServeProcess.start(folder, AUTO)) {
            assertThat(result(serve)).isEqualTo("SUCCEEDED");
            assertThat(serve.heals()).hasSize(1);
            assertThat(folder.resolve("begun")).as("done again").doesNotExist();
        }
    }

    @Test
    void aHealWhoseServiceWasKilledIsNotSilentlyRepeated() throws Exception {
        pack("echo x >> \"$0\"; sleep 60", false);
        String trace;
        try (ServeProcess serve = ServeProcess.start(folder, AUTO)) {
            pinnedAndUnreachable(serve);
            IngestTest.eventually(30, () -> Files.exists(folder.resolve("begun")));
            trace = serve.heals().getFirst().path("trace_id").asString();
            assertThat(serve.post("/api/v1/samples", "{\"entity\":\"node-9\",\"metric\":\"last_words\",\"value\":1}")
                    .statusCode()).isEqualTo(202);
            serve.kill();
        }
        assertThat(logged()).anyMatch(l -> l.contains("last_words"));
        try (ServeProcess serve = ServeProcess.start(folder, AUTO)) {
            IngestTest.eventually(30, () -> !result(serve).equals("IN_PROGRESS"));
            JsonNode heal = serve.heals().getFirst();
            assertThat(heal.path("trace_id").asString()).isEqualTo(trace);
            assertThat(heal.path("result").asString()).isEqualTo("INTERRUPTED");
            assertThat(serve.heals()).hasSize(1);
            assertThat(Files.readAllLines(folder.resolve("begun"))).as("how often it ran").hasSize(1);
            assertThat(serve.terminate()).isZero();
        }
    }

    @Test
    void anEventThatWasDecidedBeforeItsRuleCameIsNotHealedByARestart() throws Exception {
        try (ServeProcess serve = ServeProcess.start(folder, AUTO)) {
            assertThat(serve.post("/api/v1/events", "{\"entity\":\"n3\",\"event\":\"node_unreachable\"}")
                    .statusCode()).isEqualTo(202);
            // The second mark comes when the event is decided.
            IngestTest.eventually(30, () -> logged().stream().filter(l -> l.contains("\"tick\":true")).count() == 2);
            pack("touch \"$0\"", true, "");
            IngestTest.eventually(30, () -> serve.log().contains("armed anew [pinned]"));
            serve.kill();
        }
        try (ServeProcess serve = ServeProcess.start(folder, AUTO)) {
            assertThat(serve.post("/api/v1/events", "{\"entity\":\"n4\",\"event\":\"node_unreachable\"}")
                    .statusCode()).isEqualTo(202);
            IngestTest.eventually(30, () -> result(serve).equals("SUCCEEDED"));
            assertThat(serve.heals()).singleElement()
                    .satisfies(h -> assertThat(h.path("entity").asString()).isEqualTo("n4"));
        }
    }

    private void pack(String script, boolean idempotent) throws IOException {
        pack(script, idempotent, "  when: cpu_load > 95%\n");
    }

    private void pack(String script, boolean idempotent, String when) throws IOException {
        Files.createDirectories(folder.resolve("rule-packs"));
        Files.writeString(folder.resolve("rule-packs/heal.dl"), """
                action touch_it
                  uses: command("/bin/sh", "-c", "%s", "%s")
                  idempotent: %s

                rule pinned
                  on event: "node_unreachable"
                %s  then: execute("touch_it", timeout: 90s)
                """.formatted(script.replace("\"", "\\\""), folder.resolve("begun"), idempotent, when));
    }

    private static void pinnedAndUnreachable(ServeProcess serve) throws IOException, InterruptedException {
        assertThat(serve.post("/api/v1/samples", "{\"entity\":\"node-17\",\"metric\":\"cpu_load\",\"value\":0.97}")
                .statusCode()).isEqualTo(202);
        assertThat(serve.post("/api/v1/events", "{\"entity\":\"node-17\",\"event\":\"node_unreachable\"}")
                .statusCode()).isEqualTo(202);
    }

    private static String result(ServeProcess serve) {
        try {
            List<JsonNode> heals = serve.heals();
            return heals.isEmpty() ? "" : heals.getFirst().path("result").asString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> logged() {
        List<String> lines = new java.util.ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("prunella-observations"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return lines;
    }
}
