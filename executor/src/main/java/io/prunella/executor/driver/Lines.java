package io.prunella.executor.driver;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** What a process said, bounded: the first part of it is passed on and kept, the rest is dropped. Thread-safe. */
final class Lines {
    private final int longest;
    private final long most;
    private final boolean keep;
    private final Consumer<OutputLine> sink;
    private final StringBuilder kept = new StringBuilder();
    private String lastError = "";
    private long seen;
    private boolean closed;

    /**
     * Bounds a process's output.
     *
     * @param longest bytes of one line that are looked at
     * @param most bytes that are passed on
     * @param keep whether {@link #close} gives back what went to standard output
     */
    Lines(int longest, long most, boolean keep, Consumer<OutputLine> sink) {
        this.longest = longest;
        this.most = most;
        this.keep = keep;
        this.sink = sink;
    }

    int longest() {
        return longest;
    }

    synchronized void add(String source, String text) {
        if (closed) {
            return;
        }
        long before = seen;
        seen += text.getBytes(StandardCharsets.UTF_8).length + 1L;
        if (seen <= most) {
            if (keep && source.equals("out")) {
                kept.append(text).append('\n');
            }
            if (source.equals("err") && !text.isBlank()) {
                lastError = text.strip();
            }
            sink.accept(new OutputLine(source, text));
        } else if (before <= most) {
            sink.accept(new OutputLine(source, "… further output is dropped: more than " + most + " bytes"));
        }
    }

    /** What the process said last on its standard error, which is where programs say why they fail. */
    synchronized String lastError() {
        return lastError;
    }

    /** Nothing is passed on any more. Gives what went to standard output. */
    synchronized String close() {
        closed = true;
        return kept.toString();
    }
}
