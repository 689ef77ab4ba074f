package io.prunella.control.observations;

/**
 * Why a line of a body cannot be taken.
 *
 * @param line from 1, blank lines counted
 * @param message the cause
 * @param cure what to send instead
 */
public record LineProblem(int line, String message, String cure) {}
