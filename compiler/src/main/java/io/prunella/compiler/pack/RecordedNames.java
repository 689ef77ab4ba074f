package io.prunella.compiler.pack;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names that the recordings of a pack hold, so that a rule which waits for something else can be told from one that was
 * tried.
 *
 * @param metrics whatever stands behind {@code "metric":}
 * @param events whatever stands behind {@code "event":}
 * @param complete whether all of them were seen; packed files are not looked into, and large ones only in part
 */
public record RecordedNames(Set<String> metrics, Set<String> events, boolean complete) {
    public static final RecordedNames NONE = new RecordedNames(Set.of(), Set.of(), true);

    public RecordedNames {
        metrics = Set.copyOf(metrics);
        events = Set.copyOf(events);
    }

    /**
     * Reads bytes as they come, and looks at strings alone; so a name is missed only where it is written with escapes,
     * which makes the result incomplete.
     */
    static final class Scanner {
        private static final long MOST_BYTES = 64L << 20;
        private static final int MOST_NAMES = 10_000;
        private static final int LONGEST = 512;

        private enum Place {
            OUTSIDE, IN_STRING, AFTER_KEY, BEFORE_VALUE
        }

        private final Set<String> metrics = new TreeSet<>();
        private final Set<String> events = new TreeSet<>();
        private final byte[] text = new byte[LONGEST];
        private Place place = Place.OUTSIDE;
        private String key = "";
        private boolean isValue;
        private boolean escaped;
        private boolean hasEscapes;
        private int length;
        private long bytes;
        private boolean complete = true;

        /** Notes a file that is not looked into. */
        void miss() {
            complete = false;
        }

        /** Begins the next file. */
        void begin() {
            place = Place.OUTSIDE;
            key = "";
            isValue = false;
            escaped = false;
        }

        void feed(byte[] buffer, int count) {
            bytes += count;
            if (bytes > MOST_BYTES || metrics.size() + events.size() > MOST_NAMES) {
                complete = false;
                return;
            }
            for (int i = 0; i < count; i++) {
                next(buffer[i]);
            }
        }

        private void next(byte b) {
            switch (place) {
                case IN_STRING -> string(b);
                case OUTSIDE -> {
                    if (b == '"') {
                        open(false);
                    }
                }
                case AFTER_KEY -> {
                    if (b == ':') {
                        place = Place.BEFORE_VALUE;
                    } else if (!isSpace(b)) {
                        leave(b);
                    }
                }
                case BEFORE_VALUE -> {
                    if (b == '"') {
                        open(true);
                    } else if (!isSpace(b)) {
                        leave(b);
                    }
                }
            }
        }

        private static boolean isSpace(byte b) {
            return b == ' ' || b == '\t' || b == '\n' || b == '\r';
        }

        private void leave(byte b) {
            place = Place.OUTSIDE;
            if (b == '"') {
                open(false);
            }
        }

        private void open(boolean value) {
            place = Place.IN_STRING;
            isValue = value;
            length = 0;
            hasEscapes = false;
        }

        private void string(byte b) {
            if (escaped) {
                escaped = false;
            } else if (b == '\\') {
                escaped = true;
                hasEscapes = true;
            } else if (b == '"') {
                close();
            } else if (length < LONGEST) {
                text[length++] = b;
            } else {
                hasEscapes = true;
            }
        }

        private void close() {
            if (isValue) {
                place = Place.OUTSIDE;
                if (hasEscapes) {
                    complete = false;
                }
                (key.equals("metric") ? metrics : events).add(new String(text, 0, length, StandardCharsets.UTF_8));
                return;
            }
            boolean named = !hasEscapes && (is("metric") || is("event"));
            key = named ? new String(text, 0, length, StandardCharsets.UTF_8) : "";
            place = named ? Place.AFTER_KEY : Place.OUTSIDE;
        }

        private boolean is(String name) {
            if (name.length() != length) {
                return false;
            }
            for (int i = 0; i < length; i++) {
                if (text[i] != name.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        RecordedNames names() {
            return new RecordedNames(metrics, events, complete);
        }
    }
}
