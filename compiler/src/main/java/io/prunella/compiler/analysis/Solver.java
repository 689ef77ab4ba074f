package io.prunella.compiler.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks for a world in which a claim is met; what it calls impossible is. */
final class Solver {
    /** Whether there is such a world. */
    enum Answer {
        NO, PERHAPS, YES
    }

    // Enough for what people write; past it, nothing is claimed.
    private static final int MOST_BRANCHES = 2_000;
    private static final int MOST_SELECTORS = 64;

    private final boolean oneSeries;
    private final boolean wantsSure;
    private int branches;
    private Answer best = Answer.NO;

    private Solver(boolean oneSeries, boolean wantsSure) {
        this.oneSeries = oneSeries;
        this.wantsSure = wantsSure;
    }

    /** What is known of a quantity. */
    private record Slot(Quantity quantity, Values every, List<Claim.Some> some, boolean present, boolean missing) {
        static Slot of(Quantity quantity) {
            return new Slot(quantity, quantity.domain(), List.of(), false, quantity.never());
        }

        Slot with(Claim.Some claim) {
            List<Claim.Some> more = new ArrayList<>(some);
            more.add(claim);
            return new Slot(quantity, every, more, true, missing);
        }

        Slot with(Claim.Every claim) {
            return new Slot(quantity, every.and(claim.values()), some, present || claim.present(), missing);
        }

        Slot gone() {
            return new Slot(quantity, every, some, present, true);
        }
    }

    /** Whether no world meets it, however many series match. */
    static boolean isImpossible(Claim claim) {
        return new Solver(false, false).solve(claim) == Answer.NO;
    }

    /** Whether no world meets it in which each selector matches one series. */
    static boolean isImpossibleForOneSeries(Claim claim) {
        return new Solver(true, false).solve(claim) == Answer.NO;
    }

    /** Whether surely a world meets it, each selector matching one series. */
    static boolean isPossibleForOneSeries(Claim claim) {
        return new Solver(true, true).solve(claim) == Answer.YES;
    }

    private Answer solve(Claim claim) {
        List<Claim> pending = new ArrayList<>();
        pending.add(claim);
        search(pending, new ArrayList<>(), new HashMap<>(), true);
        return best;
    }

    private boolean isDone() {
        return best == Answer.YES || (best == Answer.PERHAPS && (!wantsSure || branches >= MOST_BRANCHES));
    }

    private void search(List<Claim> pending, List<Claim.Either> choices, Map<String, Slot> known, boolean surely) {
        boolean sure = surely;
        while (!pending.isEmpty()) {
            switch (pending.removeLast()) {
                case Claim.Both both -> pending.addAll(both.parts());
                case Claim.Either either -> choices.add(either);
                case Claim.Anything anything -> sure &= anything.sure();
                case Claim.Some some -> known.put(some.quantity().key(), slot(known, some.quantity()).with(some));
                case Claim.Every every -> known.put(every.quantity().key(), slot(known, every.quantity()).with(every));
                case Claim.Missing gone -> known.put(gone.quantity().key(), slot(known, gone.quantity()).gone());
            }
        }
        if (!isConsistent(known)) {
            return;
        }
        if (choices.isEmpty()) {
            boolean certain = sure && known.values().stream().allMatch(slot -> isSure(slot, known));
            best = certain ? Answer.YES : best == Answer.YES ? best : Answer.PERHAPS;
            return;
        }
        Claim.Either choice = choices.removeLast();
        for (Claim part : choice.parts()) {
            if (++branches >= MOST_BRANCHES) {
                best = best == Answer.YES ? best : Answer.PERHAPS;
            }
            if (isDone()) {
                return;
            }
            List<Claim> next = new ArrayList<>();
            next.add(part);
            search(next, new ArrayList<>(choices), new HashMap<>(known), sure);
        }
    }

    private static Slot slot(Map<String, Slot> known, Quantity quantity) {
        Slot slot = known.get(quantity.key());
        return slot == null ? Slot.of(quantity) : slot;
    }

    private boolean isConsistent(Map<String, Slot> known) {
        Map<String, List<Slot>> selectors = new HashMap<>();
        known.values().forEach(slot -> {
            if (!slot.quantity().metric().isEmpty()) {
                selectors.computeIfAbsent(slot.quantity().metric(), _ -> new ArrayList<>()).add(slot);
            }
        });
        return known.values().stream().allMatch(
                slot -> isConsistent(slot, selectors.getOrDefault(slot.quantity().metric(), List.of())));
    }

    private boolean isConsistent(Slot slot, List<Slot> selectors) {
        if (!slot.present()) {
            return true;
        }
        Values values = slot.every();
        boolean missing = slot.missing();
        if (selectors.size() <= MOST_SELECTORS) {
            for (Slot other : selectors) {
                // Invariant: what no series of a wider selector may be, none of this one is.
                if (slot.quantity().within(other.quantity())) {
                    values = values.and(other.every());
                    missing |= other.missing();
                }
            }
        }
        if (missing || values.isEmpty()) {
            return false;
        }
        Values one = values;
        for (Claim.Some some : slot.some()) {
            if (values.and(some.values()).isEmpty()) {
                return false;
            }
            if (!slot.quantity().many() || (oneSeries && !some.outright())) {
                one = one.and(some.values());
            }
        }
        return !one.isEmpty();
    }

    private static boolean isSure(Slot slot, Map<String, Slot> known) {
        Quantity quantity = slot.quantity();
        return quantity.plain() && slot.every().isSure() && slot.some().stream().allMatch(s -> s.values().isSure())
                && known.values().stream().noneMatch(
                        other -> !other.quantity().key().equals(quantity.key()) && !quantity.metric().isEmpty()
                                && quantity.metric().equals(other.quantity().metric())
                                && !quantity.within(other.quantity()) && !other.quantity().within(quantity));
    }
}
