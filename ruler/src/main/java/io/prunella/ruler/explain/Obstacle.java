package io.prunella.ruler.explain;

import io.prunella.plan.HealResult;
import java.util.OptionalLong;

/**
 * Something that would have a firing skipped at the instant.
 *
 * @param result what the firing would end with
 * @param text what it is, lower case, e.g. ``cooldown of `node-17` ``
 * @param until the first instant at which it no longer stands in the way; absent when that is not known
 * @param traceId of the firing that took it; empty where there is none
 */
public record Obstacle(HealResult result, String text, OptionalLong until, String traceId) {}
