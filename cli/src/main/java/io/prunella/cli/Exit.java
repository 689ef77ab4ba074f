package io.prunella.cli;

/** How commands end; scripts rely on it. */
final class Exit {
    static final int OK = 0;
    /** What was asked about is not as it should be: errors found, a test or a heal failed. */
    static final int FOUND = 1;
    /** Bad usage, unreadable path. */
    static final int USAGE = 2;
    /** Stopped by the user, as a shell reports a command that Ctrl-C ended. */
    static final int INTERRUPTED = 130;
    /** A fault of ours, as {@code EX_SOFTWARE} of sysexits. */
    static final int INTERNAL = 70;
    /** As a shell reports a command that a closed pipe ended. */
    static final int PIPE = 141;

    private Exit() {}
}
