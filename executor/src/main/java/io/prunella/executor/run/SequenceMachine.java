package io.prunella.executor.run;

/** What a list of steps does next: one after the other, each only if its {@code if:} is true. */
final class SequenceMachine {

    enum State {
        READY, JUDGING, STEPPING, DONE, FAILED, INTERRUPTED
    }

    enum Event {
        /** There is a further step. */
        STEP, NO_MORE, CANCELLED,
        /** The step has no {@code if:}, or it is true. */
        TO_DO, NOT_TO_DO,
        /** The step is done, or failed and {@code on_failure} says {@code continue}. */
        PASSED, STEP_FAILED, STEP_INTERRUPTED
    }

    enum Effect {
        JUDGE, PERFORM, SKIP, ADVANCE, REPORT
    }

    static final Table<State, Event, Effect> TABLE = new Table.Builder<State, Event, Effect>("steps")
            .row(State.READY, Event.STEP, State.JUDGING, Effect.JUDGE)
            .row(State.READY, Event.NO_MORE, State.DONE, Effect.REPORT)
            .row(State.READY, Event.CANCELLED, State.INTERRUPTED, Effect.REPORT)
            .row(State.JUDGING, Event.TO_DO, State.STEPPING, Effect.PERFORM)
            .row(State.JUDGING, Event.NOT_TO_DO, State.READY, Effect.SKIP, Effect.ADVANCE)
            .row(State.STEPPING, Event.PASSED, State.READY, Effect.ADVANCE)
            .row(State.STEPPING, Event.STEP_FAILED, State.FAILED, Effect.REPORT)
            .row(State.STEPPING, Event.STEP_INTERRUPTED, State.INTERRUPTED, Effect.REPORT).build();

    private SequenceMachine() {}
}
