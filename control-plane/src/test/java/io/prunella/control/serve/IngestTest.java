package io.prunella.control.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.control.observations.WatchedDisk;
import io.prunella.ruler.Observation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class IngestTest {
    private static final String SAMPLE = "{\"ts\":\"2026-11-01T10:00:00Z\",\"entity\":\"node-17\",\"metric\":\"cpu_load\",\"value\":0.97,\"labels\":{\"rack\":\"r3\"}}\n";
    private static final String EVENT = "{\"ts\":\"2026-11-01T10:00:05Z\",\"entity\":\"node-17\",\"event\":\"node_unreachable\",\"id\":\"e-1\",\"attrs\":{\"reason\":\"timeout\"}}\n";

    @TempDir
    Path folder;

    @Test
    void noAnswerBeforeTheBodyIsSynced() throws Exception {
        WatchedDisk disk = WatchedDisk.held();
        try (TestService service = TestService.start(folder, disk)) {
            CompletableFuture<HttpResponse<String>> answer = TestService.CLIENT.sendAsync(
                    HttpRequest.newBuilder(service.uri("/api/v1/samples"))
                            .header("Content-Type", "application/x-ndjson")
                            .POST(HttpRequest.BodyPublishers.ofString(SAMPLE)).build(),
                    HttpResponse.BodyHandlers.ofString());
            while (disk.calls.isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(answer).isNotDone();
            assertThat(service.healing.offered).isEmpty();
            disk.allow(1);
            assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(202);
            assertThat(disk.forces()).isEqualTo(1);
        }
    }

    @Test
    void whatWasTakenIsInTheLogAndReachesTheLoopInOrder() throws Exception {
        try (TestService service = TestService.start(folder)) {
            HttpResponse<String> samples = service.post("/api/v1/samples", SAMPLE);
            HttpResponse<String> events = service.post("/api/v1/events", EVENT);
            assertThat(samples.statusCode()).isEqualTo(202);
            assertThat(samples.body())
                    .isEqualTo("{\"accepted\":1,\"samples\":1,\"events\":0,\"clamped\":0,\"late\":1}\n");
            assertThat(events.statusCode()).isEqualTo(202);
            eventually(() -> service.healing.offered.size() == 2);
            assertThat(service.healing.offered).element(0).isInstanceOf(Observation.Sample.class);
            assertThat(service.healing.offered).element(1).isInstanceOf(Observation.EventSeen.class);
        }
        assertThat(log()).contains(SAMPLE.strip(), EVENT.strip());
    }

    @Test
    void aBadLineRefusesTheWholeBodyAndNamesLineCauseAndCure() throws Exception {
        try (TestService service = TestService.start(folder)) {
            HttpResponse<String> answer = service.post("/api/v1/samples", SAMPLE + "\n{\"entity\":\n"
                    + "{\"entity\":\"n\",\"metric\":\"m\",\"value\":\"high\"}\n");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            JsonNode problem = TestService.json(answer);
            assertThat(problem.path("type").asString()).isEqualTo("urn:prunella:problem:bad-line");
            assertThat(problem.path("taken").asInt()).isZero();
            assertThat(problem.path("bad_lines").asInt()).isEqualTo(2);
            assertThat(problem.path("detail").asString()).startsWith("line 3: broken JSON at column 11")
                    .endsWith("and 1 more; nothing of the body was taken");
            assertThat(problem.path("errors").path(1).path("line").asInt()).isEqualTo(4);
            assertThat(problem.path("errors").path(1).path("detail").asString())
                    .isEqualTo("`value` is `\"high\"`, which is no number");
            assertThat(problem.path("errors").path(1).path("help").asString()).startsWith("write a number");
            assertThat(service.healing.offered).isEmpty();
        }
        assertThat(log()).isEmpty();
    }

    @Test
    void aWrongContentTypeIsToldWhatIsTaken() throws Exception {
        try (TestService service = TestService.start(folder)) {
            HttpResponse<String> answer = service.post("/api/v1/samples", SAMPLE, "Content-Type",
                    "application/x-www-form-urlencoded");
            assertThat(answer.statusCode()).isEqualTo(415);
            assertThat(answer.headers().firstValue("Accept-Post").orElseThrow()).contains("application/x-ndjson");
            assertThat(TestService.json(answer).path("detail").asString())
                    .isEqualTo("`Content-Type` is `application/x-www-form-urlencoded`, and JSON Lines are taken here");
        }
    }

    @Test
    void everySpellingOfJsonLinesIsTaken() throws Exception {
        try (TestService service = TestService.start(folder)) {
            for (String type : List.of("application/x-ndjson", "application/jsonl", "application/json",
                    "application/x-ndjson; charset=utf-8")) {
                assertThat(service.post("/api/v1/samples", SAMPLE, "Content-Type", type).statusCode()).isEqualTo(202);
            }
        }
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedByItsLengthAndByItsBytes() throws Exception {
        String large = SAMPLE.repeat(60);
        try (TestService service = TestService.start(folder)) {
            HttpResponse<String> known = service.post("/api/v1/samples", large);
            assertThat(known.statusCode()).isEqualTo(413);
            assertThat(TestService.json(known).path("limit_bytes").asInt()).isEqualTo(4_000);
            HttpResponse<String> zipped = service.send(HttpRequest.newBuilder(service.uri("/api/v1/samples"))
                    .header("Content-Type", "application/x-ndjson").header("Content-Encoding", "gzip")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(gzip(large))));
            assertThat(zipped.statusCode()).isEqualTo(413);
            assertThat(service.healing.offered).isEmpty();
        }
    }

    @Test
    void gzipIsTakenAndABrokenOneIsABadRequest() throws Exception {
        try (TestService service = TestService.start(folder)) {
            HttpRequest.Builder request = HttpRequest.newBuilder(service.uri("/api/v1/samples"))
                    .header("Content-Type", "application/x-ndjson").header("Content-Encoding", "gzip");
            assertThat(service.send(request.copy().POST(HttpRequest.BodyPublishers.ofByteArray(gzip(SAMPLE))))
                    .statusCode()).isEqualTo(202);
            HttpResponse<String> broken = service
                    .send(request.copy().POST(HttpRequest.BodyPublishers.ofString(SAMPLE)));
            assertThat(broken.statusCode()).isEqualTo(400);
            assertThat(TestService.json(broken).path("type").asString()).endsWith("bad-gzip");
        }
    }

    @Test
    void aLoopThatCannotKeepUpAnswersTooManyBeforeMemoryRunsOut() throws Exception {
        try (TestService service = TestService.start(folder)) {
            service.healing.full = true;
            String body = SAMPLE.repeat(30);
            int taken = 0;
            HttpResponse<String> answer = service.post("/api/v1/samples", body);
            while (answer.statusCode() == 202 && taken < 100) {
                taken++;
                answer = service.post("/api/v1/samples", body);
            }
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            assertThat(taken).isBetween(1, 4);
            service.healing.full = false;
            int expected = taken * 30;
            eventually(() -> service.healing.offered.size() == expected);
            assertThat(service.post("/api/v1/samples", SAMPLE).statusCode()).isEqualTo(202);
        }
    }

    @Test
    void theSameKeyTakesABodyOnceAlsoAfterARestart() throws Exception {
        try (TestService service = TestService.start(folder)) {
            HttpResponse<String> first = service.post("/api/v1/events", EVENT, "Idempotency-Key", "k 1");
            HttpResponse<String> again = service.post("/api/v1/events", EVENT, "Idempotency-Key", "k 1");
            assertThat(again.statusCode()).isEqualTo(202);
            assertThat(again.body()).isEqualTo(first.body());
            HttpResponse<String> other = service.post("/api/v1/events", SAMPLE, "Idempotency-Key", "k 1");
            assertThat(other.statusCode()).isEqualTo(422);
            eventually(() -> service.healing.offered.size() == 1);
        }
        try (TestService service = TestService.start(folder)) {
            HttpResponse<String> again = service.post("/api/v1/events", EVENT, "Idempotency-Key", "k 1");
            assertThat(again.statusCode()).isEqualTo(202);
            assertThat(TestService.json(again).path("accepted_before").asBoolean()).isTrue();
            assertThat(service.healing.offered).isEmpty();
        }
    }

    @Test
    void aRefusedBodyMayComeAgainWithItsKey() throws Exception {
        try (TestService service = TestService.start(folder)) {
            assertThat(service.post("/api/v1/events", "{", "Idempotency-Key", "k").statusCode()).isEqualTo(400);
            assertThat(service.post("/api/v1/events", EVENT, "Idempotency-Key", "k").statusCode()).isEqualTo(202);
        }
    }

    @Test
    void aTimeInTheFutureBecomesNowAndIsCounted() throws Exception {
        try (TestService service = TestService.start(folder)) {
            Instant before = Instant.now();
            HttpResponse<String> answer = service.post("/api/v1/samples", SAMPLE.replace("2026-11-01", "2999-11-01"));
            assertThat(TestService.json(answer).path("clamped").asInt()).isEqualTo(1);
            eventually(() -> !service.healing.offered.isEmpty());
            assertThat(service.healing.offered.getFirst().ts()).isBetween(before.toEpochMilli(),
                    Instant.now().toEpochMilli());
            assertThat(service.get("/metrics").body()).contains("prunella_clamped_total 1.0");
        }
        assertThat(log()).noneMatch(l -> l.contains("2999"));
    }

    @Test
    void aLineWithoutATimeHappensNow() throws Exception {
        try (TestService service = TestService.start(folder)) {
            long before = System.currentTimeMillis();
            assertThat(service.post("/api/v1/samples", "{\"entity\":\"n\",\"metric\":\"m\",\"value\":\"+Inf\"}")
                    .statusCode()).isEqualTo(202);
            eventually(() -> !service.healing.offered.isEmpty());
            assertThat(service.healing.offered.getFirst().ts()).isGreaterThanOrEqualTo(before);
        }
    }

    @Test
    void anEventCarriesTheTraceOfItsRequestAndGetsAnIdThatAReplaySeesAgain() throws Exception {
        String bare = "{\"entity\":\"n\",\"event\":\"e\"}";
        List<Observation> first;
        try (TestService service = TestService.start(folder)) {
            service.post("/api/v1/events", bare, "X-Trace-ID", "0x4BF92F3577B34DA6A3CE929D0E0E4736");
            service.post("/api/v1/events", bare, "traceparent",
                    "00-4bf92f3577b34da6a3ce929d0e0e4737-00f067aa0ba902b7-01");
            eventually(() -> service.healing.offered.size() == 2);
            assertThat(service.healing.offered.toString()).contains("4bf92f3577b34da6a3ce929d0e0e4736",
                    "4bf92f3577b34da6a3ce929d0e0e4737");
            assertThat(ids(service.healing.offered)).doesNotHaveDuplicates().hasSize(2);
            first = List.copyOf(service.healing.offered);
        }
        try (TestService next = TestService.start(folder)) {
            assertThat(next.healing.replayed.stream().filter(o -> !(o instanceof Observation.Tick)).toList())
                    .isEqualTo(first);
            assertThat(next.healing.calls).containsSubsequence("recover", "replay", "begin");
        }
    }

    @Test
    void theLogKeepsHowFarWasDecidedBecauseASendersTickDoesNot() throws Exception {
        long decided;
        try (TestService service = TestService.start(folder)) {
            service.post("/api/v1/events", "{\"entity\":\"n3\",\"event\":\"quick\"}\n{\"tick\":true}");
            long before = service.healing.decided;
            assertThat(log()).filteredOn(l -> l.contains("\"tick\":true")).hasSize(1);
            decided = before + 7_000;
            service.healing.decided = decided;
            eventually(() -> marks() == 2);
            service.healing.decided = decided + 1;
        }
        assertThat(marks()).as("one more for the stop").isEqualTo(3);
        try (TestService next = TestService.start(folder)) {
            assertThat(next.healing.before).isEqualTo(decided + 1);
        }
    }

    private long marks() {
        try {
            return log().stream().filter(l -> l.contains("\"tick\":true")).count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aFullDiskIsSaidAndTakesNothing() throws Exception {
        WatchedDisk disk = WatchedDisk.counting();
        try (TestService service = TestService.start(folder, disk)) {
            disk.full(true);
            HttpResponse<String> answer = service.post("/api/v1/samples", SAMPLE);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(TestService.json(answer).path("detail").asString())
                    .isEqualTo("the observation log cannot be written: No space left on device");
            assertThat(service.healing.offered).isEmpty();
            disk.full(false);
            assertThat(service.post("/api/v1/samples", SAMPLE).statusCode()).isEqualTo(202);
        }
    }

    private static List<String> ids(List<Observation> observations) {
        return observations.stream().map(o -> ((Observation.EventSeen) o).id().orElseThrow()).toList();
    }

    private List<String> log() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("prunella-observations"))) {
            List<Path> segments = files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList();
            List<String> lines = new java.util.ArrayList<>();
            for (Path segment : segments) {
                lines.addAll(Files.readAllLines(segment));
            }
            return lines;
        }
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    static void eventually(java.util.function.BooleanSupplier holds) {
        eventually(10, holds);
    }

    static void eventually(int seconds, java.util.function.BooleanSupplier holds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within " + seconds + " s").isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }
}
