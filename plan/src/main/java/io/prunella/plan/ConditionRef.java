package io.prunella.plan;

/**
 * A condition that only the ruler can judge: the executor hands the reference back and is told the truth.
 *
 * @param rule the rule that it stands in
 * @param index its number among the rule's conditions for the executor, from 0
 * @param text as written, for people
 */
public record ConditionRef(String rule, int index, String text) {}
