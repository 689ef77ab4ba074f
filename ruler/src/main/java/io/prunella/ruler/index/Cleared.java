package io.prunella.ruler.index;

/** Hears that what a plan was started for is over: its condition false, its event resolved, or `unless` true. */
@FunctionalInterface
public interface Cleared {

    /**
     * Told once at most, from within a call that moves the clock.
     *
     * @param why a sentence without its end
     */
    void cleared(String why);
}
