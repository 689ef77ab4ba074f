package io.prunella.control.observations;

import io.prunella.ruler.Observation;
import io.prunella.ruler.Observation.Sample;
import io.prunella.ruler.recording.BrokenJson;
import io.prunella.ruler.recording.EntityMapping;
import io.prunella.ruler.recording.KnownSamples;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads bodies of JSON Lines (language section 11), all or nothing, and writes them as the log keeps them.
 *
 * <p>
 * What the log keeps can be replayed to the same decisions: a line without a time gets the service's, a time in the
 * future becomes now, and an event without an id gets one, so that a replay tells events apart as the first run did.
 */
public final class ObservationLines {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    private static final int LONGEST_LINE = 1 << 20;
    private static final int AT_ONCE = 4;
    private static final String EXAMPLE = "{\"ts\":\"2026-11-01T10:00:00Z\",\"entity\":\"node-17\",\"metric\":\"cpu_load\",\"value\":0.97}";

    private final Supplier<String> eventIds;
    private final EntityMapping entities;
    /** One for each body that is read at the same time, each with what it learnt. */
    private final BlockingQueue<KnownSamples> idle = new ArrayBlockingQueue<>(AT_ONCE);

    /** Reads with ids for the events that bring none, and entities for the records that name none. */
    public ObservationLines(Supplier<String> eventIds, EntityMapping entities) {
        this.eventIds = eventIds;
        this.entities = entities;
    }

    /**
     * Something that was read, or why it was not.
     *
     * @param observations in the order of the lines
     * @param log the lines as the log keeps them, each ended by a newline
     * @param clamped how many had a time in the future
     * @param problems of lines that cannot be taken; if there is one, nothing may be taken
     */
    public record Read(List<Observation> observations, Log log, int clamped, List<LineProblem> problems) {
        public Read {
            observations = List.copyOf(observations);
            problems = List.copyOf(problems);
        }

