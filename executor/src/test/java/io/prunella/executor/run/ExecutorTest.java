package io.prunella.executor.run;

import static io.prunella.executor.run.Plans.action;
import static io.prunella.executor.run.Plans.argv;
import static io.prunella.executor.run.Plans.execute;
import static io.prunella.executor.run.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.executor.driver.CommandDriver;
import io.prunella.executor.driver.Drivers;
import io.prunella.executor.driver.ProcessSettings;
import io.prunella.executor.journal.MemoryJournal;
import io.prunella.executor.notify.LogChannels;
import io.prunella.executor.schedule.LiveTimers;
import io.prunella.executor.schedule.PriorityWorkers;
import io.prunella.plan.ConditionRef;
import io.prunella.plan.HealOrder;
import io.prunella.plan.HealResult;
import io.prunella.plan.Truth;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ExecutorTest {

    @Test
    void healsLiveThroughARealCommandAndAVerifyThatComesTrue() throws InterruptedException {
        BlockingQueue<HealEvent.Ended> ends = new LinkedBlockingQueue<>();
        List<HealEvent> events = new CopyOnWriteArrayList<>();
        try (var timers = new LiveTimers(InstantSource.system());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var settings = ProcessSettings.of(System.getenv(), timers, threads);
            var executor = new Executor(
                    new ExecutorPorts(timers, threads, new PriorityWorkers(4, threads),
                            Drivers.of(new CommandDriver(settings)), new AlwaysTrue(), new MemoryJournal(),
                            new Rig.FakeLocks(), new LogChannels(_ -> {}), event -> {
                                events.add(event);
                                if (event instanceof HealEvent.Ended end) {
                                    ends.add(end);
                                }
                            }),
                    ExecutorSettings.plain("exec-1"));
            executor.submit(plan().then(execute("greet"))
                    .actions(action("greet", true, Map.of("argv", argv("echo", "hello; $(reboot)")), "", "command"))
                    .verify("up == 1", 5_000).order());
            var end = ends.poll(20, TimeUnit.SECONDS);
            assertThat(end).isNotNull();
            assertThat(end.result()).isEqualTo(HealResult.HEALED);
        }
        assertThat(events).filteredOn(HealEvent.Output.class::isInstance)
                .extracting(event -> ((HealEvent.Output) event).line().text()).containsExactly("hello; $(reboot)");
    }

    private static final class AlwaysTrue implements Conditions {

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
}
