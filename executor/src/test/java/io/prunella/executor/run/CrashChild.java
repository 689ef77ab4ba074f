package io.prunella.executor.run;

import static io.prunella.executor.run.Plans.action;
import static io.prunella.executor.run.Plans.execute;
import static io.prunella.executor.run.Plans.notifyOncall;
import static io.prunella.executor.run.Plans.plan;
import static io.prunella.executor.run.Plans.settings;
import static io.prunella.executor.run.Plans.template;
import static io.prunella.executor.run.Plans.text;
import static io.prunella.executor.run.Plans.waiting;

import io.prunella.executor.driver.ActionDriver;
import io.prunella.executor.driver.Attempt;
import io.prunella.executor.driver.CheckAnswer;
import io.prunella.executor.driver.CommandDriver;
import io.prunella.executor.driver.Drivers;
import io.prunella.executor.driver.FailureCode;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.driver.OutputLine;
import io.prunella.executor.driver.Preview;
import io.prunella.executor.driver.ProcessSettings;
import io.prunella.executor.driver.RunningAttempt;
import io.prunella.executor.journal.Journal;
import io.prunella.executor.journal.JournalEntry;
import io.prunella.executor.journal.JournalFailure;
import io.prunella.executor.journal.SqliteJournal;
import io.prunella.executor.lock.Locks;
import io.prunella.executor.schedule.LiveTimers;
import io.prunella.executor.schedule.PriorityWorkers;
import io.prunella.plan.ConditionRef;
import io.prunella.plan.HealOrder;
import io.prunella.plan.Step;
import io.prunella.plan.Truth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A process that runs heals and dies at a given write of its journal; its second life is the test's own process. */
public final class CrashChild {
    static final String GOOD = "a".repeat(32);
    static final String BAD = "b".repeat(32);

    private CrashChild() {}

    /** Folder, which write, and {@code before} or {@code after} it; or folder and {@code hang}. */
    public static void main(String[] args) throws Exception {
        var folder = Path.of(args[0]);
        if (args[1].equals("hang")) {
            run(SqliteJournal.open(folder.resolve("journal.db")), folder, List.of(hanging()), true);
            return;
        }
        var journal = new Dying(SqliteJournal.open(folder.resolve("journal.db")), Integer.parseInt(args[1]),
                args[2].equals("before"));
        run(journal, folder, List.of(good(), bad()), true);
    }

    static HealOrder good() {
        var plan = plan().then(execute("drain"), execute("reboot"), waiting("then[2]", 1), execute("wipe"),
                notifyOncall("then[4]", template(text("done")))).after(execute("undrain"))
                .verify("up == 1", 1_000)
                .actions(action("drain", true, "counting"), action("reboot", false, "counting"),
                        action("wipe", false, "counting"), action("undrain", true, "counting"));
        plan.traceId = GOOD;
        return plan.order();
    }

    static HealOrder bad() {
        var plan = plan().then(execute("reboot"), execute("break")).rollback(execute("undo"))
                .escalate(notifyOncall("escalate[0]", template(text("look"))))
                .actions(action("reboot", false, "counting"), action("break", true, "counting"),
                        action("undo", true, "counting"));
        plan.traceId = BAD;
        plan.entity = "node-2";
        return plan.order();
    }

    static HealOrder hanging() {
        var plan = plan().then(new Step.Execute("sleep", Map.of(), new Step.Target.Self(), settings("then[0]")))
                .actions(action("sleep", true, Map.of("argv", Plans.argv("sleep", "301")), "", "command"));
        return plan.order();
    }

    /** Runs what is handed in, or takes up what was left, to its end. */
    static List<HealEvent> run(Journal journal, Path folder, List<HealOrder> orders, boolean first) throws Exception {
        var events = Collections.synchronizedList(new ArrayList<HealEvent>());
        try (journal;
                var timers = new LiveTimers(InstantSource.system());
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                var locks = Locks.inProcess(journal.newestToken())) {
            int expected = first ? 1 : journal.unfinished().size();
            if (expected == 0) {
                return events;
            }
            var settings = ProcessSettings.of(System.getenv(), timers, threads);
            var command = new CommandDriver(settings);
            var counting = new Counting(folder);
            // New ones one after the other, so that the n-th write is the same one in every run.
            for (int i = 0; i < (first ? orders.size() : 1); i++) {
                var ended = new CountDownLatch(expected);
                var executor = new Executor(
                        new ExecutorPorts(timers, threads, new PriorityWorkers(4, threads),
                                Drivers.of(counting, command), new True(), journal, locks,
                                message -> {
                                    counting.effect("notify " + message.order().traceId());
                                    return new Outcome.Succeeded(Map.of());
                                }, event -> {
                                    events.add(event);
                                    if (event instanceof HealEvent.Ended) {
                                        ended.countDown();
                                    }
                                }),
                        ExecutorSettings.plain("exec-1"));
                if (first) {
                    executor.submit(orders.get(i));
                } else {
                    executor.recover();
                }
                ended.await();
            }
        }
        return events;
    }

    private static final class True implements Conditions {

        @Override
        public Truth now(ConditionRef condition, HealOrder order) {
            return Truth.TRUE;
        }

        @Override
        public Watch watch(Request request, Consumer<Truth> answer) {
            answer.accept(Truth.TRUE);
            return () -> {};
        }
    }

    /** Its effects are lines in a file; {@code reboot} has a check that reads them. */
    static final class Counting implements ActionDriver {
        private final Path file;

        Counting(Path folder) {
            file = folder.resolve("effects");
        }

        void effect(String line) {
            try {
                Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND,
                        StandardOpenOption.SYNC);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public Optional<Outcome.Refused> prepare(Attempt attempt) {
            return Optional.empty();
        }

        @Override
        public void stopLeftover(Attempt attempt) {}

        private static String line(Attempt attempt) {
            return attempt.action().name() + " " + attempt.traceId();
        }

        @Override
        public CheckAnswer check(Attempt attempt) {
            if (!attempt.action().name().equals("reboot")) {
                return new CheckAnswer.CannotTell("no check");
            }
            try {
                return Files.exists(file) && Files.readAllLines(file).contains(line(attempt))
                        ? new CheckAnswer.InDesiredState()
                        : new CheckAnswer.WouldChange(List.of());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Preview preview(Attempt attempt) {
            throw new UnsupportedOperationException();
        }

        @Override
        public RunningAttempt start(Attempt attempt, Consumer<OutputLine> output, Consumer<Outcome> ended) {
            effect(line(attempt));
            ended.accept(attempt.action().name().equals("break")
                    ? new Outcome.Failed(FailureCode.ACTION_FAILED, "broken")
                    : new Outcome.Succeeded(Map.of()));
            return () -> {};
        }
    }

    /** Ends its process, as the loss of power would, at one write. */
    private static final class Dying extends JournalInFront {
        private final int write;
        private final boolean before;
        private final AtomicInteger count = new AtomicInteger();

        Dying(Journal journal, int write, boolean before) {
            super(journal);
            this.write = write;
            this.before = before;
        }

        @Override
        public void append(JournalEntry entry) throws JournalFailure {
            int number = count.incrementAndGet();
            if (number == write && before) {
                Runtime.getRuntime().halt(42);
            }
            journal.append(entry);
            if (number == write) {
                Runtime.getRuntime().halt(42);
            }
        }
    }
}
