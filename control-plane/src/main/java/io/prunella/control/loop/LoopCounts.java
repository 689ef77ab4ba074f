package io.prunella.control.loop;

/**
 * What a loop took in since it began.
 *
 * @param late records that came too late and were dropped
 * @param clamped records whose time lay in the future and was set to now
 * @param refused records that found the inbox full
 */
public record LoopCounts(long samples, long events, long late, long clamped, long refused) {}
