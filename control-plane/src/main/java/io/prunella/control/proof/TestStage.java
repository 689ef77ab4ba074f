package io.prunella.control.proof;

import io.prunella.compiler.rule.PackModel;
import io.prunella.control.loop.HealingLoop;
import io.prunella.control.loop.LoopEvent;
import io.prunella.control.loop.LoopPorts;
import io.prunella.control.loop.LoopSettings;
import io.prunella.control.loop.VirtualRun;
import io.prunella.executor.driver.Drivers;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.driver.ScriptedDriver;
import io.prunella.executor.journal.MemoryJournal;
import io.prunella.executor.lock.FencingToken;
import io.prunella.executor.lock.Locks;
import io.prunella.executor.run.ExecutorSettings;
import io.prunella.executor.run.HealEvent;
import io.prunella.executor.schedule.PriorityWorkers;
import io.prunella.executor.schedule.VirtualTimers;
import io.prunella.plan.HealResult;
import io.prunella.plan.Mode;
import io.prunella.ruler.Observation;
import io.prunella.ruler.RulerSettings.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The production loop with a virtual clock and scripted drivers: what a test's records are played on. */
final class TestStage {
    private static final long LONGEST_HEAL_MILLIS = 86_400_000;
    private final List<Seen> seen = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private TestStage() {}

    /** @param seen in the order of decisions */
    record Played(List<Seen> seen, List<String> problems) {}

    /** Plays records to the end of the last heal, and at least to {@code until}. */
    static Played play(PackModel pack, List<Observation> records, Script script, long until) {
        TestStage stage = new TestStage();
        VirtualTimers timers = new VirtualTimers(0);
        LoopPorts ports = new LoopPorts(timers, Runnable::run, PriorityWorkers.unbounded(),
                Drivers.always(new ScriptedDriver(timers, script::next)), new MemoryJournal(),
                Locks.inProcess(FencingToken.NONE), _ -> new Outcome.Succeeded(Map.of()),
                (probe, answer) -> answer.accept(probe.protocol().equals("tcp") ? 1 : 200),
                ExecutorSettings.plain("test"));
        LoopSettings settings = new LoopSettings(Mode.AUTO, Mode.AUTO, Pace.RECORDS, 0, LoopSettings.DEFAULT_INBOX,
                LoopSettings.Repeats.SAME_HEAL);
        try (HealingLoop loop = new HealingLoop(settings, ports)) {
            loop.subscribe(stage::happened);
            loop.load(List.of(pack));
            new VirtualRun(loop, timers).play(records, until, LONGEST_HEAL_MILLIS);
        }
        return new Played(stage.seen, stage.problems);
    }

    private void happened(LoopEvent event) {
        switch (event) {
            case LoopEvent.Fired fired -> seen.add(new Seen(fired.firing(), fired.ended()));
            case LoopEvent.Heal(HealEvent.Ended ended) -> ended(ended.traceId(), ended.result());
            case LoopEvent.Heal _,LoopEvent.Reloaded _ -> {
                // Only beginnings and ends are judged.
            }
            case LoopEvent.Problem problem -> problems.add(problem.message());
        }
    }

    private void ended(String traceId, HealResult result) {
        seen.replaceAll(s -> s.firing().traceId().equals(traceId)
                ? new Seen(s.firing(), java.util.Optional.of(result))
                : s);
    }
}
