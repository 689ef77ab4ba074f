package io.prunella.control.telemetry;

import io.prunella.control.loop.LoopEvent;
import io.prunella.executor.run.HealEvent;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Follows heals through the loop's events and hands over the whole trace of each when it ends. To be subscribed to one
 * loop; called by one thread at a time.
 *
 * <p>Spans are given in real time, also when the loop's clock is that of a recording: the difference is taken once for
 * each heal, when it begins.
 */
public final class TraceRecorder implements Consumer<LoopEvent> {
    private static final int MOST_UNDER_WAY = 10_000;
    private final InstantSource real;
    private final Consumer<HealTrace> finished;
    private final Map<String, OpenTrace> open = new HashMap<>();

    /** @param finished must not block for long */
    public TraceRecorder(InstantSource real, Consumer<HealTrace> finished) {
        this.real = real;
        this.finished = finished;
    }

    @Override
    public void accept(LoopEvent event) {
        switch (event) {
            case LoopEvent.Fired fired -> {
                OpenTrace trace = OpenTrace.of(fired, shift(fired.at()));
                if (fired.ended().isPresent()) {
                    finished.accept(trace.skipped(fired.at(), fired.ended().get()));
                } else if (open.size() < MOST_UNDER_WAY) {
                    open.put(fired.firing().traceId(), trace);
                }
            }
            case LoopEvent.Heal(HealEvent happened) -> follow(happened);
            case LoopEvent.Reloaded _,LoopEvent.Problem _ -> {
                // About no heal.
            }
        }
    }

    private void follow(HealEvent event) {
        if (event instanceof HealEvent.Resumed resumed) {
            open.putIfAbsent(resumed.traceId(), OpenTrace.of(resumed, shift(resumed.at())));
        }
        OpenTrace trace = open.get(event.traceId());
        if (trace == null) {
            return;
        }
        trace.happened(event);
        if (event instanceof HealEvent.Ended ended) {
            open.remove(event.traceId());
            finished.accept(trace.ended(ended));
        }
    }

    private long shift(long at) {
        return real.millis() - at;
    }
}
