package io.prunella.cli;

/**
 * What was found out about one part of the environment.
 *
 * @param cure what to do, empty where nothing has to be done
 */
record Finding(String part, State state, String text, String cure) {

    /** How it stands with a part. */
    enum State {
        /** Works. */
        OK,
        /** Not wanted by anything configured. */
        OFF,
        /** Does not work, and nothing configured needs it. */
        MISSING,
        /** Does not work, although something configured needs it. */
        BROKEN
    }

    static Finding ok(String part, String text) {
        return new Finding(part, State.OK, text, "");
    }

    static Finding off(String part, String text) {
        return new Finding(part, State.OFF, text, "");
    }

    static Finding bad(String part, boolean wanted, String text, String cure) {
        return new Finding(part, wanted ? State.BROKEN : State.MISSING, text, cure);
    }
}
