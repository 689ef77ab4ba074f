package io.prunella.ruler.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules that share events of one type, sorted by what their gates ask: which of them an event may concern is looked
 * up once for each series, not once for each rule.
 */
final class Gates {
    final SharedEvents events;
    final List<Rule> rules = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    /** Gates that ask in one direction for one series. */
    private record Way(int slot, boolean percent, boolean up) {}

    /** Their rules, the one first whose gate opens first. */
    private static final class Row {
        final Way way;
        final double[] heights;
        final Rule[] rules;

        Row(Way way, List<Gated> rising) {
            this.way = way;
            this.heights = rising.stream().mapToDouble(Gated::height).toArray();
            this.rules = rising.stream().map(Gated::rule).toArray(Rule[]::new);
        }
    }

    private record Gated(Rule rule, Node.Threshold threshold) {
        /** Higher the later it opens. */
        double height() {
            return up() ? threshold.threshold() : -threshold.threshold();
        }

        boolean up() {
            return switch (threshold.op()) {
                case GT, GE -> true;
                case LT, LE, EQ, NE, MATCHES, NOT_MATCHES -> false;
            };
        }
    }

    private Gates(SharedEvents events) {
        this.events = events;
    }

    /** For each kind of shared events the rules among these that wait for them. */
    static Map<SharedEvents, Gates> of(Collection<Rule> all) {
        Map<SharedEvents, Map<Way, List<Gated>>> sorted = new HashMap<>();
        Map<SharedEvents, Gates> gates = new HashMap<>();
        for (Rule rule : all) {
            Gate gate = rule.gate;
            if (gate != null) {
                Gated gated = new Gated(rule, gate.threshold());
                gates.computeIfAbsent(gate.events(), Gates::new).rules.add(rule);
                sorted.computeIfAbsent(gate.events(), _ -> new HashMap<>()).computeIfAbsent(
                        new Way(gate.threshold().series().slot(), gate.threshold().series().percent(), gated.up()),
                        _ -> new ArrayList<>()).add(gated);
            }
        }
        sorted.forEach((events, ways) -> ways.forEach((way, gated) -> {
            gated.sort(Comparator.comparingDouble(Gated::height));
            gates.getOrDefault(events, new Gates(events)).rows.add(new Row(way, gated));
        }));
        return gates;
    }

    /** Has those judged for a subject whose gates may be open; a few more than that do no harm. */
    void touch(int subject, SeriesStore series, Round round) {
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            int code = events.subjects.sole(subject, row.way.slot());
            if (code >= 0) {
                touch(row, subject, reached(row, series.value(code)), round);
            } else if (code < -1) {
                int most = 0;
                for (int number : events.subjects.several(code)) {
                    most = Math.max(most, reached(row, series.value(number)));
                }
                touch(row, subject, most, round);
            }
        }
    }

    private static void touch(Row row, int subject, int count, Round round) {
        for (int i = 0; i < count; i++) {
            round.touch(row.rules[i], subject);
        }
    }

    /** How many gates a value as sent has reached. */
    private static int reached(Row row, double sent) {
        double value = row.way.percent() ? Decimal.ratioOfPercent(sent) : sent;
        double height = row.way.up() ? value : -value;
        int low = 0;
        int high = row.heights.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (row.heights[middle] <= height) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
