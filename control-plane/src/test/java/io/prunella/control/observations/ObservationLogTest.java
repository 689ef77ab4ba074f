package io.prunella.control.observations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObservationLogTest {
    private static final String LINE = "{\"ts\":\"2026-11-01T10:00:00Z\",\"entity\":\"n\",\"metric\":\"m\",\"value\":1}\n";

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T10:00:00Z"));

    @Test
    void whatIsDurableWasSyncedBeforeAndIsWhole() throws Exception {
        WatchedDisk disk = WatchedDisk.counting();
        try (ObservationLog log = started(disk)) {
            append(log, LINE).get(10, TimeUnit.SECONDS);
            assertThat(disk.calls).containsExactly("write " + LINE.length(), "force");
            assertThat(log.syncs()).isEqualTo(1);
        }
        assertThat(content()).isEqualTo(LINE);
    }

    @Test
    void bodiesThatCameWhileTheDiskWasBusyShareOneSync() throws Exception {
        WatchedDisk disk = WatchedDisk.held();
        try (ObservationLog log = started(disk)) {
            CompletableFuture<Void> first = append(log, LINE);
            while (disk.calls.isEmpty()) {
                Thread.onSpinWait();
            }
            List<CompletableFuture<Void>> later = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                later.add(append(log, LINE));
            }
            assertThat(first).isNotDone();
            disk.allow(1);
            first.get(10, TimeUnit.SECONDS);
            assertThat(later).noneMatch(CompletableFuture::isDone);
            disk.allow(1);
            CompletableFuture.allOf(later.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
            assertThat(disk.forces()).isEqualTo(2);
        }
    }

    @Test
    void theLoopGetsThemInTheOrderOfTheLogAndOnlyAfterTheSync() throws Exception {
        WatchedDisk disk = WatchedDisk.held();
        List<String> order = new ArrayList<>();
        List<CompletableFuture<Void>> appended = new ArrayList<>();
        try (ObservationLog log = started(disk)) {
            for (int i = 0; i < 3; i++) {
                String name = "body " + i;
                appended.add(log.reserve(100).orElseThrow().append(bytes(LINE),
                        () -> order.add(name + " after " + disk.forces())));
            }
            assertThat(order).isEmpty();
            disk.allow(3);
        }
        assertThat(appended).allMatch(CompletableFuture::isDone);
        assertThat(order).extracting(s -> s.substring(0, 6)).containsExactly("body 0", "body 1", "body 2");
        assertThat(order).noneMatch(s -> s.endsWith("after 0"));
    }

    @Test
    void aFullWaitingRoomTurnsAwayUntilTheLoopHasTakenWhatWaits() throws Exception {
        CountDownLatch loopIsSlow = new CountDownLatch(1);
        try (ObservationLog log = started(WatchedDisk.counting())) {
            ObservationLog.Place place = log.reserve(900).orElseThrow();
            CompletableFuture<Void> durable = place.append(bytes(LINE), () -> await(loopIsSlow));
            durable.get(10, TimeUnit.SECONDS);
            assertThat(log.reserve(200)).isEmpty();
            loopIsSlow.countDown();
            while (log.waitingBytes() > 0) {
                Thread.onSpinWait();
            }
            assertThat(log.reserve(200)).isPresent();
        }
    }

    @Test
    void aPlaceThatWasNotUsedIsGivenBackOnce() throws Exception {
        try (ObservationLog log = started(WatchedDisk.counting())) {
            ObservationLog.Place place = log.reserve(900).orElseThrow();
            assertThat(log.waitingBytes()).isEqualTo(900);
            place.close();
            place.close();
            assertThat(log.waitingBytes()).isZero();
        }
    }

    @Test
    void aFullDiskTakesNothingAndTheNextBodyGoesToAFreshSegment() throws Exception {
        WatchedDisk disk = WatchedDisk.counting();
        try (ObservationLog log = started(disk)) {
            append(log, LINE).get(10, TimeUnit.SECONDS);
            disk.full(true);
            assertThatThrownBy(() -> append(log, LINE).get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("No space left on device");
            assertThat(log.waitingBytes()).isZero();
            disk.full(false);
            append(log, LINE).get(10, TimeUnit.SECONDS);
        }
        assertThat(content()).isEqualTo(LINE + LINE);
        assertThat(files()).hasSize(2);
    }

    @Test
    void aSegmentIsSealedByAgeAndBySizeAndGoneADayLater() throws Exception {
        try (ObservationLog log = started(WatchedDisk.counting())) {
            append(log, LINE).get(10, TimeUnit.SECONDS);
            now.set(now.get().plus(Duration.ofMinutes(61)));
            append(log, LINE).get(10, TimeUnit.SECONDS);
            append(log, LINE.repeat(20)).get(10, TimeUnit.SECONDS);
            append(log, LINE).get(10, TimeUnit.SECONDS);
            assertThat(names()).containsExactly("observations-20261124T100000.000Z.jsonl",
                    "observations-20261124T110100.000Z.jsonl", "observations-20261124T110100.001Z.jsonl");
            assertThat(log.segmentsSince(Instant.parse("2026-11-24T11:02:00Z"))).hasSize(1);
            assertThat(log.segmentsSince(Instant.parse("2026-11-24T11:00:00Z"))).hasSize(3);
            now.set(Instant.parse("2026-11-25T11:01:00.002Z"));
            append(log, LINE).get(10, TimeUnit.SECONDS);
            assertThat(names()).containsExactly("observations-20261124T110100.001Z.jsonl",
                    "observations-20261125T110100.002Z.jsonl");
        }
    }

    @Test
    void aTornEndIsCutAtTheNextStartAndReported() throws Exception {
        Path file = folder.resolve("observations-20261124T095900.000Z.jsonl");
        Files.writeString(file, LINE + LINE + LINE.substring(0, 20));
        try (ObservationLog log = started(WatchedDisk.counting())) {
            assertThat(log.repairs()).containsExactly(new ObservationLog.Repair(file, 20));
        }
        assertThat(Files.readString(file)).isEqualTo(LINE + LINE);
    }

    @Test
    void zerosThatAPowerCutLeftAreCut() throws Exception {
        Path file = folder.resolve("observations-20261124T095900.000Z.jsonl");
        Files.writeString(file, LINE + "\0\0\0\0\n\0\0");
        try (ObservationLog log = started(WatchedDisk.counting())) {
            assertThat(log.repairs()).containsExactly(new ObservationLog.Repair(file, 7));
        }
        assertThat(Files.readString(file)).isEqualTo(LINE);
    }

    @Test
    void aFileWithoutAnyWholeLineIsEmptied() throws Exception {
        Path file = folder.resolve("observations-20261124T095900.000Z.jsonl");
        Files.writeString(file, "{\"ts\":");
        started(WatchedDisk.counting()).close();
        assertThat(file).isEmptyFile();
    }

    private ObservationLog started(Disk disk) throws IOException {
        ObservationLog log = ObservationLog.open(
                new ObservationLog.Settings(folder, Duration.ofHours(24), Duration.ofHours(1), 1000, 1000), disk,
                now::get);
        log.start(Thread.ofPlatform().daemon()::unstarted);
        return log;
    }

    private static CompletableFuture<Void> append(ObservationLog log, String lines) {
        return log.reserve(10).orElseThrow().append(bytes(lines), () -> {});
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private List<String> names() throws IOException {
        return files().stream().map(f -> f.getFileName().toString()).toList();
    }

    private String content() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : files()) {
            all.append(Files.readString(file));
        }
        return all.toString();
    }
}
