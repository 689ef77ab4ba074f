package io.prunella.ruler.simulation;

import io.prunella.ruler.recording.ReadAhead;
import java.io.InputStream;

/**
 * A recording to run.
 *
 * @param name as the user wrote it; {@code .gz} and {@code .zst} at its end say how it is compressed
 * @param bytes is read to its end and closed by the simulation
 * @param ahead how far its text is parsed before it is asked for
 */
public record RecordingInput(String name, InputStream bytes, ReadAhead ahead) {
    /** One that is parsed when it is asked for. */
    public RecordingInput(String name, InputStream bytes) {
        this(name, bytes, ReadAhead.NONE);
    }
}
