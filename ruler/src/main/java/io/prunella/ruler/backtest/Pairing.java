package io.prunella.ruler.backtest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which firing of one pack answers which of the other: of one subject and one event (or of no event), in the row
 * of both packs' firings by time, two neighbours of different packs, the nearest pair first, and no further apart than
 * a reach. So those of one instant always find each other, and no two pairs cross.
 */
final class Pairing {
    private Pairing() {}

    record Pair(Optional<Fired> a, Optional<Fired> b) {
        long ts() {
            return Math.min(a.map(Fired::ts).orElse(Long.MAX_VALUE), b.map(Fired::ts).orElse(Long.MAX_VALUE));
        }
    }

    private record Key(Map<String, String> subject, String event) {}

    private record Group(List<Fired> a, List<Fired> b) {
        Group() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    private record Place(Fired fired, boolean ofA) {}

    /** Between a place of the row and the next one. */
    private record Gap(int place, long millis) {}

    /** All firings of one rule, each in exactly one pair; in the order of time. */
    static List<Pair> of(List<Fired> a, List<Fired> b, long reachMillis) {
        Map<Key, Group> groups = new LinkedHashMap<>();
        a.forEach(fired -> group(groups, fired).a().add(fired));
        b.forEach(fired -> group(groups, fired).b().add(fired));
        List<Pair> pairs = new ArrayList<>();
        groups.values().forEach(group -> pair(row(group.a(), group.b()), reachMillis, pairs));
        pairs.sort(Comparator.comparingLong(Pair::ts));
        return pairs;
    }

    private static Group group(Map<Key, Group> groups, Fired fired) {
        return groups.computeIfAbsent(new Key(fired.subject(), fired.event()), _ -> new Group());
    }

    private static void pair(List<Place> row, long reach, List<Pair> into) {
        List<Gap> gaps = new ArrayList<>();
        for (int i = 0; i + 1 < row.size(); i++) {
            long millis = row.get(i + 1).fired().ts() - row.get(i).fired().ts();
            if (row.get(i).ofA() != row.get(i + 1).ofA() && millis <= reach) {
                gaps.add(new Gap(i, millis));
            }
        }
        gaps.sort(Comparator.comparingLong(Gap::millis).thenComparingInt(Gap::place));
        boolean[] taken = new boolean[row.size()];
        for (Gap gap : gaps) {
            int next = gap.place() + 1;
            if (!taken[gap.place()] && !taken[next]) {
                taken[gap.place()] = true;
                taken[next] = true;
                Fired earlier = row.get(gap.place()).fired();
                Fired later = row.get(next).fired();
                into.add(row.get(next).ofA()
                        ? new Pair(Optional.of(later), Optional.of(earlier))
                        : new Pair(Optional.of(earlier), Optional.of(later)));
            }
        }
        for (int i = 0; i < taken.length; i++) {
            Optional<Fired> alone = Optional.of(row.get(i).fired());
            if (!taken[i]) {
                into.add(row.get(i).ofA() ? new Pair(alone, Optional.empty()) : new Pair(Optional.empty(), alone));
            }
        }
    }

    /** Both in order of time; of one instant in turns, so that each stands beside its like. */
    private static List<Place> row(List<Fired> a, List<Fired> b) {
        List<Place> row = new ArrayList<>(a.size() + b.size());
        int nextA = 0;
        int nextB = 0;
        while (nextA < a.size() || nextB < b.size()) {
            long timeA = nextA < a.size() ? a.get(nextA).ts() : Long.MAX_VALUE;
            long timeB = nextB < b.size() ? b.get(nextB).ts() : Long.MAX_VALUE;
            boolean turnOfB = !row.isEmpty() && row.getLast().ofA() && row.getLast().fired().ts() == timeB;
            if (nextB == b.size() || (nextA < a.size() && (timeA < timeB || (timeA == timeB && !turnOfB)))) {
                row.add(new Place(a.get(nextA++), true));
            } else {
                row.add(new Place(b.get(nextB++), false));
            }
        }
        return row;
    }
}
