package io.prunella.executor.lock;

/**
 * Whether one configured lock node answers, for {@code prunella doctor}.
 *
 * @param kind {@code redis} or {@code etcd}
 * @param address as configured, without password
 * @param answers whether it did within its time-out
 * @param detail what it said, or why it did not answer
 */
public record NodeAnswer(String kind, String address, boolean answers, String detail) {}
