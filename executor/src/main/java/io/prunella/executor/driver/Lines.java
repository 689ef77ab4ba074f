package io.prunella.executor.driver;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** What a process said, bounded: the first part of it is passed on and kept, the rest is counted. Thread-safe. */
final class Lines {
    /** Bytes of one line that are looked at. */
    static final int LONGEST = 1 << 16;

    private final int most;
    private final Consumer<OutputLine> sink;
    private final StringBuilder kept = new StringBuilder();
    private long seen;
    private boolean closed;

    Lines(int most, Consumer<OutputLine> sink) {
        this.most = most;
        this.sink = sink;
    }

    synchronized void add(String source, String text) {
        if (closed) {
            return;
        }
        long before = seen;
        seen += text.getBytes(StandardCharsets.UTF_8).length + 1L;
        if (seen <= most) {
            if (source.equals("out")) {
                kept.append(text).append('\n');
            }
            sink.accept(new OutputLine(source, text));
        } else if (before <= most) {
            sink.accept(new OutputLine(source, "… further output is dropped: more than " + most + " bytes"));
        }
    }

    /** Nothing is passed on any more. Gives what went to standard output. */
    synchronized String close() {
        closed = true;
        return kept.toString();
    }
}
