package io.prunella.ruler.decision;

import io.prunella.ruler.Observation.EventSeen;
import io.prunella.ruler.index.OpenEvent;
import io.prunella.ruler.index.Rule;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Derives the trace of a firing from what it is of, so that the same firing has the same in every run.
 *
 * <p>It is the first half of the SHA-256 of pack, version, rule, subject, instant and event, each followed by a zero byte
 * so that none runs into the next. Only what differs from firing to firing is put together for each.
 */
final class TraceIds {
    private static final int BYTES = 16;
    private static final int LONGEST_NUMBER = 20;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

    private final MessageDigest digest = Digests.fresh();
    private byte[] text = new byte[256];
    private int length;

    /** What the traces of all firings of a rule begin with. */
    static final class Stem {
        private final byte[] bytes;

        private Stem(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    static Stem stem(Rule rule) {
        TraceIds trace = new TraceIds();
        trace.part(rule.pack().name());
        trace.part(rule.pack().version());
        trace.part(rule.model().name());
        return new Stem(Arrays.copyOf(trace.text, trace.length));
    }

    /** 32 hex digits. */
    String of(Stem stem, Rule rule, int subject, long now, @Nullable OpenEvent event) {
        length = 0;
        room(stem.bytes.length);
        System.arraycopy(stem.bytes, 0, text, 0, stem.bytes.length);
        length = stem.bytes.length;
        subject(rule.subjects().by(), rule.subjects().valuesOf(subject));
        number(now);
        end();
        if (event != null) {
            EventSeen seen = event.seen();
            add(seen.type());
            add(seen.id().isPresent() ? "\nid " : "\nnumber ");
            if (seen.id().isPresent()) {
                add(seen.id().get());
            } else {
                number(event.number());
            }
        }
        end();
        digest.update(text, 0, length);
        return hex(digest.digest());
    }

    /** As a map of them prints: {@code {entity=node-17, core=0}}. */
    private void subject(List<String> names, List<String> values) {
        add("{");
        for (int i = 0; i < names.size(); i++) {
            add(i == 0 ? "" : ", ");
            add(names.get(i));
            add("=");
            add(values.get(i));
        }
        add("}");
        end();
    }

    private void part(String part) {
        add(part);
        end();
    }

    private void end() {
        room(1);
        text[length++] = 0;
    }

    private void add(String part) {
        int size = part.length();
        room(size);
        for (int i = 0; i < size; i++) {
            char c = part.charAt(i);
            if (c >= 0x80) {
                byte[] rest = part.substring(i).getBytes(StandardCharsets.UTF_8);
                room(rest.length);
                System.arraycopy(rest, 0, text, length, rest.length);
                length += rest.length;
                return;
            }
            text[length++] = (byte) c;
        }
    }

    private void number(long number) {
        if (number < 0) {
            add(Long.toString(number));
            return;
        }
        room(LONGEST_NUMBER);
        int size = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            size++;
        }
        long rest = number;
        for (int at = length + size - 1; at >= length; at--) {
            text[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += size;
    }

    private void room(int more) {
        if (length + more > text.length) {
            text = Arrays.copyOf(text, Math.max(text.length * 2, length + more));
        }
    }

    private static String hex(byte[] hash) {
        byte[] hex = new byte[2 * BYTES];
        for (int i = 0; i < BYTES; i++) {
            hex[2 * i] = DIGITS[(hash[i] >> 4) & 0xF];
            hex[2 * i + 1] = DIGITS[hash[i] & 0xF];
        }
        return new String(hex, StandardCharsets.ISO_8859_1);
    }
}
