package io.prunella.executor.notify;

import io.prunella.plan.ChannelSpec;
import io.prunella.plan.HealOrder;
import java.util.Optional;

/**
 * One text for one channel, with the heal that it is about.
 *
 * @param text data from the first to the last character; may have line ends
 * @param result how the heal ended, where it has
 */
public record Message(ChannelSpec channel, String text, HealOrder order, String actionId, Optional<String> result) {}
