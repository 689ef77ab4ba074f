package io.prunella.control.serve;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers the newest {@code Idempotency-Key}s, so that a sender who heard no answer may send again. Thread-safe. */
final class Idempotency {
    private final int window;
    private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>();

    /** A key and what came with it. */
    record Request(String key, String digest) {
        static Request of(String key, byte[] body) {
            try {
                MessageDigest sha = MessageDigest.getInstance("SHA-256");
                return new Request(key, HexFormat.of().formatHex(sha.digest(body)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }

        /** As it stands in the log; the digest first, since a key may hold anything. */
        String logged() {
            return digest + " " + key;
        }

        static Optional<Request> fromLog(String text) {
            int space = text.indexOf(' ');
            return space < 0
                    ? Optional.empty()
                    : Optional.of(new Request(text.substring(space + 1), text.substring(0, space)));
        }
    }

    private record Entry(String digest, Optional<Map<String, Object>> answer) {}

    /** What a key is to the service. */
    sealed interface Meeting {}

    /** Never seen, or forgotten. */
    record Fresh() implements Meeting {}

    /** The same body was taken before. */
    record Seen(Map<String, Object> answer) implements Meeting {}

    /** Another body has it, or the same is being taken. */
    record Clash(Problem problem) implements Meeting {}

    /** Remembers so many. */
    Idempotency(int window) {
        this.window = window;
    }

    synchronized Meeting begin(Request request) {
        Entry entry = entries.get(request.key());
        if (entry == null) {
            entries.put(request.key(), new Entry(request.digest(), Optional.empty()));
            if (entries.size() > window) {
                entries.pollFirstEntry();
            }
            return new Fresh();
        }
        if (!entry.digest().equals(request.digest())) {
            return new Clash(Problem.of(422, "key-reused", "Idempotency key reused",
                    "another body was sent with `Idempotency-Key: " + shown(request.key()) + "`",
                    "use a new key for a new body").with("taken", 0));
        }
        return entry.answer().<Meeting>map(Seen::new).orElseGet(() -> new Clash(Problem.of(409, "in-progress",
                "In progress", "the same body with the same `Idempotency-Key` is being taken right now",
                "send it again in a second").header("Retry-After", "1")));
    }

    synchronized void done(Request request, Map<String, Object> answer) {
        entries.computeIfPresent(request.key(), (_, e) -> new Entry(e.digest(), Optional.of(answer)));
    }

    synchronized void forget(Request request) {
        entries.remove(request.key());
    }

    /** One that the log knows from an earlier process. */
    synchronized void restore(Request request) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("accepted_before", true);
        entries.put(request.key(), new Entry(request.digest(), Optional.of(answer)));
        if (entries.size() > window) {
            entries.pollFirstEntry();
        }
    }

    private static String shown(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= 80 ? key : key.substring(0, Math.min(40, key.length())) + "…";
    }
}
