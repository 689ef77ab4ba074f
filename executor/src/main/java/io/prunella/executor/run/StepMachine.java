package io.prunella.executor.run;

/** What one step does next: its attempts, the look before each, and what is made of an outcome that nobody knows. */
final class StepMachine {

    enum State {
        READY,
        /** For a place among the workers. */
        QUEUED, CHECKING, RUNNING,
        /** Its time is up; it has been asked to stop. */
        STOPPING, CANCELLING,
        /** Nobody knows whether it took effect; the check is asked. */
        SETTLING,
        /** Before the next attempt. */
        PAUSING, WAITING, SUCCEEDED, UNCHANGED, FAILED, TIMED_OUT, INTERRUPTED
    }

    enum Event {
        BEGIN, BEGIN_WAIT,
        /** A stopped process left an attempt without an outcome. */
        LEFT_OPEN,
        /** A stopped process left an outcome from which nothing had followed yet. */
        LEFT_ENDED, PLACE, WANTED,
        /** As it should be, before anything was done. */
        ALREADY,
        /** As it should be, and an attempt of ours may have done it. */
        TOOK_EFFECT, CLAIM_LOST, DONE,
        /** Certainly nothing was done, and there is a further driver. */
        REFUSED_NEXT, REFUSED_AGAIN, REFUSED, FAILED_AGAIN, FAILED,
        /** Not known, and it does no harm to try again. */
        UNSURE_AGAIN, UNSURE, TIME_UP, STOPPED,
        /** The look that settles: nothing was done, or it does no harm to try again. */
        SETTLED_AGAIN, SETTLED_OUT, UNSETTLED, DUE, NOT_MET, CANCEL
    }

    enum Effect {
        TAKE_PLACE, GIVE_BACK, CHECK, START, STOP, NEXT_DRIVER, SETTLE, PAUSE, WAIT, REPORT
    }

    static final Table<State, Event, Effect> TABLE = new Table.Builder<State, Event, Effect>("step")
            .row(State.READY, Event.BEGIN, State.QUEUED, Effect.TAKE_PLACE)
            .row(State.READY, Event.BEGIN_WAIT, State.WAITING, Effect.WAIT)
            .row(State.READY, Event.LEFT_OPEN, State.SETTLING, Effect.SETTLE)
            .row(State.READY, Event.LEFT_ENDED, State.RUNNING)
            .row(State.READY, Event.REFUSED, State.FAILED, Effect.REPORT)

            .row(State.QUEUED, Event.PLACE, State.CHECKING, Effect.CHECK)
            .row(State.QUEUED, Event.CANCEL, State.INTERRUPTED, Effect.REPORT)

            .row(State.CHECKING, Event.WANTED, State.RUNNING, Effect.START)
            .row(State.CHECKING, Event.ALREADY, State.UNCHANGED, Effect.GIVE_BACK, Effect.REPORT)
            .row(State.CHECKING, Event.TOOK_EFFECT, State.SUCCEEDED, Effect.GIVE_BACK, Effect.REPORT)
            .row(State.CHECKING, Event.REFUSED_NEXT, State.CHECKING, Effect.NEXT_DRIVER, Effect.CHECK)
            .row(State.CHECKING, Event.REFUSED_AGAIN, State.PAUSING, Effect.GIVE_BACK, Effect.PAUSE)
            .row(State.CHECKING, Event.REFUSED, State.FAILED, Effect.GIVE_BACK, Effect.REPORT)
            .row(State.CHECKING, Event.CLAIM_LOST, State.INTERRUPTED, Effect.GIVE_BACK, Effect.REPORT)
            .row(State.CHECKING, Event.CANCEL, State.INTERRUPTED, Effect.GIVE_BACK, Effect.REPORT)

            .row(State.RUNNING, Event.DONE, State.SUCCEEDED, Effect.GIVE_BACK, Effect.REPORT)
            .row(State.RUNNING, Event.REFUSED_NEXT, State.CHECKING, Effect.NEXT_DRIVER, Effect.CHECK)
            .row(State.RUNNING, Event.REFUSED_AGAIN, State.PAUSING, Effect.GIVE_BACK, Effect.PAUSE)
            .row(State.RUNNING, Event.REFUSED, State.FAILED, Effect.GIVE_BACK, Effect.REPORT)
            .row(State.RUNNING, Event.FAILED_AGAIN, State.PAUSING, Effect.GIVE_BACK, Effect.PAUSE)
            .row(State.RUNNING, Event.FAILED, State.FAILED, Effect.GIVE_BACK, Effect.REPORT)
            .row(State.RUNNING, Event.UNSURE_AGAIN, State.PAUSING, Effect.GIVE_BACK, Effect.PAUSE)
            .row(State.RUNNING, Event.UNSURE, State.SETTLING, Effect.SETTLE)
            .row(State.RUNNING, Event.TIME_UP, State.STOPPING, Effect.STOP)
            .row(State.RUNNING, Event.CANCEL, State.CANCELLING, Effect.STOP)

            .row(State.STOPPING, Event.UNSURE_AGAIN, State.PAUSING, Effect.GIVE_BACK, Effect.PAUSE)
            .row(State.STOPPING, Event.UNSURE, State.SETTLING, Effect.SETTLE)
            .row(State.STOPPING, Event.CANCEL, State.CANCELLING)

            .row(State.CANCELLING, Event.STOPPED, State.INTERRUPTED, Effect.GIVE_BACK, Effect.REPORT)

            .row(State.SETTLING, Event.SETTLED_AGAIN, State.PAUSING, Effect.GIVE_BACK, Effect.PAUSE)
            .row(State.SETTLING, Event.SETTLED_OUT, State.TIMED_OUT, Effect.GIVE_BACK, Effect.REPORT)
            .row(State.SETTLING, Event.TOOK_EFFECT, State.SUCCEEDED, Effect.GIVE_BACK, Effect.REPORT)
            .row(State.SETTLING, Event.UNSETTLED, State.INTERRUPTED, Effect.GIVE_BACK, Effect.REPORT)
            .row(State.SETTLING, Event.CANCEL, State.INTERRUPTED, Effect.GIVE_BACK, Effect.REPORT)

            .row(State.PAUSING, Event.DUE, State.QUEUED, Effect.TAKE_PLACE)
            .row(State.PAUSING, Event.CANCEL, State.INTERRUPTED, Effect.REPORT)

            .row(State.WAITING, Event.DUE, State.SUCCEEDED, Effect.REPORT)
            .row(State.WAITING, Event.NOT_MET, State.FAILED, Effect.REPORT)
            .row(State.WAITING, Event.CANCEL, State.INTERRUPTED, Effect.REPORT).build();

    private StepMachine() {}
}
