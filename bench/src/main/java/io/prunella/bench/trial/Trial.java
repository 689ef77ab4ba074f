package io.prunella.bench.trial;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.prunella.bench.peer.Contender;
import io.prunella.bench.peer.Run;
import io.prunella.bench.workload.Absences;
import io.prunella.bench.workload.Firings;
import io.prunella.bench.workload.Rules;
import io.prunella.bench.workload.Samples;
import io.prunella.bench.workload.Tick;
import io.prunella.bench.workload.Workload;
import java.lang.management.ManagementFactory;
import java.util.ServiceLoader;

/**
 * One contender on one workload in a fresh JVM: warms up on small ones of other seeds, each contender for as long, then
 * measures, and prints what it measured.
 *
 * <p>Arguments: contender, workload, rules, entities, ticks (or minutes), ticks of them before the clock is started,
 * seed. The input is made between the timed parts.
 */
public final class Trial {
    private static final int WARM_ENTITIES = 1_000;
    private static final int WARM_TICKS = 64;
    private static final long WARM_NANOS = 3_000_000_000L;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
            .getOperatingSystemMXBean();

    private final Rules rules;
    private final int entities;
    private final int ticks;
    private final int untimed;
    private final long seed;

    private long inputs;
    private long cpu;
    private long process;
    private long allocated;

    private Trial(Rules rules, int entities, int ticks, int untimed, long seed) {
        this.rules = rules;
        this.entities = entities;
        this.ticks = ticks;
        this.untimed = untimed;
        this.seed = seed;
    }

    public static void main(String[] arguments) {
        Contender contender = ServiceLoader.load(Contender.class).stream().map(ServiceLoader.Provider::get)
                .filter(peer -> peer.name().equals(arguments[0])).findFirst().orElseThrow();
        Workload workload = Workload.valueOf(arguments[1]);
        Rules rules = new Rules(workload, Integer.parseInt(arguments[2]));
        long seed = Long.parseLong(arguments[6]);
        long warm = 0;
        for (long other = seed + 1; warm < WARM_NANOS; other++) {
            Outcome outcome = new Trial(rules, WARM_ENTITIES, WARM_TICKS, 0, other).run(contender);
            warm += outcome.cpu() + outcome.build();
        }
        Outcome outcome = new Trial(rules, Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]), seed).run(contender);
        System.out.println(outcome.line());
    }

    private Outcome run(Contender contender) {
        Firings firings = new Firings();
        Tick tick = new Tick(rules.workload() == Workload.ABSENCE ? 0 : entities);
        long before = heap();
        long began = System.nanoTime();
        Run run = contender.start(rules, entities, firings);
        long build = System.nanoTime() - began;
        if (rules.workload() == Workload.ABSENCE) {
            minutes(run);
        } else {
            ticks(run, tick);
        }
        long heap = heap() - before;
        run.close();
        return new Outcome(firings.count(), firings.checksum(), inputs, cpu, process, allocated, heap, build);
    }

    private void ticks(Run run, Tick tick) {
        Samples samples = new Samples(seed, entities);
        for (int number = 0; number < ticks; number++) {
            samples.fill(tick, number);
            run.prepare(tick);
            timed(number >= untimed, (long) entities * Samples.METRICS, () -> run.samples(tick));
        }
        timed(true, 0, () -> run.finish(Samples.ts(ticks - 1)));
    }

    private void minutes(Run run) {
        Absences absences = new Absences(entities);
        for (int number = 0; number < ticks; number++) {
            var minute = absences.minute(number);
            timed(number >= untimed, minute.size(), () -> run.events(minute));
        }
        timed(true, 0, () -> run.finish(Samples.T0 + (long) Absences.MINUTE_MILLIS * ticks));
    }

    private void timed(boolean counts, long size, Runnable work) {
        long processBefore = SYSTEM.getProcessCpuTime();
        long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
        long before = THREADS.getCurrentThreadCpuTime();
        work.run();
        if (counts) {
            cpu += THREADS.getCurrentThreadCpuTime() - before;
            allocated += THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
            process += SYSTEM.getProcessCpuTime() - processBefore;
            inputs += size;
        }
    }

    private static long heap() {
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
