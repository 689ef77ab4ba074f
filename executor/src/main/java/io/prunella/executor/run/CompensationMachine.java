package io.prunella.executor.run;

/** What undoing does: it runs {@code rollback:} once, and says whether everything was undone. */
final class CompensationMachine {

    enum State {
        IDLE, UNDOING,
        /** The rule has no {@code rollback:}. */
        NOTHING_TO_UNDO, UNDONE,
        /** Some of it is undone, some is not. */
        STUCK
    }

    enum Event {
        BEGIN, BEGIN_WITHOUT_STEPS, STEPS_DONE, STEPS_FAILED, INTERRUPTED
    }

    enum Effect {
        RUN_ROLLBACK, REPORT
    }

    static final Table<State, Event, Effect> TABLE = new Table.Builder<State, Event, Effect>("compensation")
            .row(State.IDLE, Event.BEGIN, State.UNDOING, Effect.RUN_ROLLBACK)
            .row(State.IDLE, Event.BEGIN_WITHOUT_STEPS, State.NOTHING_TO_UNDO, Effect.REPORT)
            .row(State.UNDOING, Event.STEPS_DONE, State.UNDONE, Effect.REPORT)
            .row(State.UNDOING, Event.STEPS_FAILED, State.STUCK, Effect.REPORT)
            .row(State.UNDOING, Event.INTERRUPTED, State.STUCK, Effect.REPORT).build();

    private CompensationMachine() {}
}
