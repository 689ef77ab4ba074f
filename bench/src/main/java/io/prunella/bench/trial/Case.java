package io.prunella.bench.trial;

import io.prunella.bench.workload.Samples;
import io.prunella.bench.workload.Workload;
import java.util.List;

/**
 * One section of the table: a workload of a certain size, and who runs it.
 *
 * @param ticks of samples; minutes for W4
 * @param untimed ticks before the clock is started, in which every series is seen for the first time
 * @param contenders the one that the others are compared with first
 */
record Case(String title, Workload workload, int rules, int entities, int ticks, int untimed,
        List<String> contenders) {

    private static final List<String> ALL = List.of("limit", "prunella", "prunella-objects", "drools", "esper",
            "siddhi");
    private static final List<String> LINES = List.of("lines-ceiling", "prunella-lines");

    /** What the table has, in its order. */
    static List<Case> all(boolean quick) {
        int entities = quick ? 1_000 : 10_000;
        int ticks = quick ? 32 : 64;
        return List.of(
                new Case("W1: 100 thresholds held for 30 s", Workload.HELD, 100, entities, ticks, 16, ALL),
                new Case("W2: 1,000 thresholds held for 30 s", Workload.HELD, 1_000, entities, ticks * 3 / 4, 16, ALL),
                new Case("10,000 thresholds held for 30 s", Workload.HELD, 10_000, entities, 32, 16, ALL),
                new Case("W3: 100 averages over 5 min", Workload.AVERAGE, 100, entities, ticks + 8, 32, ALL),
                new Case("W3: 1,000 averages over 5 min", Workload.AVERAGE, 1_000, entities, ticks + 8, 32, ALL),
                new Case("W4: an event without another within 30 s", Workload.ABSENCE, 1, entities * 10, 22, 2, ALL),
                new Case("W5: 1,000 rules of event and threshold", Workload.EVENT, 1_000, entities, ticks * 3 / 4, 16,
                        ALL),
                new Case("JSON Lines, 100 rules as in W1", Workload.HELD, 100, entities, 32, 16, LINES));
    }

    /** How Prunella behaves as rules and entities grow. */
    static List<Case> growing(boolean quick) {
        int entities = quick ? 1_000 : 10_000;
        List<String> own = List.of("prunella");
        return List.of(growth(10, entities, own), growth(100, entities, own), growth(1_000, entities, own),
                growth(10_000, entities, own), growth(100, 1_000, own), growth(100, entities, own),
                growth(100, quick ? 20_000 : 100_000, own));
    }

    private static Case growth(int rules, int entities, List<String> own) {
        return new Case("growth", Workload.HELD, rules, entities, 32, 16, own);
    }

    long series() {
        return workload == Workload.ABSENCE ? entities : (long) entities * Samples.METRICS;
    }
}
