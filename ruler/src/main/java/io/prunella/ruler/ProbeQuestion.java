package io.prunella.ruler;

/**
 * Something that a condition wants to know of the world: whoever asks it offers the answer as an observation.
 *
 * @param entity and {@code probe}: what {@link Observation.ProbeAnswer} has to carry
 * @param protocol {@code http}: the answer is the status code; {@code tcp}: 1 when it can be connected to, else 0
 * @param target URL, or host and port
 */
public record ProbeQuestion(String entity, String probe, String protocol, String target) {}
