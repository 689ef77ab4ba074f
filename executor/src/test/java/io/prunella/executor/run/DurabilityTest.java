package io.prunella.executor.run;

import static io.prunella.executor.run.Plans.action;
import static io.prunella.executor.run.Plans.execute;
import static io.prunella.executor.run.Plans.plan;
import static io.prunella.executor.run.Plans.retry;
import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.executor.driver.Drivers;
import io.prunella.executor.driver.FailureCode;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.driver.ScriptedDriver;
import io.prunella.executor.journal.Journal;
import io.prunella.executor.journal.JournalEntry;
import io.prunella.executor.journal.JournalFailure;
import io.prunella.executor.journal.SqliteJournal;
import io.prunella.plan.HealResult;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Intent first, effect second, outcome third. */
class DurabilityTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void hasTheIntentCommittedAtTheMomentOfTheEffectAndTheOutcomeNot() throws JournalFailure {
        var file = folder.resolve("journal.db");
        var seen = new ArrayList<String>();
        var rig = new Rig();
        try (var journal = SqliteJournal.open(file)) {
            rig.journal = journal;
            rig.drivers = Optional.of(Drivers.always(new ScriptedDriver(rig.timers, attempt -> {
                seen.add(committed(file));
                return ScriptedDriver.Play.ends(attempt.number() == 1
                        ? new Outcome.Failed(FailureCode.ACTION_FAILED, "once")
                        : new Outcome.Succeeded(Map.of()), 0);
            })));
            rig.start();
            rig.run(plan().then(execute("reboot", retry("then[0]", 1))).actions(action("reboot", true, "scripted"))
                    .order());
            seen.add(committed(file));
        }
        assertThat(seen).containsExactly("Submitted Claimed Intent",
                "Submitted Claimed Intent AttemptEnded Intent",
                "Submitted Claimed Intent AttemptEnded Intent AttemptEnded StepEnded Ended");
    }

    /** As another process sees it: only what was committed, which in this mode is synced. */
    private static String committed(Path file) {
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = other.createStatement();
                var rows = statement.executeQuery("SELECT kind FROM entry ORDER BY sequence")) {
            List<String> kinds = new ArrayList<>();
            while (rows.next()) {
                kinds.add(rows.getString(1));
            }
            return String.join(" ", kinds);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void doesNothingThatItCannotWriteDownAndSaysSo() {
        for (int works = 0; works < 6; works++) {
            var rig = new Rig();
            rig.journal = new Failing(rig.journal, works);
            rig.start();
            var end = rig.run(plan().then(execute("reboot")).actions(action("reboot", true, "scripted")).order());
            assertThat(rig.attempts).as("effects after %s rows", works).hasSize(works < 3 ? 0 : 1);
            assertThat(end.result()).as("after %s rows", works)
                    .isEqualTo(works < 2 ? HealResult.FAILED : HealResult.INTERRUPTED);
            assertThat(end.because().get("failure")).isEqualTo("HF401 the disk is full; make room");
            assertThat(rig.executor.inFlight()).isZero();
        }
    }

    private static final class Failing extends JournalInFront {
        private int works;

        Failing(Journal journal, int works) {
            super(journal);
            this.works = works;
        }

        @Override
        public void append(JournalEntry entry) throws JournalFailure {
            if (works-- <= 0) {
                throw new JournalFailure("the disk is full", "make room");
            }
            journal.append(entry);
        }
    }
}
