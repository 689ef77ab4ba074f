package io.prunella.executor.run;

import io.prunella.executor.driver.Outcome;
import io.prunella.executor.journal.Fact;
import io.prunella.executor.journal.JournalEntry;
import io.prunella.executor.journal.Phase;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a stopped process had written of a heal, asked for by the part that would otherwise do it now. Empty for a heal
 * that is new.
 */
record Replay(List<JournalEntry> entries) {
    static final Replay NOTHING = new Replay(List.of());

    /**
     * The newest attempt of a step.
     *
     * @param outcome empty: it was cut off
     */
    record LastAttempt(Fact.Intent intent, Optional<Outcome> outcome) {}

    Replay {
        entries = List.copyOf(entries);
    }

    boolean resumed() {
        return !entries.isEmpty();
    }

    /** Whether more than the submission happened, so that the heal's age no longer matters. */
    boolean started() {
        return facts(Fact.Claimed.class).findAny().isPresent() || facts(Fact.Intent.class).findAny().isPresent()
                || facts(Fact.StepEnded.class).findAny().isPresent();
    }

    /** The steps of which an attempt was begun. */
    Stream<String> attempted() {
        return facts(Fact.Intent.class).map(Fact.Intent::step);
    }

    Optional<Fact.StepEnded> stepEnded(Phase phase, String step) {
        return facts(Fact.StepEnded.class).filter(f -> f.phase() == phase && f.step().equals(step)).findFirst();
    }

    Optional<LastAttempt> lastAttempt(Phase phase, String step) {
        // The same attempt may have been made again after a restart: only an end after the last intent is its end.
        Optional<LastAttempt> last = Optional.empty();
        for (var entry : entries) {
            if (entry.fact() instanceof Fact.Intent intent && intent.phase() == phase && intent.step().equals(step)) {
                last = Optional.of(new LastAttempt(intent, Optional.empty()));
            } else if (entry.fact() instanceof Fact.AttemptEnded ended && ended.phase() == phase
                    && ended.step().equals(step)) {
                last = last.map(l -> new LastAttempt(l.intent(), Optional.of(ended.outcome())));
            }
        }
        return last;
    }

    /** Whether an attempt of the step may have left something behind. */
    boolean mayHaveActed(Phase phase, String step) {
        return facts(Fact.AttemptEnded.class).anyMatch(f -> f.phase() == phase && f.step().equals(step)
                && StepRules.mayHaveActed(f.outcome()));
    }

    Optional<Fact.WaitBegan> waitBegan(Phase phase, String step) {
        return facts(Fact.WaitBegan.class).filter(f -> f.phase() == phase && f.step().equals(step)).findFirst();
    }

    Optional<Fact.VerifyBegan> verifyBegan() {
        return facts(Fact.VerifyBegan.class).findFirst();
    }

    Optional<Fact.VerifyEnded> verifyEnded() {
        return facts(Fact.VerifyEnded.class).findFirst();
    }

    Optional<Fact.CancelAsked> cancelAsked() {
        return facts(Fact.CancelAsked.class).findFirst();
    }

    Optional<Fact.Withdrawn> withdrawn() {
        return facts(Fact.Withdrawn.class).findFirst();
    }

    private <T extends Fact> Stream<T> facts(Class<T> kind) {
        return entries.stream().map(JournalEntry::fact).filter(kind::isInstance).map(kind::cast);
    }
}
