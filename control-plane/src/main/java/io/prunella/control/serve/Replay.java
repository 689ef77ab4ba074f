package io.prunella.control.serve;

import io.prunella.control.loop.LoopEvent;
import io.prunella.control.observations.ObservationLines;
import io.prunella.ruler.Observation;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a restarted service to where the stopped one was: heals taken up from the journal, then windows, holds and
 * cooldowns rebuilt from the log. What was decided then is decided again and not done again: the journal knows what
 * was done, and what was not done then, by the rules of then, is not done now.
 */
final class Replay {
    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
    private static final int AT_ONCE = 1_000;
    private static final Duration REACH = Duration.ofHours(24);

    private final Service.Opened opened;
    private final BusFeed feed;
    private final DecidedMarks marks;
    private volatile boolean replaying;

    Replay(Service.Opened opened, BusFeed feed, DecidedMarks marks) {
        this.opened = opened;
        this.feed = feed;
        this.marks = marks;
    }

    /** From here on what happens is counted and told. */
    void listen() {
        opened.healing().subscribe(this::heard);
    }

    /** Returns what was done, for {@code /readyz}. */
    String run(Instant now, Ingest ingest) throws StartFailure {
        int taken = opened.healing().recover();
        replaying = true;
        long lines;
        try {
            lines = replay(now, ingest);
        } catch (IOException e) {
            throw new StartFailure("the observation log cannot be read back: " + e.getMessage(),
                    "make its files readable for the service, or move the broken one away");
        } finally {
            replaying = false;
        }
        String done = taken + " heals taken up, " + lines + " observations read back";
        LOG.info("recovery: {}", done);
        return done;
    }

    private void heard(LoopEvent event) {
        // What is decided again while reading back was told and counted when it was decided first.
        if (!replaying || event instanceof LoopEvent.Heal) {
            opened.metrics().accept(event);
            feed.accept(event);
        }
        if (event instanceof LoopEvent.Problem problem && !replaying) {
            LOG.warn("{}", problem.message());
        }
    }

    private long replay(Instant now, Ingest ingest) throws IOException {
        long lines = 0;
        long newest = 0;
        List<Observation> batch = new ArrayList<>();
        List<Path> segments = opened.log().segmentsSince(now.minus(REACH));
        long decided = lastDecided(segments);
        opened.healing().decidedBefore(decided);
        for (Path segment : segments) {
            try (BufferedReader reader = Files.newBufferedReader(segment)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    ObservationLines.idempotencyKey(line).ifPresent(ingest::restore);
                    Optional<Observation> observation = ObservationLines.logged(line);
                    if (observation.isPresent()) {
                        batch.add(observation.get());
                        newest = Math.max(newest, observation.get().ts());
                        lines += observation.get() instanceof Observation.Tick ? 0 : 1;
                    }
                    if (batch.size() >= AT_ONCE) {
                        opened.healing().replay(batch);
                        batch.clear();
                    }
                }
            }
        }
        opened.healing().replay(batch);
        marks.logged(decided, newest);
        return lines;
    }

    /** The last mark: whatever the rules are now, what fires up to it was decided. */
    private static long lastDecided(List<Path> segments) throws IOException {
        long last = Long.MIN_VALUE;
        for (Path segment : segments) {
            try (BufferedReader reader = Files.newBufferedReader(segment)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    if (line.contains("\"tick\":true")
                            && ObservationLines.logged(line).orElse(null) instanceof Observation.Tick tick) {
                        last = Math.max(last, tick.ts());
                    }
                }
            }
        }
        return last;
    }
}
