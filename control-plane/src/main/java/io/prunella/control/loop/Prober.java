package io.prunella.control.loop;

import java.util.function.DoubleConsumer;

/** Asks a service from outside, for {@code probe(…)} in conditions. Thread-safe. */
public interface Prober {

    /**
     * Asks once, without blocking the caller.
     *
     * @param answer called exactly once, on any thread: the status of an HTTP answer, 1 for a TCP connection, 0 when there
     *        was no answer in time
     */
    void ask(Probe probe, DoubleConsumer answer);

    /**
     * What is asked.
     *
     * @param name as written in the rule: the series that the answers become
     * @param address URL or {@code host:port}, everything looked up
     */
    record Probe(String name, Protocol protocol, String address) {}

    /** How it is asked. */
    enum Protocol {
        HTTP, TCP
    }
}
