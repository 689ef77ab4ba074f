package io.prunella.ruler.simulation;

import java.io.InputStream;

/**
 * A recording to run.
 *
 * @param name as the user wrote it; {@code .gz} and {@code .zst} at its end say how it is compressed
 * @param bytes is read to its end and closed by the simulation
 */
public record RecordingInput(String name, InputStream bytes) {}
