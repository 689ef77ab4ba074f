package io.prunella.ruler.backtest;

import java.util.List;
import java.util.Optional;

/**
 * Something that the second pack would have done differently.
 *
 * @param a the firing of the first pack; absent from a {@link Kind#NEW} one
 * @param b the firing of the second; absent from a {@link Kind#GONE} one
 * @param changes what else differs between the two, where there are two
 * @param reason what made the difference, for people; empty where nothing could be found
 */
public record Difference(Kind kind, Optional<Fired> a, Optional<Fired> b, List<Change> changes, List<String> reason) {
    public Difference {
        if (a.isEmpty() && b.isEmpty()) {
            throw new IllegalArgumentException("a difference between nothing and nothing");
        }
        changes = List.copyOf(changes);
        reason = List.copyOf(reason);
    }

    /** How the two firings stand to each other. */
    public enum Kind {
        NEW, GONE, EARLIER, LATER,
        /** At the same instant, but not the same. */
        CHANGED
    }

    /** A property of a firing that differs: {@code result}, {@code plan}, {@code severity}, {@code mode}. */
    public record Change(String what, String a, String b) {}

    /** Of the second pack, or of the first where there is no other. */
    public Fired firing() {
        return b.orElseGet(a::orElseThrow);
    }

    /** How much later the second one is, in milliseconds; negative when it is earlier, 0 when there is only one. */
    public long shiftMillis() {
        return a.isEmpty() || b.isEmpty() ? 0 : b.get().ts() - a.get().ts();
    }

    Difference because(List<String> found) {
        return new Difference(kind, a, b, changes, found);
    }
}
