package io.prunella.executor.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.executor.lock.FencingToken;
import io.prunella.plan.ActionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What every driver keeps, the scripted one too. */
abstract class ActionDriverSuite {

    /** What an attempt said, in order: lines of output, then outcomes. */
    static final class Heard {
        final List<Object> all = new CopyOnWriteArrayList<>();

        void ended(Outcome outcome) {
            synchronized (this) {
                all.add(outcome);
                notifyAll();
            }
        }

        List<Outcome> outcomes() {
            return all.stream().filter(Outcome.class::isInstance).map(Outcome.class::cast).toList();
        }

        List<String> lines() {
            return all.stream().filter(OutputLine.class::isInstance).map(line -> ((OutputLine) line).text()).toList();
        }
    }

    abstract ActionDriver driver();

    abstract Attempt succeeding();

    abstract Attempt failing();

    /** Goes on until it is cancelled. */
    abstract Attempt hanging();

    /** Something that this driver cannot do at all, if there is such a thing. */
    abstract List<Attempt> impossible();

    /** Lets time pass until an outcome is there. */
    abstract void await(Heard heard) throws InterruptedException;

    /** How many effects there have been. */
    abstract int effects();

    static Attempt attempt(ActionSpec action, Map<String, Datum> properties, String target) {
        return new Attempt("0123456789abcdef0123456789abcdef", "00112233445566" + "%02x".formatted(
                Math.floorMod(action.name().hashCode(), 256)), "a_rule", "then[0]", action, List.of(), properties,
                Map.of(), target, 1, 30_000, FencingToken.NONE);
    }

    final Outcome run(Attempt attempt) throws InterruptedException {
        return hear(attempt).outcomes().getFirst();
    }

    final Heard hear(Attempt attempt) throws InterruptedException {
        var heard = new Heard();
        driver().start(attempt, heard.all::add, heard::ended);
        await(heard);
        assertThat(heard.outcomes()).as("exactly one outcome").hasSize(1);
        assertThat(heard.all.getLast()).as("nothing after it").isInstanceOf(Outcome.class);
        return heard;
    }

    @Test
    void saysThatASuccessIsOne() throws InterruptedException {
        assertThat(run(succeeding())).isInstanceOf(Outcome.Succeeded.class);
        assertThat(effects()).isEqualTo(1);
    }

    @Test
    void saysThatAFailureIsOneAndWhy() throws InterruptedException {
        assertThat(run(failing())).isInstanceOfSatisfying(Outcome.Failed.class,
                failed -> assertThat(failed.message()).isNotBlank());
    }

    @Test
    void changesNothingByLooking() {
        for (var attempt : List.of(succeeding(), failing())) {
            assertThat(driver().prepare(attempt)).isEmpty();
            driver().check(attempt);
            assertThat(driver().preview(attempt).refusal()).isEmpty();
        }
        assertThat(effects()).isZero();
    }

    @Test
    void refusesWhatItCannotDoBeforeAndInsteadOfDoingIt() throws InterruptedException {
        for (var attempt : impossible()) {
            var refusal = driver().prepare(attempt);
            assertThat(refusal).as(attempt.toString()).isPresent();
            assertThat(run(attempt)).isEqualTo(refusal.orElseThrow());
            assertThat(driver().preview(attempt).refusal()).isEqualTo(refusal);
        }
        assertThat(effects()).isZero();
    }

    @Test
    void givesOneOutcomeWhenCancelledAndCancelledAgain() throws InterruptedException {
        var heard = new Heard();
        var running = driver().start(hanging(), heard.all::add, heard::ended);
        running.cancel();
        running.cancel();
        await(heard);
        running.cancel();
        assertThat(heard.outcomes()).hasSize(1).first().isInstanceOfAny(Outcome.Unknown.class, Outcome.TimedOut.class);
    }

    @Test
    void takesACancelAfterTheEnd() throws InterruptedException {
        var heard = new Heard();
        var running = driver().start(succeeding(), heard.all::add, heard::ended);
        await(heard);
        running.cancel();
        assertThat(heard.outcomes()).hasSize(1).first().isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void runsAttemptsBesideEachOther() throws InterruptedException {
        List<Heard> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            var heard = new Heard();
            driver().start(succeeding(), heard.all::add, heard::ended);
            all.add(heard);
        }
        for (var heard : all) {
            await(heard);
            assertThat(heard.outcomes()).hasSize(1).first().isInstanceOf(Outcome.Succeeded.class);
        }
        assertThat(effects()).isEqualTo(3);
    }

    @Test
    void findsNothingToStopWhereNothingWasLeft() {
        driver().stopLeftover(succeeding());
        assertThat(effects()).isZero();
    }
}
