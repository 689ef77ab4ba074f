package io.prunella.ruler.recording;

/** Some whole lines of a recording's text; the last of a recording may lack its line feed. */
final class Page {
    final byte[] bytes;
    /** How many of the bytes are text. */
    final int length;
    /** What comes right behind it. */
    final Ending ending;

    Page(byte[] bytes, int length, Ending ending) {
        this.bytes = bytes;
        this.length = length;
        this.ending = ending;
    }

    enum Ending {
        /** More pages. */
        MORE,
        /** A line that is too long to be a record, left out here. */
        TOO_LONG,
        /** What cannot be unpacked: the last of the recording. */
        DAMAGED,
        /** Nothing. */
        END
    }
}
