package io.prunella.control.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.compiler.rule.PackModel;
import io.prunella.executor.driver.Attempt;
import io.prunella.executor.driver.Drivers;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.driver.ScriptedDriver;
import io.prunella.executor.driver.ScriptedDriver.Play;
import io.prunella.executor.journal.Fact;
import io.prunella.executor.journal.JournalEntry;
import io.prunella.executor.journal.JournalFailure;
import io.prunella.executor.journal.MemoryJournal;
import io.prunella.executor.lock.FencingToken;
import io.prunella.executor.lock.Locks;
import io.prunella.executor.run.ExecutorSettings;
import io.prunella.executor.run.HealEvent;
import io.prunella.executor.schedule.LiveTimers;
import io.prunella.executor.schedule.PriorityWorkers;
import io.prunella.executor.schedule.Timers;
import io.prunella.executor.schedule.VirtualTimers;
import io.prunella.executor.schedule.Workers;
import io.prunella.plan.HealResult;
import io.prunella.plan.Mode;
import io.prunella.ruler.Observation;
import io.prunella.ruler.Observation.EventSeen;
import io.prunella.ruler.Observation.Sample;
import io.prunella.ruler.ProbeQuestion;
import io.prunella.ruler.RulerSettings.Pace;
import io.prunella.ruler.topology.Topology;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class HealingLoopTest {
    private static final long T0 = 1_790_000_000_000L;
    private static final long LATENESS = 5_000;
    private final VirtualTimers timers = new VirtualTimers(T0);
    private final MemoryJournal journal = new MemoryJournal();
    private final List<LoopEvent> heard = new ArrayList<>();
    private final List<ProbeQuestion> asked = new ArrayList<>();
    private Function<Attempt, Play> script = _ -> Play.ends(new Outcome.Succeeded(Map.of()), 0);
    private double answer = 200;

    @Test
    void aServiceDecidesAtItsOwnClockMinusLateness() {
        HealingLoop loop = service(pack("cpu_load > 90%"));
        loop.offer(cpu(T0, 0.97));
        loop.step();
        at(loop, T0 + LATENESS - 1);
        assertThat(loop.heals()).isEmpty();
        at(loop, T0 + LATENESS);
        assertThat(loop.heals()).singleElement().satisfies(h -> assertThat(h.firedAt()).isEqualTo(T0));
        assertThat(loop.counts()).isEqualTo(new LoopCounts(1, 0, 0, 0, 0));
    }

    @Test
    void aSendersClockInTheFutureIsSetToNowAndALateRecordIsDropped() {
        HealingLoop loop = service(pack("cpu_load > 90%"));
        loop.offer(cpu(T0 + 3_600_000, 0.97));
        loop.step();
        at(loop, T0 + LATENESS);
        assertThat(loop.heals()).singleElement().satisfies(h -> assertThat(h.firedAt()).isEqualTo(T0));
        loop.offer(cpu(T0 - 1, 0.1));
        loop.step();
        assertThat(loop.counts()).isEqualTo(new LoopCounts(2, 0, 1, 1, 0));
    }

    @Test
    void anInboxWithoutRoomForAllTakesNone() {
        HealingLoop loop = new HealingLoop(new LoopSettings(Mode.DRY_RUN, Mode.DRY_RUN,
                Pace.CLOCK, LATENESS, 2, LoopSettings.Repeats.SAME_HEAL), ports());
        assertThat(loop.offerAll(List.of(cpu(T0, 1), cpu(T0, 2), cpu(T0, 3)))).isFalse();
        assertThat(loop.offerAll(List.of(cpu(T0, 1), cpu(T0, 2)))).isTrue();
        assertThat(loop.offer(cpu(T0, 3))).isFalse();
        loop.step();
        assertThat(loop.offer(cpu(T0, 3))).isTrue();
        assertThat(loop.counts().refused()).isEqualTo(4);
    }

    @Test
    void aHealIsProvedByProbesThatAreAskedAtOnceAndAgain() {
        HealingLoop loop = service(pack("cpu_load > 90%", "probe(http \"http://{{ entity }}/ok\") == 200"));
        answer = 503;
        loop.offer(cpu(T0, 0.97));
        at(loop, T0 + LATENESS);
        assertThat(asked).extracting(ProbeQuestion::target).containsExactly("http://node-1/ok");
        at(loop, T0 + LATENESS + 14_999);
        assertThat(asked).hasSize(1);
        answer = 200;
        at(loop, T0 + LATENESS + 15_000);
        assertThat(asked).hasSize(2);
        at(loop, T0 + 2 * LATENESS + 15_000);
        assertThat(results(loop)).containsExactly(Optional.of(HealResult.HEALED));
        at(loop, T0 + 120_000);
        assertThat(asked).hasSize(2);
    }

    @Test
    void aProbeThatIsNeverWellDisprovesAtTheDeadline() {
        HealingLoop loop = service(pack("cpu_load > 90%", "probe(tcp \"{{ entity }}:22\")"));
        answer = 0;
        loop.offer(cpu(T0, 0.97));
        for (long t = T0; t <= T0 + 60_000; t += 1_000) {
            at(loop, t);
        }
        assertThat(results(loop)).containsExactly(Optional.empty());
        for (long t = T0 + 61_000; t <= T0 + 75_000; t += 1_000) {
            at(loop, t);
        }
        assertThat(results(loop)).containsExactly(Optional.of(HealResult.VERIFY_FAILED));
        assertThat(asked).hasSize(5);
    }

    @Test
    void conditionsAskWhatStepsHaveReturned() {
        script = attempt -> Play.ends(new Outcome.Succeeded(
                attempt.action().name().equals("look") ? Map.of("state", "busy", "load", "7") : Map.of()), 0);
        HealingLoop loop = service(Packs.of("""
                rule hot
                  when: cpu_load > 90%
                  then:
                    execute("look", id: seen)
                    execute("busy", if: steps.seen.state == "busy" AND steps.seen.load > 5)
                    execute("idle", if: steps.seen.state == "idle")
                    execute("never", if: steps.seen.nothing == "x")
                    wait(until: steps.seen.load == 7, timeout: 10s)
                  verify: steps.seen.state =~ "b.*" within 1m
                metric cpu_load: ratio
                action look()
                  uses: command
                  argv: ["true"]
                action busy()
                  uses: command
                  argv: ["true"]
                action idle()
                  uses: command
                  argv: ["true"]
                action never()
                  uses: command
                  argv: ["true"]
                """));
        loop.offer(cpu(T0, 0.97));
        at(loop, T0 + LATENESS);
        at(loop, T0 + LATENESS + 1_000);
        at(loop, T0 + LATENESS + 2_000);
        assertThat(heard.stream().filter(LoopEvent.Heal.class::isInstance).map(LoopEvent.Heal.class::cast)
                .map(LoopEvent.Heal::event).filter(HealEvent.StepEnded.class::isInstance)
                .map(HealEvent.StepEnded.class::cast).map(end -> end.step() + " " + end.result() + " " + end.because()))
                .containsExactly("seen SUCCEEDED ", "then[1] SUCCEEDED ",
                        "then[2] SKIPPED `steps.seen.state == \"idle\"` is false",
                        "then[3] SKIPPED `steps.seen.nothing == \"x\"` is unknown", "then[4] SUCCEEDED ");
        assertThat(results(loop)).containsExactly(Optional.of(HealResult.HEALED));
    }

    @Test
    void observationsReadBackAfterARestartStartNoSecondHeal() {
        PackModel pack = pack("cpu_load > 90%");
        HealingLoop first = service(pack);
        first.offer(cpu(T0, 0.97));
        at(first, T0 + LATENESS);
        assertThat(results(first)).containsExactly(Optional.of(HealResult.SUCCEEDED));
        heard.clear();
        HealingLoop second = service(pack);
        second.offer(cpu(T0, 0.97));
        at(second, T0 + LATENESS + 1);
        assertThat(second.heals()).isEmpty();
        assertThat(heard).filteredOn(LoopEvent.Problem.class::isInstance).singleElement().asString()
                .contains("was taken on before, nothing more is done");
        assertThat(journal.latest(10)).hasSize(1);
    }

    @Test
    void whatWasDecidedBeforeARestartIsNotDoneUnderARuleThatCameLater() {
        HealingLoop loop = service(quick());
        timers.advanceTo(T0 + 3_000);
        loop.decidedBefore(T0 + 2_000);
        loop.replay(quick(T0, "decided before"));
        loop.replay(new Observation.Tick(T0 + 2_000));
        loop.replay(quick(T0 + 3_000, "not decided"));
        assertThat(journal.latest(10)).isEmpty();
        at(loop, T0 + 3_000 + LATENESS);
        assertThat(loop.heals()).singleElement().satisfies(h -> {
            assertThat(h.firedAt()).isEqualTo(T0 + 3_000);
            assertThat(h.result()).contains(HealResult.SUCCEEDED);
        });
        assertThat(journal.latest(10)).hasSize(1);
    }

    @Test
    void whatTheJournalDoesNotHaveYetIsNotToldToBeDecided() {
        List<Runnable> later = new ArrayList<>();
        HealingLoop loop = new HealingLoop(LoopSettings.service(Mode.AUTO, Mode.AUTO, LATENESS),
                ports(timers, later::add, PriorityWorkers.unbounded()));
        loop.load(List.of(quick()));
        loop.offer(quick(T0, "e"));
        at(loop, T0 + LATENESS + 1_000);
        assertThat(loop.decided()).isEqualTo(T0 - 1);
        while (!later.isEmpty()) {
            later.removeFirst().run();
        }
        at(loop, T0 + LATENESS + 2_000);
        assertThat(loop.decided()).isEqualTo(T0 + 2_000);
        loop.stop("shutdown");
        at(loop, T0 + LATENESS + 3_000);
        assertThat(loop.decided()).isEqualTo(T0 + 2_000);
    }

    private static PackModel quick() {
        return Packs.of("""
                rule quick
                  on event: "quick"
                  then: execute("fix")
                action fix()
                  uses: command
                  argv: ["true"]
                """);
    }

    private static Observation quick(long ts, String id) {
        return new EventSeen(ts, "n3", "quick", Optional.of(id), false, Map.of(), Map.of());
    }

    @Test
    void aReloadTellsWhatItDidAndKeepsUnchangedRules() {
        HealingLoop loop = service(pack("cpu_load > 90%"));
        assertThat(loop.load(List.of(pack("cpu_load > 90%"))).kept()).containsExactly("hot");
        assertThat(loop.load(List.of(pack("cpu_load > 80%"))).armedAnew()).containsExactly("hot");
        assertThat(heard).hasSize(3).allSatisfy(e -> assertThat(e).isInstanceOf(LoopEvent.Reloaded.class));
    }

    @Test
    void aHealThatIsCancelledEndsInterrupted() {
        script = _ -> Play.hangs();
        HealingLoop loop = service(pack("cpu_load > 90%"));
        loop.offer(cpu(T0, 0.97));
        at(loop, T0 + LATENESS);
        String trace = loop.heals().getFirst().traceId();
        assertThat(loop.inFlight()).isEqualTo(1);
        assertThat(loop.cancel(trace, "ann")).isTrue();
        at(loop, T0 + LATENESS + 1);
        assertThat(loop.heal(trace)).map(HealView::result).contains(Optional.of(HealResult.INTERRUPTED));
        assertThat(loop.heal(trace).orElseThrow().because()).containsEntry("failure", "cancelled by ann");
        assertThat(loop.cancel(trace, "ann")).isFalse();
    }

    @Test
    void aPlanThatWaitsIsWithdrawnWhenItsConditionBecomesFalse() throws JournalFailure {
        HealingLoop loop = service(Packs.of(waiting("cpu_load > 90%", "  cooldown: 1h\n")));
        loop.offer(cpu(T0, 0.97));
        at(loop, T0 + LATENESS);
        assertThat(results(loop)).containsExactly(Optional.empty());
        loop.offer(cpu(T0 + 6_000, 0.2));
        at(loop, T0 + 6_000 + LATENESS);
        at(loop, T0 + 6_001 + LATENESS);
        assertThat(results(loop)).containsExactly(Optional.of(HealResult.SKIPPED_UNCHANGED));
        HealView heal = loop.heals().getFirst();
        assertThat(heal.because().get("withdrawn")).startsWith("its condition became false at ")
                .endsWith(" before any action was begun");
        assertThat(heal.attempts()).isEmpty();
        assertThat(journal.find(heal.traceId()).orElseThrow().entries()).extracting(JournalEntry::fact)
                .hasAtLeastOneElementOfType(Fact.Withdrawn.class);
        // What was withdrawn counts toward nothing: no cooldown stands in the way.
        loop.offer(cpu(T0 + 20_000, 0.98));
        at(loop, T0 + 20_000 + LATENESS);
        at(loop, T0 + 60_000 + LATENESS);
        assertThat(results(loop)).first().isEqualTo(Optional.of(HealResult.SUCCEEDED));
    }

    @Test
    void aPlanThatWaitsGoesOnWhileItsConditionIsOnlyUnknownOrItsEventExpires() {
        HealingLoop loop = service(Packs.of("""
                rule gone
                  on event: "gone" open 6s
                  when: cpu_load > 90%
                  then:
                    wait(10m)
                    execute("fix", timeout: 30s)
                metric cpu_load: ratio, stale after 8s
                action fix()
                  uses: command
                  argv: ["true"]
                """));
        loop.offer(cpu(T0, 0.97));
        loop.offer(new EventSeen(T0, "node-1", "gone", Optional.of("e-1"), false, Map.of(), Map.of()));
        at(loop, T0 + LATENESS);
        at(loop, T0 + 60_000);
        assertThat(results(loop)).containsExactly(Optional.empty());
        at(loop, T0 + 700_000);
        assertThat(results(loop)).containsExactly(Optional.of(HealResult.SUCCEEDED));
    }

    @Test
    void aPlanThatWaitsIsWithdrawnWhenItsEventIsResolvedOrItIsBlocked() {
        HealingLoop loop = service(Packs.of("""
                rule gone
                  on event: "gone"
                  unless: maintenance == 1
                  then:
                    wait(10m)
                    execute("fix", timeout: 30s)
                action fix()
                  uses: command
                  argv: ["true"]
                """));
        loop.offer(new EventSeen(T0, "node-1", "gone", Optional.of("e-1"), false, Map.of(), Map.of()));
        loop.offer(new EventSeen(T0, "node-2", "gone", Optional.of("e-2"), false, Map.of(), Map.of()));
        loop.offer(new EventSeen(T0, "node-3", "gone", Optional.empty(), false, Map.of(), Map.of()));
        at(loop, T0 + LATENESS);
        loop.offer(new EventSeen(T0 + 10_000, "node-1", "gone", Optional.of("e-1"), true, Map.of(), Map.of()));
        loop.offer(new EventSeen(T0 + 10_000, "node-3", "gone", Optional.empty(), true, Map.of(), Map.of()));
        loop.offer(new Sample(T0 + 10_000, "node-2", "maintenance", Map.of(), 1));
        at(loop, T0 + 10_000 + LATENESS);
        at(loop, T0 + 10_001 + LATENESS);
        assertThat(results(loop)).as(loop.heals().toString()).containsOnly(Optional.of(HealResult.SKIPPED_UNCHANGED));
        assertThat(loop.heals())
                .extracting(heal -> String.valueOf(heal.because().get("withdrawn")).replaceAll(" at .*", ""))
                .containsExactlyInAnyOrder("its event was resolved", "its event was resolved", "`unless` became true");
    }

    @Test
    void aServiceCountsAPartOfTheFleetByItsInventoryAndRefusesWithoutOne() {
        HealingLoop loop = service(Packs.of(rule("cpu_load > 90%", "  limit: 50% of fleet\n")));
        loop.offer(cpu(T0, 0.97));
        at(loop, T0 + LATENESS);
        assertThat(results(loop)).containsExactly(Optional.of(HealResult.SKIPPED_LIMIT));
        loop.topology(Topology.of(List.of(new Topology.Entity("node-1", Map.of(), List.of()),
                new Topology.Entity("node-2", Map.of(), List.of()))).topology().orElseThrow());
        loop.offer(cpu(T0 + 10_000, 0.1));
        loop.offer(cpu(T0 + 20_000, 0.98));
        at(loop, T0 + 20_000 + LATENESS);
        assertThat(results(loop)).first().isEqualTo(Optional.of(HealResult.SUCCEEDED));
    }

    private static String waiting(String when, String more) {
        return "rule hot\n  when: " + when + "\n  then:\n    wait(20s)\n    execute(\"fix\", timeout: 30s)\n" + more
                + "metric cpu_load: ratio\naction fix()\n  uses: command\n  argv: [\"true\"]\n";
    }

    @Test
    void stoppedItBeginsNothingNew() {
        HealingLoop loop = service(pack("cpu_load > 90%"));
        loop.stop("maintenance");
        loop.offer(cpu(T0, 0.97));
        at(loop, T0 + LATENESS);
        assertThat(results(loop)).containsExactly(Optional.of(HealResult.SKIPPED_PAUSED));
        assertThat(journal.latest(1)).isEmpty();
    }

    @Test
    void aListenerThatBreaksStopsNoHeal() {
        HealingLoop loop = service(pack("cpu_load > 90%"));
        loop.subscribe(_ -> {
            throw new IllegalStateException("broken");
        });
        loop.offer(cpu(T0, 0.97));
        at(loop, T0 + LATENESS);
        assertThat(results(loop)).containsExactly(Optional.of(HealResult.SUCCEEDED));
        assertThat(heard).filteredOn(LoopEvent.Problem.class::isInstance).singleElement().asString()
                .contains("a listener of the loop broke");
    }

    @Test
    void liveItHealsOnAThreadOfItsOwn() throws Exception {
        CompletableFuture<HealEvent.Ended> ended = new CompletableFuture<>();
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                LiveTimers live = new LiveTimers(InstantSource.system());
                HealingLoop loop = new HealingLoop(LoopSettings.service(Mode.AUTO, Mode.AUTO, 10),
                        ports(live, threads, new PriorityWorkers(2, threads)))) {
            loop.start();
            loop.subscribe(e -> {
                thread.complete(Thread.currentThread());
                if (e instanceof LoopEvent.Heal(HealEvent.Ended end)) {
                    ended.complete(end);
                }
            });
            loop.load(List.of(pack("cpu_load > 90%", "probe(http \"http://{{ entity }}/ok\") == 200")));
            assertThat(loop.offer(cpu(System.currentTimeMillis(), 0.97))).isTrue();
            assertThat(ended.get(20, TimeUnit.SECONDS).result()).isEqualTo(HealResult.HEALED);
            assertThat(thread.get().getName()).isEqualTo("prunella-loop");
            assertThat(loop.alive()).isTrue();
        }
    }

    @Test
    void anEventRuleHearsOfItsEvent() {
        HealingLoop loop = service(Packs.of("""
                rule gone
                  on event: "node_unreachable"
                  then: execute("fix")
                action fix()
                  uses: command
                  argv: ["true"]
                """));
        loop.offer(new EventSeen(T0, "node-1", "node_unreachable", Optional.of("e1"), false, Map.of(), Map.of()));
        at(loop, T0 + LATENESS);
        assertThat(loop.heals()).singleElement().satisfies(h -> assertThat(h.because()).containsEntry("event", "e1"));
        assertThat(loop.counts().events()).isEqualTo(1);
    }

    private static List<Optional<HealResult>> results(HealingLoop loop) {
        return loop.heals().stream().map(HealView::result).toList();
    }

    private void at(HealingLoop loop, long now) {
        timers.advanceTo(now);
        while (loop.step() > 0) {
            timers.advanceTo(now);
        }
    }

    private HealingLoop service(PackModel pack) {
        HealingLoop loop = new HealingLoop(LoopSettings.service(Mode.AUTO, Mode.AUTO, LATENESS), ports());
        loop.subscribe(heard::add);
        loop.load(List.of(pack));
        return loop;
    }

    private LoopPorts ports() {
        return ports(timers, Runnable::run, PriorityWorkers.unbounded());
    }

    private LoopPorts ports(Timers clock, Executor carrier, Workers workers) {
        return new LoopPorts(clock, carrier, workers,
                Drivers.always(new ScriptedDriver(clock, attempt -> script.apply(attempt))), journal,
                Locks.inProcess(FencingToken.NONE), _ -> new Outcome.Succeeded(Map.of()), (question, told) -> {
                    asked.add(question);
                    told.accept(answer);
                }, ExecutorSettings.plain("test"));
    }

    private static Observation cpu(long ts, double value) {
        return new Sample(ts, "node-1", "cpu_load", Map.of(), value);
    }

    private static PackModel pack(String when) {
        return Packs.of(rule(when, ""));
    }

    private static PackModel pack(String when, String verify) {
        return Packs.of(rule(when, "  verify: " + verify + " within 1m\n"));
    }

    private static String rule(String when, String verify) {
        return "rule hot\n  when: " + when + "\n  then: execute(\"fix\", timeout: 30s)\n" + verify
                + "metric cpu_load: ratio\naction fix()\n  uses: command\n  argv: [\"true\"]\n";
    }
}
