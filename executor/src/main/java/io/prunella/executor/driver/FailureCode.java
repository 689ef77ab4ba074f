package io.prunella.executor.driver;

/** Why an attempt or a heal failed, banded by whose move is next; the code is stable and may be searched for. */
public enum FailureCode {
    /** A step that this version cannot run yet. */
    NOT_AVAILABLE("HF101", Band.USER),
    /** The plan names an action, driver or channel that is not there. */
    NOT_DECLARED("HF102", Band.USER),
    /** The driver's program is not installed on this machine. */
    NOT_INSTALLED("HF103", Band.USER),
    /** The action lacks a file or a property, or has one that the driver cannot use. */
    BAD_ACTION("HF104", Band.USER),
    /** A target that no driver may be given, e.g. an empty one. */
    BAD_TARGET("HF105", Band.USER),
    /** A template or an argument looks up what is not there. */
    MISSING_VALUE("HF106", Band.USER),
    /** A channel that cannot deliver as it is declared. */
    BAD_CHANNEL("HF107", Band.USER),

    /** The action ran and ended badly: exit code, failed task. */
    ACTION_FAILED("HF201", Band.TARGET),
    /** The action ended, but not with what {@code expects:} demands. */
    UNEXPECTED_OUTPUT("HF202", Band.TARGET),
    /** The target could not be reached, so nothing was done. */
    UNREACHABLE("HF203", Band.TARGET),
    /** {@code wait(until:)} ended without its condition. */
    NOT_MET("HF204", Band.TARGET),

    /** Nobody can say whether the target is free. */
    LOCK_UNAVAILABLE("HF301", Band.CAPACITY),
    /** The claim on the target was lost while the heal ran. */
    CLAIM_LOST("HF302", Band.CAPACITY),
    /** The machine could not start a process or make its folder. */
    NO_RESOURCES("HF303", Band.CAPACITY),

    /** The journal could not be written, so nothing may be done. */
    JOURNAL_FAILED("HF401", Band.INTERNAL),
    /** Prunella itself is broken. */
    BUG("HF402", Band.INTERNAL);

    /** Whose move is next. */
    public enum Band {
        /** The pack or the set-up has to be changed; trying again is pointless. */
        USER,
        /** The machine that was acted upon. */
        TARGET,
        /** Prunella's own surroundings: locks, processes, disk. */
        CAPACITY,
        /** A bug. */
        INTERNAL
    }

    private final String code;
    private final Band band;

    FailureCode(String code, Band band) {
        this.code = code;
        this.band = band;
    }

    /** As shown to people, e.g. {@code HF201}. */
    public String code() {
        return code;
    }

    public Band band() {
        return band;
    }

    /** Whether the same attempt might go better later. */
    public boolean passing() {
        return switch (band) {
            case TARGET, CAPACITY -> true;
            case USER, INTERNAL -> false;
        };
    }
}
