package io.prunella.bench.workload;

import java.util.Arrays;

/**
 * What must fire, worked out series by series without any engine, straight from the definitions.
 *
 * <p>An event of W5 stays open for five minutes, as the language says: a threshold that has been held long enough only
 * later, but within them, fires too.
 */
public final class Oracle {
    private Oracle() {}

    /**
     * All that must fire.
     *
     * @param ticks of samples; minutes for W4
     */
    public static Firings firings(Rules rules, long seed, int entities, int ticks) {
        return firings(rules, seed, entities, ticks, 0);
    }

    /**
     * What must fire of some of the rules.
     *
     * @param first the rules before this one are left out
     */
    public static Firings firings(Rules rules, long seed, int entities, int ticks, int first) {
        Firings firings = new Firings();
        Samples samples = new Samples(seed, entities);
        double[] values = new double[ticks];
        for (int entity = 0; entity < entities; entity++) {
            if (rules.workload() == Workload.ABSENCE) {
                absences(rules, entity, ticks, firings);
                continue;
            }
            for (int metric = 0; metric < Samples.METRICS; metric++) {
                int series = entity * Samples.METRICS + metric;
                Arrays.setAll(values, tick -> samples.value(series, tick));
                if (rules.workload() == Workload.AVERAGE) {
                    values = averages(values);
                }
                for (int rule = metric; rule < rules.count(); rule += Samples.METRICS) {
                    if (rule < first) {
                        continue;
                    }
                    ofSeries(rules, rule, series, values, firings);
                }
            }
        }
        return firings;
    }

    private static void ofSeries(Rules rules, int rule, int series, double[] values, Firings firings) {
        boolean[] above = new boolean[values.length];
        for (int tick = 0; tick < values.length; tick++) {
            above[tick] = values[tick] > rules.threshold(rule);
        }
        switch (rules.workload()) {
            case HELD -> {
                for (int tick = 0; tick < above.length; tick++) {
                    if (held(above, tick) && !held(above, tick - 1)) {
                        firings.fired(rule, series, tick / Samples.BLOCK);
                    }
                }
            }
            case AVERAGE -> {
                for (int tick = 0; tick < above.length; tick++) {
                    if (above[tick] && (tick == 0 || !above[tick - 1])) {
                        firings.fired(rule, series, tick / Samples.BLOCK);
                    }
                }
            }
            case EVENT -> {
                int open = Rules.OPEN_MILLIS / Samples.TICK_MILLIS;
                for (int event = 0; event < above.length; event++) {
                    if (Samples.event(series / Samples.METRICS, event)) {
                        int tick = event;
                        while (tick < Math.min(event + open, above.length) && !held(above, tick)) {
                            tick++;
                        }
                        if (tick < Math.min(event + open, above.length)) {
                            firings.fired(rule, series, tick / Samples.BLOCK);
                        }
                    }
                }
            }
            case ABSENCE -> throw new IllegalStateException("not of series");
        }
    }

    /** Whether it has been above for 30 s at a tick: then and at both ticks before it. */
    private static boolean held(boolean[] above, int tick) {
        int ticks = Rules.HOLD_MILLIS / Samples.TICK_MILLIS;
        if (tick < ticks) {
            return false;
        }
        for (int i = tick - ticks; i <= tick; i++) {
            if (!above[i]) {
                return false;
            }
        }
        return true;
    }

    /** At each tick, the average of what lies in the five minutes that end there. */
    private static double[] averages(double[] values) {
        int range = Rules.RANGE_MILLIS / Samples.TICK_MILLIS;
        double[] averages = new double[values.length];
        for (int tick = 0; tick < values.length; tick++) {
            int from = Math.max(0, tick - range + 1);
            double sum = 0;
            for (int i = from; i <= tick; i++) {
                sum += values[i];
            }
            averages[tick] = sum / (tick - from + 1);
        }
        return averages;
    }

    private static void absences(Rules rules, int entity, int minutes, Firings firings) {
        for (int minute = 0; minute < minutes; minute++) {
            if (Absences.timeOfA(entity, minute) >= 0 && Absences.kind(entity, minute) >= 6) {
                for (int rule = 0; rule < rules.count(); rule++) {
                    firings.fired(rule, entity, minute);
                }
            }
        }
    }
}
