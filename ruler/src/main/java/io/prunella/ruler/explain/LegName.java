package io.prunella.ruler.explain;

/**
 * A comparison that stands in a rule.
 *
 * @param id names it within its rule, {@code when[0]}, {@code verify[1]}
 * @param text as written
 */
public record LegName(String pack, String rule, String id, String text) {}
