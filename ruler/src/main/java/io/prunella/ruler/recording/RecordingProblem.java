package io.prunella.ruler.recording;

/**
 * A line that could not be used, or not as it stands.
 *
 * @param cure what to do about it; empty when the message says it all
 */
public record RecordingProblem(String file, long line, Kind kind, String message, String cure) {

    /** Kinds of problems; of each kind the first ones are shown and all are counted. */
    public enum Kind {
        /** No JSON. */
        BROKEN,
        /** JSON, but no record. */
        UNUSABLE,
        /** A record, but with something in it that nobody reads. */
        IGNORED,
        /** Too old when it came, and dropped. */
        LATE
    }

    /** {@code file:line: message (cure)}. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + message + (cure.isEmpty() ? "" : " (" + cure + ")");
    }
}
