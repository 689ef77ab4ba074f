package io.prunella.control.proof;

import io.prunella.compiler.rule.PackModel;
import io.prunella.control.loop.HealingLoop;
import io.prunella.control.loop.LoopEvent;
import io.prunella.control.loop.LoopPorts;
import io.prunella.control.loop.LoopQuestions;
import io.prunella.control.loop.LoopQuestions.Verdict;
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
import io.prunella.plan.Mode;
import io.prunella.ruler.Observation;
import io.prunella.ruler.RulerSettings.Pace;
import io.prunella.ruler.explain.Answer;
import io.prunella.ruler.explain.LegRecorder;
import io.prunella.ruler.explain.Question;
import io.prunella.ruler.topology.Topology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The production loop with a virtual clock and scripted drivers: what a test's records are played on. */
final class TestStage {
    private static final long LONGEST_HEAL_MILLIS = 86_400_000;
    private final List<Seen> seen = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<Question, Answer> answers = new LinkedHashMap<>();
    private final Map<String, Verdict> verdicts = new LinkedHashMap<>();

    private TestStage() {}

    /**
     * What came of a playing.
     *
     * @param seen in the order of decisions
     * @param answers to what was asked
     * @param verdicts what became of each heal's {@code verify}, by trace id, if anything was asked
     */
    record Played(List<Seen> seen, List<String> problems, Map<Question, Answer> answers,
            Map<String, Verdict> verdicts) {}

    /**
     * What is to be heard of a playing besides what fires.
     *
     * @param questions about instants of it
     * @param verdicts whether to hear what became of each heal's {@code verify}
     * @param legs hears of every comparison
     */
    record Asked(Collection<Question> questions, boolean verdicts, Optional<LegRecorder> legs) {
        static Asked legs(Optional<LegRecorder> recorder) {
            return new Asked(List.of(), false, recorder);
        }

        static Asked why(Collection<Question> questions) {
            return new Asked(questions, true, Optional.empty());
        }
    }

    /** Plays records to the end of the last heal, and at least to {@code until}. */
    static Played play(PackModel pack, Topology topology, List<Observation> records, TestClock zero, Script script,
            long until,
            Asked asked) {
        TestStage stage = new TestStage();
        VirtualTimers timers = new VirtualTimers(zero.millis());
        LoopPorts ports = new LoopPorts(timers, Runnable::run, PriorityWorkers.unbounded(),
                Drivers.always(new ScriptedDriver(timers, script::next)), new MemoryJournal(),
                Locks.inProcess(FencingToken.NONE), _ -> new Outcome.Succeeded(Map.of()),
                (probe, answer) -> answer.accept(probe.protocol().equals("tcp") ? 1 : 200),
                ExecutorSettings.plain("test"));
        LoopSettings settings = new LoopSettings(Mode.AUTO, Mode.AUTO, Pace.RECORDS, 0, LoopSettings.DEFAULT_INBOX,
                LoopSettings.Repeats.SAME_HEAL);
        try (HealingLoop loop = new HealingLoop(settings, ports)) {
            loop.subscribe(stage::happened);
            loop.topology(topology);
            loop.load(List.of(pack));
            LoopQuestions questions = loop.questions();
            asked.legs().ifPresent(questions::record);
            if (asked.verdicts()) {
                questions.verdicts(stage::verdict);
            }
            asked.questions()
                    .forEach(question -> questions.ask(question, answer -> stage.answers.put(question, answer)));
            new VirtualRun(loop, timers).play(records, until, LONGEST_HEAL_MILLIS);
        }
        return new Played(stage.seen, stage.problems, stage.answers, stage.verdicts);
    }

    private void happened(LoopEvent event) {
        switch (event) {
            case LoopEvent.Fired fired -> seen.add(Seen.of(fired.firing(), fired.ended()));
            case LoopEvent.Heal(HealEvent.Ended ended) -> ended(ended);
            case LoopEvent.Heal _,LoopEvent.Reloaded _ -> {
                // Only beginnings and ends are judged.
            }
            case LoopEvent.Problem problem -> problems.add(problem.message());
        }
    }

    private void ended(HealEvent.Ended ended) {
        seen.replaceAll(
                s -> s.firing().traceId().equals(ended.traceId()) ? s.ended(ended.result(), ended.because()) : s);
    }

    private void verdict(Verdict verdict) {
        if (verdict.verifies()) {
            verdicts.put(verdict.traceId(), verdict);
        }
    }
}
