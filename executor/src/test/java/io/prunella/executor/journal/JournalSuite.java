package io.prunella.executor.journal;

import static io.prunella.executor.run.Plans.action;
import static io.prunella.executor.run.Plans.argv;
import static io.prunella.executor.run.Plans.execute;
import static io.prunella.executor.run.Plans.lookup;
import static io.prunella.executor.run.Plans.notifyOncall;
import static io.prunella.executor.run.Plans.onlyIf;
import static io.prunella.executor.run.Plans.plan;
import static io.prunella.executor.run.Plans.template;
import static io.prunella.executor.run.Plans.text;
import static io.prunella.executor.run.Plans.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.executor.driver.FailureCode;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.lock.FencingToken;
import io.prunella.executor.run.Plans;
import io.prunella.plan.HealResult;
import io.prunella.plan.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every journal keeps, the one in memory too. */
abstract class JournalSuite {

    abstract Journal open() throws JournalFailure;

    static JournalEntry submitted(String traceId) {
        var plan = new Plans();
        plan.traceId = traceId;
        return new JournalEntry(traceId, "", 1, new Fact.Submitted(plan.order()));
    }

    static String trace(int number) {
        return "%032x".formatted(number);
    }

    @Test
    void givesBackEveryKindOfFactAsItWasAppended() throws JournalFailure {
        var order = plan()
                .then(execute("reboot", onlyIf("then[0]", "up == 0")), waiting("then[1]", 20_000),
                        notifyOncall("then[2]", template(text("hello "), lookup("event", "reason"))))
                .after(execute("reboot")).verify("up == 1", 5_000)
                .actions(action("reboot", false, Map.of("argv", argv("a", "b")), "/pack", "ansible", "ipmi")).order();
        var id = order.traceId();
        var entries = List.of(new JournalEntry(id, "", 1, new Fact.Submitted(order)),
                new JournalEntry(id, "", 2, new Fact.Resumed()),
                new JournalEntry(id, "", 3, new Fact.Claimed("node-1", 7, "")),
                new JournalEntry(id, "a1", 4, new Fact.Intent(Phase.THEN, "then[0]", 1, "reboot", "ansible", "node-1")),
                new JournalEntry(id, "a1", 5,
                        new Fact.AttemptEnded(Phase.THEN, "then[0]", 1,
                                new Outcome.Failed(FailureCode.ACTION_FAILED, "task `x` failed\n\"quoted\" é"))),
                new JournalEntry(id, "a1", 5,
                        new Fact.AttemptEnded(Phase.THEN, "then[0]", 2, new Outcome.Succeeded(Map.of("boot_id", "9")))),
                new JournalEntry(id, "", 6, new Fact.WaitBegan(Phase.THEN, "then[1]", 6, 26)),
                new JournalEntry(id, "", 7,
                        new Fact.StepEnded(Phase.THEN, "then[1]", StepResult.SUCCEEDED, "", Map.of("k", "v"))),
                new JournalEntry(id, "", 8, new Fact.VerifyBegan(8, 13)),
                new JournalEntry(id, "", 9, new Fact.VerifyEnded(Truth.UNKNOWN)),
                new JournalEntry(id, "", 10, new Fact.CancelAsked("ada")),
                new JournalEntry(id, "", 10, new Fact.Withdrawn("its condition became false")),
                new JournalEntry(id, "", 11, new Fact.Ended(HealResult.UNVERIFIED, Map.of("verify", "unknown"))));
        try (var journal = open()) {
            for (var entry : entries) {
                journal.append(entry);
            }
            var history = journal.find(id).orElseThrow();
            assertThat(history.entries()).isEqualTo(entries);
            assertThat(history.order()).isEqualTo(order);
            assertThat(history.ended()).contains((Fact.Ended) entries.getLast().fact());
        }
    }

    @Test
    void tellsWhatIsUnfinishedInTheOrderOfSubmission() throws JournalFailure {
        try (var journal = open()) {
            for (int i = 9; i > 5; i--) {
                journal.append(submitted(trace(i)));
            }
            journal.append(new JournalEntry(trace(8), "", 2, new Fact.Ended(HealResult.HEALED, Map.of())));
            assertThat(journal.unfinished()).extracting(history -> history.order().traceId())
                    .containsExactly(trace(9), trace(7), trace(6));
            assertThat(journal.latest(2)).extracting(history -> history.order().traceId()).containsExactly(trace(6),
                    trace(7));
        }
    }

    @Test
    void knowsTheGreatestTokenAndNoneInTheBeginning() throws JournalFailure {
        try (var journal = open()) {
            assertThat(journal.newestToken()).isEqualTo(FencingToken.NONE);
            journal.append(submitted(trace(1)));
            journal.append(new JournalEntry(trace(1), "", 2, new Fact.Claimed("a", 70_000, "")));
            journal.append(new JournalEntry(trace(1), "", 3, new Fact.Claimed("b", 69_999, "")));
            assertThat(journal.newestToken()).isEqualTo(new FencingToken(70_000));
        }
    }

    @Test
    void findsNothingUnderAnUnknownTrace() throws JournalFailure {
        try (var journal = open()) {
            assertThat(journal.find(trace(1))).isEmpty();
        }
    }

    @Test
    void keepsEveryRowOfManyHealsThatAppendAtOnce() throws Exception {
        try (var journal = open(); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> heals = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                var id = trace(i);
                heals.add(threads.submit(() -> {
                    journal.append(submitted(id));
                    for (int row = 0; row < 20; row++) {
                        journal.append(new JournalEntry(id, "", row, new Fact.Claimed("t", row, "")));
                    }
                    return id;
                }));
            }
            for (var heal : heals) {
                heal.get();
            }
            assertThat(journal.unfinished()).hasSize(40)
                    .allSatisfy(history -> assertThat(history.entries()).hasSize(21));
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
