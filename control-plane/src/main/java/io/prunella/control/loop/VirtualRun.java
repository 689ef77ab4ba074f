package io.prunella.control.loop;

import io.prunella.executor.schedule.VirtualTimers;
import io.prunella.ruler.Observation;
import java.util.List;

/**
 * Plays records through a loop on a virtual clock, one instant after another, heals included; the same records always
 * give the same heals. Everything happens on the calling thread, which made the loop.
 */
public final class VirtualRun {
    // While nothing waits for the clock, the ruler may run ahead so far; what fires on the way is exact either way.
    private static final long STRIDE_MILLIS = 100;
    private final HealingLoop loop;
    private final VirtualTimers timers;
    private boolean fired;

    /**
     * @param loop of pace {@code RECORDS} with no lateness
     * @param timers the loop's clock
     */
    public VirtualRun(HealingLoop loop, VirtualTimers timers) {
        this.loop = loop;
        this.timers = timers;
        loop.subscribe(this::heard);
    }

    /**
     * Plays to the last record, to {@code until} at least, and on until every heal has ended.
     *
     * @param records in the order of time
     * @param longest how long heals may go on after that, in milliseconds
     */
    public void play(List<Observation> records, long until, long longest) {
        int next = 0;
        while (next < records.size()) {
            long ts = records.get(next).ts();
            moveTo(ts - 1);
            while (next < records.size() && records.get(next).ts() <= ts) {
                while (!loop.offer(records.get(next))) {
                    loop.step();
                }
                next++;
            }
            loop.step();
            instant(ts);
        }
        moveTo(until);
        long end = Math.max(until, timers.millis()) + longest;
        while (loop.healing() && timers.millis() < end) {
            moveTo(timers.millis() + STRIDE_MILLIS);
        }
    }

    private void moveTo(long target) {
        while (timers.millis() < target) {
            instant(Math.min(Math.min(target, timers.millis() + STRIDE_MILLIS), timers.nextDue().orElse(target)));
        }
    }

    /** The ruler first, so that what fires before or at this instant is acted upon when it fires. */
    private void instant(long at) {
        act(at);
        // What plans have emitted by now is decided in further rounds of this instant.
        // Invariant: ends, since what a round emits lies one deeper than what made it fire.
        do {
            fired = false;
            act(at);
        } while (fired);
    }

    private void act(long at) {
        loop.decideUntil(at);
        timers.advanceTo(at);
        while (loop.step() > 0) {
            timers.advanceTo(at);
        }
    }

    private void heard(LoopEvent event) {
        if (event instanceof LoopEvent.Fired known) {
            fired = true;
            timers.advanceTo(known.firing().ts());
        }
    }
}
