package io.prunella.compiler.drools;

/** That a suspect's entity stands below another one, at any distance. */
public final class Downstream extends Fact {
    private final Suspect suspect;
    private final String above;

    public Downstream(Suspect suspect, String above) {
        this.suspect = suspect;
        this.above = above;
    }

    public Suspect getSuspect() {
        return suspect;
    }

    public String getAbove() {
        return above;
    }

    /** Whether a cause suppresses it. */
    public boolean follows(Cause cause) {
        return suspect.explainedBy(cause);
    }
}
