package io.prunella.executor.driver;

import java.util.List;

/** What a look at the target before an attempt says. Looking changes nothing. */
public sealed interface CheckAnswer {

    /** The target is already as the action would leave it. */
    record InDesiredState() implements CheckAnswer {}

    /** The action would change something; {@code changes} name it, one line each, as far as the driver can tell. */
    record WouldChange(List<String> changes) implements CheckAnswer {
        public WouldChange {
            changes = List.copyOf(changes);
        }
    }

    /** There is no check, or its answer is no answer. */
    record CannotTell(String why) implements CheckAnswer {}

    /** The action cannot be run here at all. */
    record Refused(Outcome.Refused why) implements CheckAnswer {}
}
