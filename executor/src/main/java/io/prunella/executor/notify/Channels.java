package io.prunella.executor.notify;

import io.prunella.executor.driver.Outcome;

/** Delivers messages. Thread-safe. */
public interface Channels {

    /** Sends, and returns when the message is delivered or it is clear that it is not. May block. */
    Outcome send(Message message);
}
