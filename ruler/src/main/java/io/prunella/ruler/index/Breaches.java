package io.prunella.ruler.index;

import org.jspecify.annotations.Nullable;

/** Where the index tells what became true and what no longer is: the decision's door. */
public interface Breaches {

    /**
     * A rule's condition became true for a subject.
     *
     * @param event the one for which it is true; null when it is true whatever the event
     * @return what {@link #withdraw} is called with once it is not
     */
    Object breach(Instance instance, @Nullable OpenEvent event);

    /** An event of a rule's trigger is open and not decided yet. */
    Object event(Instance instance, OpenEvent event);

    void withdraw(Object fact);

    /** A firing that was a cause no longer holds from {@code now} on. */
    void ceased(Object cause, long now);
}
