package io.prunella.control.serve;

import io.prunella.control.observations.LineProblem;
import io.prunella.control.observations.ObservationLines;
import io.prunella.control.observations.ObservationLog;
import io.prunella.ruler.Observation;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Takes a body, all of it or nothing: read, logged, synced, answered, and then offered to the loop, in that order.
 * Thread-safe.
 */
final class Ingest {
    private static final int PROBLEMS_SHOWN = 20;
    private static final int OFFERED_AT_ONCE = 4_096;
    private static final long DISK_PATIENCE_SECONDS = 30;

    private final ObservationLog log;
    private final Predicate<List<Observation>> loop;
    private final ObservationLines lines;
    private final Idempotency idempotency;
    private final InstantSource clock;
    private final DecidedMarks marks;
    private final AtomicLong clamped = new AtomicLong();
    private final AtomicLong samples = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private volatile boolean stopping;

    /** What the sender hears. */
    sealed interface Reply {}

    /** It is on disk. */
    record Taken(Map<String, Object> members) implements Reply {}

    /** Nothing of it was taken. */
    record Refused(Problem problem) implements Reply {}

    /**
     * Joins log and loop.
     *
     * @param loop takes all of some records, or none and says false while it has no room
     * @param marks how far the loop has decided
     */
    Ingest(ObservationLog log, Predicate<List<Observation>> loop, Idempotency idempotency, ObservationLines lines,
            InstantSource clock,
            DecidedMarks marks) {
        this.log = log;
        this.loop = loop;
        this.lines = lines;
        this.idempotency = idempotency;
        this.clock = clock;
        this.marks = marks;
    }

    /** No longer waits for a loop that takes nothing. */
    void stop() {
        stopping = true;
    }

    /** A key that the log knows from an earlier process. */
    void restore(String loggedKey) {
        Idempotency.Request.fromLog(loggedKey).ifPresent(idempotency::restore);
    }

    Optional<ObservationLog.Place> reserve(long bytes) {
        return log.reserve(bytes);
    }

    long clamped() {
        return clamped.get();
    }

    long samples() {
        return samples.get();
    }

    long events() {
        return events.get();
    }

    long waitingBytes() {
        return log.waitingBytes();
    }

    long syncs() {
        return log.syncs();
    }

    /**
     * Takes a body.
     *
     * @param key {@code Idempotency-Key}
     * @param traceId that the request carried
     */
    Reply take(byte[] body, Optional<String> key, Optional<String> traceId, ObservationLog.Place place)
            throws InterruptedException {
        Optional<Idempotency.Request> request = key.map(k -> Idempotency.Request.of(k, body));
        if (request.isPresent()) {
            switch (idempotency.begin(request.get())) {
                case Idempotency.Fresh _ -> {
                    // The first time: goes on below.
                }
                case Idempotency.Seen seen -> {
                    return new Taken(seen.answer());
                }
                case Idempotency.Clash clash -> {
                    return new Refused(clash.problem());
                }
            }
        }
        Reply reply = fresh(lines.read(body, clock.millis(), traceId), request, place);
        request.ifPresent(r -> {
            switch (reply) {
                case Taken taken -> idempotency.done(r, taken.members());
                case Refused _ -> idempotency.forget(r);
            }
        });
        return reply;
    }

    private Reply fresh(ObservationLines.Read read, Optional<Idempotency.Request> request, ObservationLog.Place place)
            throws InterruptedException {
        if (!read.problems().isEmpty()) {
            return new Refused(badLines(read.problems()));
        }
        if (read.observations().isEmpty()) {
            return new Refused(Problem.of(400, "empty-body", "Empty body", "the body has no line",
                    "send one JSON object a line").with("taken", 0));
        }
        long decided = marks.decided();
        String tick = ObservationLines.tick(decided, request.map(Idempotency.Request::logged));
        CompletableFuture<Void> durable = place.append(read.bytes(tick), () -> offer(read.observations()));
        try {
            durable.get(DISK_PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return new Refused(disk(cause(e)).with("taken", 0));
        } catch (TimeoutException _) {
            return new Refused(disk("it did not answer for " + DISK_PATIENCE_SECONDS + " s"));
        }
        marks.logged(decided, read.observations().stream().mapToLong(Observation::ts).max().orElse(0));
        clamped.addAndGet(read.clamped());
        return new Taken(accepted(read, decided));
    }

    private static String cause(ExecutionException e) {
        Throwable cause = e.getCause();
        return cause instanceof IOException && cause.getMessage() != null ? cause.getMessage() : String.valueOf(cause);
    }

    private static Problem disk(String cause) {
        return Problem.of(503, "log-unavailable", "Observation log unavailable",
                "the observation log cannot be written: " + cause,
                "free space or mend the disk that holds the data folder, then send the body again")
                .header("Retry-After", "5");
    }

    private Map<String, Object> accepted(ObservationLines.Read read, long decided) {
        long eventCount = 0;
        long sampleCount = 0;
        long late = 0;
        for (Observation observation : read.observations()) {
            switch (observation) {
                case Observation.Sample _,Observation.StaleMarker _ -> sampleCount++;
                case Observation.EventSeen _,Observation.AlertSeen _ -> eventCount++;
                case Observation.Tick _,Observation.ProbeAnswer _ -> {
                    // Counted with all that was accepted.
                }
            }
            late += observation.ts() < decided ? 1 : 0;
        }
        samples.addAndGet(sampleCount);
        events.addAndGet(eventCount);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("accepted", read.observations().size());
        members.put("samples", sampleCount);
        members.put("events", eventCount);
        members.put("clamped", read.clamped());
        members.put("late", late);
        return members;
    }

    private static Problem badLines(List<LineProblem> problems) {
        List<Map<String, Object>> shown = new ArrayList<>();
        for (LineProblem problem : problems.subList(0, Math.min(PROBLEMS_SHOWN, problems.size()))) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("line", problem.line());
            one.put("detail", problem.message());
            one.put("help", problem.cure());
            shown.add(one);
        }
        LineProblem first = problems.getFirst();
        String more = problems.size() == 1 ? "" : ", and " + (problems.size() - 1) + " more";
        return Problem.of(400, "bad-line", "Bad line",
                "line " + first.line() + ": " + first.message() + more + "; nothing of the body was taken",
                first.cure())
                .with("taken", 0).with("bad_lines", problems.size()).with("errors", shown);
    }

    /** Waits for room in the loop, and so, through the log's waiting room, makes senders wait. */
    private void offer(List<Observation> observations) {
        for (int from = 0; from < observations.size(); from += OFFERED_AT_ONCE) {
            List<Observation> part = observations.subList(from,
                    Math.min(observations.size(), from + OFFERED_AT_ONCE));
            while (!loop.test(part)) {
                LockSupport.parkNanos(1_000_000);
                if (stopping) {
                    return; // it is in the log, and the next start reads it back
                }
            }
        }
    }
}
