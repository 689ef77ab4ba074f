package io.prunella.executor.driver;

/**
 * Something that an attempt said while it ran; untrusted text, to be shown and never interpreted.
 *
 * @param source {@code out}, {@code err}, or {@code task} for the name of a task and how it ended
 * @param text without its line end, bounded in length
 */
public record OutputLine(String source, String text) {}
