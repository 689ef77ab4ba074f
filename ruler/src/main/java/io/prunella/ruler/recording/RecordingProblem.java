package io.prunella.ruler.recording;

/**
 * A line that could not be used, or not as it stands.
 *
 * @param cure what to do about it; empty when the message says it all
 */
public record RecordingProblem(String file, long line, String message, String cure) {

    /** {@code file:line: message (cure)}. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + message + (cure.isEmpty() ? "" : " (" + cure + ")");
    }
}