        /** A line, then the lines of the log, each ended by a newline. */
        public byte[] bytes(String first) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(first.getBytes(StandardCharsets.UTF_8));
            out.write('\n');
            out.writeBytes(log.bytes.toByteArray());
            return out.toByteArray();
        }
    }

    /** Lines of the log, one after the other. */
    public static final class Log {
        private final ByteArrayOutputStream bytes;

        private Log(int size) {
            bytes = new ByteArrayOutputStream(size);
        }

        private void line(byte[] line) {
            line(line, 0, line.length);
        }

        private void line(byte[] body, int start, int end) {
            bytes.write(body, start, body[end - 1] == '\r' ? end - 1 - start : end - start);
            bytes.write('\n');
        }
    }

    /**
     * Reads a body as a sender wrote it.
     *
     * @param now the service's clock, epoch milliseconds
     * @param traceId of the request, which its events then carry
     */
    public Read read(byte[] body, long now, Optional<String> traceId) {
        KnownSamples known = Objects.requireNonNullElseGet(idle.poll(), KnownSamples::new);
        try {
            return new Reading(body, now, traceId, known).read();
        } finally {
            // One that finds no place is forgotten, with what it learnt.
            idle.offer(known);
        }
    }

    private final class Reading {
        private final byte[] body;
        private final long now;
        private final Optional<String> traceId;
        private final KnownSamples known;
        private final List<Observation> observations = new ArrayList<>();
        private final List<LineProblem> problems = new ArrayList<>();
        private final Log log;
        private int clamped;

        Reading(byte[] body, long now, Optional<String> traceId, KnownSamples known) {
            this.body = body;
            this.now = now;
            this.traceId = traceId;
            this.known = known;
            this.log = new Log(body.length + 1);
        }

        Read read() {
            int number = 0;
            int start = byteOrderMark(body);
            if (AlertWebhook.begins(body, start)) {
                webhook(start);
                return new Read(observations, log, clamped, problems);
            }
            while (start < body.length) {
                int end = start;
                while (end < body.length && body[end] != '\n') {
                    end++;
                }
                number++;
                Sample sample = known.read(body, start, end, now);
                if (sample != null) {
                    observations.add(sample);
                    log.line(body, start, end);
                } else if (!blank(body, start, end)) {
                    properly(number, start, end);
                }
                start = end + 1;
            }
            return new Read(observations, log, clamped, problems);
        }

        /** Alerts of nobody's are about themselves, so that somebody can be told of them. */
        private void webhook(int start) {
            try {
                for (ObjectNode line : AlertWebhook.lines(parsed(body, start, body.length))) {
                    Fields fields = Fields.of(line);
                    fields.clamp(now);
                    fields.name(entities);
                    if (!fields.node().has("entity")) {
                        fields.node().put("entity", "alert/" + line.path("alert").asString());
                    }
                    observations.add(fields.observation());
                    log.line(MAPPER.writeValueAsBytes(fields.node()));
                }
            } catch (BadLine bad) {
                problems.add(new LineProblem(1, bad.cause, bad.cure));
            }
        }

        private void properly(int number, int start, int end) {
            try {
                Fields fields = Fields.of(tree(body, start, end));
                if (fields.ts().isPresent() && fields.ts().getAsLong() > now) {
                    clamped++;
                }
                boolean changed = fields.clamp(now);
                changed |= fields.name(entities);
                changed |= fields.identify(eventIds, traceId);
                Observation observation = fields.observation();
                observations.add(observation);
                if (observation instanceof Observation.Tick) {
                    // Invariant: the ticks of the log are the service's own, they say how far it had decided.
                    return;
                }
                if (changed) {
                    log.line(MAPPER.writeValueAsBytes(fields.node()));
                } else {
                    log.line(body, start, end);
                    if (observation instanceof Sample sample) {
                        known.learn(body, start, end, sample);
                    }
                }
            } catch (BadLine bad) {
                problems.add(new LineProblem(number, bad.cause, bad.cure));
            }
        }
    }

    /** A line of the log itself; empty where it says nothing that can be used. */
    public static Optional<Observation> logged(String line) {
        try {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            Fields fields = Fields.of(tree(bytes, 0, bytes.length));
            return fields.ts().isPresent() ? Optional.of(fields.observation()) : Optional.empty();
        } catch (BadLine _) {
            return Optional.empty();
        }
    }

    /**
     * The line that tells a replay how far the service had decided.
     *
     * @param idempotencyKey of the body that follows, so that a repetition is known after a restart
     */
    public static String tick(long clock, Optional<String> idempotencyKey) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("ts", Fields.stamp(clock));
        node.put("tick", true);
        idempotencyKey.ifPresent(key -> node.put("idempotency_key", key));
        return MAPPER.writeValueAsString(node);
    }

    /** The key that {@link #tick} wrote into a line. */
    public static Optional<String> idempotencyKey(String line) {
        if (!line.contains("\"idempotency_key\"")) {
            return Optional.empty();
        }
        try {
            JsonNode key = MAPPER.readTree(line).path("idempotency_key");
            return key.isString() ? Optional.of(key.stringValue()) : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    private static ObjectNode tree(byte[] bytes, int start, int end) {
        if (end - start > LONGEST_LINE) {
            throw new BadLine("the line is longer than 1 MiB", "split it into several records");
        }
        return parsed(bytes, start, end);
    }

    private static ObjectNode parsed(byte[] bytes, int start, int end) {
        try {
            JsonNode node = MAPPER.readTree(bytes, start, end - start);
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw new BadLine("the line is no JSON object", "send one object a line, such as " + EXAMPLE);
        } catch (JacksonException e) {
            BrokenJson said = BrokenJson.of(e, new String(bytes, start, end - start, StandardCharsets.UTF_8));
            throw new BadLine(said.message(), said.cure());
        }
    }

    private static int byteOrderMark(byte[] body) {
        boolean there = body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
        return there ? 3 : 0;
    }

    private static boolean blank(byte[] body, int start, int end) {
        for (int i = start; i < end; i++) {
            if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** Ends the reading of one line, never that of a body. */
    @SuppressWarnings("serial")
    static final class BadLine extends RuntimeException {
        final String cause;
        final String cure;

        BadLine(String cause, String cure) {
            super(cause, null, false, false);
            this.cause = cause;
            this.cure = cure;
        }
    }
}
