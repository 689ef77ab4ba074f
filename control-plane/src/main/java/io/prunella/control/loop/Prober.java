package io.prunella.control.loop;

import io.prunella.ruler.ProbeQuestion;
import java.util.function.DoubleConsumer;

/** Asks a service from outside, for {@code probe(…)} in conditions. Thread-safe. */
@FunctionalInterface
public interface Prober {

    /**
     * Asks once, without blocking the caller.
     *
     * @param answer called exactly once, on any thread, perhaps before this returns: the status of an HTTP answer, 1 for
     *        a TCP connection, 0 when there was no answer in time
     */
    void ask(ProbeQuestion question, DoubleConsumer answer);
}
