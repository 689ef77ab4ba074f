package io.prunella.bench.peer;

import io.prunella.bench.workload.Minute;
import io.prunella.bench.workload.Tick;

/** A contender at work. What is called before each input is not timed, the rest is. */
public interface Run extends AutoCloseable {

    /** Puts a tick into the form in which this contender takes it; not timed. */
    default void prepare(Tick tick) {}

    /** Takes all samples of a tick, each entity's event after them. */
    default void samples(Tick tick) {
        throw new UnsupportedOperationException("takes no samples");
    }

    /** Takes the events of a minute. */
    default void events(Minute minute) {
        throw new UnsupportedOperationException("takes no events");
    }

    /** No more input comes: fires what is due up to and including {@code ts}. */
    void finish(long ts);

    @Override
    default void close() {}
}
