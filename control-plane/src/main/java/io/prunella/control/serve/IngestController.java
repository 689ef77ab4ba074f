package io.prunella.control.serve;

import io.prunella.control.observations.ObservationLog;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The two front doors for observations; what differs is only what senders mean by them. */
@RestController
final class IngestController {
    private static final Set<String> ACCEPTED = Set.of("application/x-ndjson", "application/ndjson",
            "application/jsonl", "application/x-jsonlines", "application/json-lines", "application/json");
    private static final String ACCEPT_POST = "application/x-ndjson, application/jsonl, application/json";
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");
    private static final Pattern TRACE_ID = Pattern.compile("(?:0[xX])?([0-9a-fA-F]{32})");
    private static final int LONGEST_KEY = 256;
    /** What is reserved for a body that does not tell its size, and for its growth. */
    private static final int STEP = 256 << 10;

    private final Startup startup;
    private final Ingest ingest;
    private final long largest;

    /** Takes bodies of so many bytes at most, counted after decompression. */
    IngestController(Startup startup, Ingest ingest, long largest) {
        this.startup = startup;
        this.ingest = ingest;
        this.largest = largest;
    }

    @PostMapping("/api/v1/samples")
    ResponseEntity<byte[]> samples(HttpServletRequest request) throws IOException, InterruptedException {
        return take(request);
    }

    @PostMapping("/api/v1/events")
    ResponseEntity<byte[]> events(HttpServletRequest request) throws IOException, InterruptedException {
        return take(request);
    }

    private ResponseEntity<byte[]> take(HttpServletRequest request) throws IOException, InterruptedException {
        String path = request.getRequestURI();
        Optional<Problem> refusal = refusal(request);
        if (refusal.isPresent()) {
            return refusal.get().answer(path);
        }
        long length = request.getContentLengthLong();
        boolean zipped = "gzip".equalsIgnoreCase(request.getHeader("Content-Encoding"));
        Optional<ObservationLog.Place> reserved = ingest.reserve(length < 0 || zipped ? STEP : length);
        if (reserved.isEmpty()) {
            return busy().answer(path);
        }
        try (ObservationLog.Place place = reserved.get()) {
            byte[] body = receive(request, zipped, place);
            return switch (ingest.take(body, key(request), traceId(request), place)) {
                case Ingest.Taken taken -> Json.answer(202, taken.members());
                case Ingest.Refused refused -> refused.problem().answer(path);
            };
        }
    }

    private Optional<Problem> refusal(HttpServletRequest request) {
        if (!startup.ready()) {
            return Optional.of(Problem.of(503, "not-ready", "Not ready", startup.cause(),
                    "`/readyz` tells how far it is; send the body again").header("Retry-After", "1").with("taken", 0));
        }
        String type = request.getContentType();
        String bare = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!ACCEPTED.contains(bare)) {
            String said = type == null ? "the request has no `Content-Type`" : "`Content-Type` is `" + type + "`";
            return Optional.of(Problem.of(415, "wrong-content-type", "Wrong content type",
                    said + ", and JSON Lines are taken here",
                    "send JSON Lines with `Content-Type: application/x-ndjson`").header("Accept-Post", ACCEPT_POST)
                    .with("taken", 0));
        }
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("gzip") && !encoding.equalsIgnoreCase("identity")) {
            return Optional.of(Problem.of(415, "wrong-content-encoding", "Wrong content encoding",
                    "`Content-Encoding` is `" + encoding + "`", "send the body as it is, or `gzip`")
                    .header("Accept-Encoding", "gzip").with("taken", 0));
        }
        if (request.getContentLengthLong() > largest) {
            return Optional.of(tooLarge());
        }
        String key = request.getHeader("Idempotency-Key");
        if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
            return Optional.of(Problem.of(400, "bad-key", "Bad idempotency key",
                    "`Idempotency-Key` is empty or longer than " + LONGEST_KEY + " characters",
                    "send a UUID, or leave the header out").with("taken", 0));
        }
        return Optional.empty();
    }

    private byte[] receive(HttpServletRequest request, boolean zipped, ObservationLog.Place place)
            throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = zipped
                ? new GZIPInputStream(request.getInputStream())
                : request.getInputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (body.size() + n > largest) {
                    throw new Refusals.Refused(tooLarge());
                }
                if (!place.growTo(body.size() + n, STEP)) {
                    throw new Refusals.Refused(busy());
                }
                body.write(buffer, 0, n);
            }
        } catch (ZipException e) {
            throw new Refusals.Refused(Problem.of(400, "bad-gzip", "Bad gzip", "the body is no gzip: " + e.getMessage(),
                    "send it whole, or without `Content-Encoding`").with("taken", 0));
        }
        return body.toByteArray();
    }

    private Problem tooLarge() {
        return Problem.of(413, "too-large", "Body too large",
                "the body is larger than " + largest + " bytes; nothing of it was taken",
                "split it into several requests").with("taken", 0).with("limit_bytes", largest);
    }

    private static Problem busy() {
        return Problem.of(429, "busy", "Too many observations",
                "the service takes observations more slowly than they come; nothing of the body was taken",
                "send it again after `Retry-After` seconds").header("Retry-After", "1").with("taken", 0);
    }

    private static Optional<String> key(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Idempotency-Key"));
    }

    private static Optional<String> traceId(HttpServletRequest request) {
        String parent = request.getHeader("traceparent");
        if (parent != null) {
            Matcher matcher = TRACEPARENT.matcher(parent.strip());
            if (matcher.matches()) {
                return valid(matcher.group(1));
            }
        }
        String id = request.getHeader("X-Trace-ID");
        if (id != null) {
            Matcher matcher = TRACE_ID.matcher(id.strip());
            if (matcher.matches()) {
                return valid(matcher.group(1).toLowerCase(Locale.ROOT));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> valid(String traceId) {
        return traceId.chars().allMatch(c -> c == '0') ? Optional.empty() : Optional.of(traceId);
    }
}
