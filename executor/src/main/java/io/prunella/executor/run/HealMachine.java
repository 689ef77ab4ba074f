package io.prunella.executor.run;

/** What a heal does next: from its submission over claim, steps and verification to its one result. */
final class HealMachine {

    enum State {
        SUBMITTED, CLAIMING, ACTING, VERIFYING, CONCLUDING, COMPENSATING, ESCALATING, ENDED
    }

    enum Event {
        /** May start now. */
        ADMITTED,
        /** A dry run, or one that needs an approval: nothing is done. */
        ONLY_PLANNED,
        /** Cannot be run, e.g. because of a step that is not available. */
        REFUSED,
        /** Too old to start. */
        TOO_OLD, CANCELLED,
        /** What it was started for is over, and no action has begun. */
        WITHDRAWN,
        /** All targets are claimed, or there is none to claim. */
        CLAIMED,
        /** Somebody else holds a target. */
        HELD,
        /** Our own claim of before a restart has not run out yet. */
        HELD_BY_OURSELVES,
        /** {@code then} is done. */
        STEPS_DONE,
        /** {@code then} found everything as it should be. */
        NOTHING_TO_DO, STEPS_FAILED,
        /** A step's effect is not known, or it was cancelled. */
        INTERRUPTED,
        /** The condition is true, or there is none. */
        PROVED, DISPROVED, UNPROVED,
        /** {@code after} is done. */
        CONCLUDED,
        /** {@code after} is done, but a step was skipped because its {@code if:} was unknown. */
        CONCLUDED_IN_DOUBT, CONCLUSION_FAILED,
        /** Undone, or not, or there was nothing to undo: the result says which. */
        COMPENSATED,
        /** People were told, or there was nobody to tell. */
        ESCALATED
    }

    enum Effect {
        CLAIM, CLAIM_LATER, RUN_THEN, VERIFY, RUN_AFTER, COMPENSATE, ESCALATE, END
    }

    static final Table<State, Event, Effect> TABLE = new Table.Builder<State, Event, Effect>("heal")
            .row(State.SUBMITTED, Event.ADMITTED, State.CLAIMING, Effect.CLAIM)
            .row(State.SUBMITTED, Event.ONLY_PLANNED, State.ENDED, Effect.END)
            .row(State.SUBMITTED, Event.REFUSED, State.ESCALATING, Effect.ESCALATE)
            .row(State.SUBMITTED, Event.TOO_OLD, State.ESCALATING, Effect.ESCALATE)
            .row(State.SUBMITTED, Event.CANCELLED, State.ESCALATING, Effect.ESCALATE)
            .row(State.SUBMITTED, Event.WITHDRAWN, State.ENDED, Effect.END)

            .row(State.CLAIMING, Event.CLAIMED, State.ACTING, Effect.RUN_THEN)
            .row(State.CLAIMING, Event.HELD, State.ENDED, Effect.END)
            .row(State.CLAIMING, Event.HELD_BY_OURSELVES, State.CLAIMING, Effect.CLAIM_LATER)
            .row(State.CLAIMING, Event.REFUSED, State.ESCALATING, Effect.ESCALATE)
            .row(State.CLAIMING, Event.TOO_OLD, State.ESCALATING, Effect.ESCALATE)
            // A heal that had acted before a restart, and whose target somebody else has now.
            .row(State.CLAIMING, Event.INTERRUPTED, State.ESCALATING, Effect.ESCALATE)
            .row(State.CLAIMING, Event.CANCELLED, State.ESCALATING, Effect.ESCALATE)
            .row(State.CLAIMING, Event.WITHDRAWN, State.ENDED, Effect.END)

            .row(State.ACTING, Event.STEPS_DONE, State.VERIFYING, Effect.VERIFY)
            .row(State.ACTING, Event.NOTHING_TO_DO, State.ENDED, Effect.END)
            .row(State.ACTING, Event.STEPS_FAILED, State.COMPENSATING, Effect.COMPENSATE)
            .row(State.ACTING, Event.INTERRUPTED, State.ESCALATING, Effect.ESCALATE)
            .row(State.ACTING, Event.WITHDRAWN, State.ENDED, Effect.END)

            .row(State.VERIFYING, Event.PROVED, State.CONCLUDING, Effect.RUN_AFTER)
            .row(State.VERIFYING, Event.DISPROVED, State.COMPENSATING, Effect.COMPENSATE)
            // Never rolled back: what cannot be seen may well be healed.
            .row(State.VERIFYING, Event.UNPROVED, State.ESCALATING, Effect.ESCALATE)
            .row(State.VERIFYING, Event.CANCELLED, State.ESCALATING, Effect.ESCALATE)

            .row(State.CONCLUDING, Event.CONCLUDED, State.ENDED, Effect.END)
            .row(State.CONCLUDING, Event.CONCLUDED_IN_DOUBT, State.ESCALATING, Effect.ESCALATE)
            // The heal is proved, so it is not undone; but somebody has to finish it.
            .row(State.CONCLUDING, Event.CONCLUSION_FAILED, State.ESCALATING, Effect.ESCALATE)
            .row(State.CONCLUDING, Event.INTERRUPTED, State.ESCALATING, Effect.ESCALATE)

            .row(State.COMPENSATING, Event.COMPENSATED, State.ESCALATING, Effect.ESCALATE)

            .row(State.ESCALATING, Event.ESCALATED, State.ENDED, Effect.END).build();

    private HealMachine() {}
}
