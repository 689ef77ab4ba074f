package io.prunella.bench.peer;

import io.prunella.bench.workload.Absences;
import io.prunella.bench.workload.Firings;
import io.prunella.bench.workload.Minute;
import io.prunella.bench.workload.Rules;
import io.prunella.bench.workload.Samples;
import java.util.ArrayDeque;
import java.util.Arrays;

/** An A that no B follows: one time an entity, and a queue, since all wait equally long. */
final class LimitOfAbsence implements Run {
    private static final long NONE = Long.MIN_VALUE;

    private final Rules rules;
    private final Firings firings;
    private final long[] waitingSince;
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();

    private record Waiting(int entity, long since) {}

    LimitOfAbsence(Rules rules, int entities, Firings firings) {
        this.rules = rules;
        this.firings = firings;
        this.waitingSince = new long[entities];
        Arrays.fill(waitingSince, NONE);
    }

    @Override
    public void events(Minute minute) {
        for (int i = 0; i < minute.size(); i++) {
            int entity = minute.entity[i];
            // A B at the very end of the time still counts.
            finish(minute.ts[i] - 1);
            if (minute.isB[i]) {
                waitingSince[entity] = NONE;
            } else {
                waitingSince[entity] = minute.ts[i];
                queue.add(new Waiting(entity, minute.ts[i]));
            }
        }
    }

    @Override
    public void finish(long ts) {
        while (!queue.isEmpty() && queue.element().since() + Absences.WITHIN_MILLIS <= ts) {
            Waiting waiting = queue.remove();
            if (waitingSince[waiting.entity()] == waiting.since()) {
                waitingSince[waiting.entity()] = NONE;
                long minute = (waiting.since() - Samples.T0) / Absences.MINUTE_MILLIS;
                for (int rule = 0; rule < rules.count(); rule++) {
                    firings.fired(rule, waiting.entity(), minute);
                }
            }
        }
    }
}
