package io.prunella.ruler;

import io.prunella.plan.Truth;
import io.prunella.ruler.explain.Branch;
import io.prunella.ruler.index.FrontIndex;
import io.prunella.ruler.index.Watched;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Conditions of heals that are being watched. */
final class Watches {
    private final FrontIndex index;
    private final List<Open> open = new ArrayList<>();

    private final class Open implements Watch {
        private final Optional<Watched> condition;
        private final long newerThan;
        private final long deadline;
        private final Consumer<Truth> verdict;
        private long wakeAt = Long.MIN_VALUE;
        private boolean closed;

        Open(Optional<Watched> condition, long newerThan, long deadline, Consumer<Truth> verdict) {
            this.condition = condition;
            this.newerThan = newerThan;
            this.deadline = deadline;
            this.verdict = verdict;
        }

        @Override
        public Optional<Branch> tree() {
            return condition.map(watched -> index.questions().tree(watched, newerThan));
        }

        @Override
        public void cancel() {
            closed = true;
        }
    }

    /** The instant last judged. */
    private long last = Long.MIN_VALUE;

    Watches(FrontIndex index) {
        this.index = index;
    }

    /** @param condition empty when its rule is gone: then it stays unknown */
    Watch add(Optional<Watched> condition, long newerThan, long deadline, Consumer<Truth> verdict) {
        Open watch = new Open(condition, newerThan, deadline, verdict);
        open.add(watch);
        index.wakeAt(deadline);
        if (last != Long.MIN_VALUE) {
            // What asks for no newer sample may be true already, and no record need come to say so.
            index.wakeAt(last + 1);
        }
        return watch;
    }

    /** Judges all of them at an instant. */
    void judge(long now) {
        last = now;
        if (open.isEmpty()) {
            return;
        }
        for (Open watch : List.copyOf(open)) {
            if (!watch.closed) {
                judge(watch, now);
            }
        }
        open.removeIf(watch -> watch.closed);
    }

    private void judge(Open watch, long now) {
        Truth truth = watch.condition.map(watched -> index.questions().truth(watched, watch.newerThan))
                .orElse(Truth.UNKNOWN);
        if (truth == Truth.TRUE || now >= watch.deadline) {
            watch.closed = true;
            watch.verdict.accept(truth);
            return;
        }
        long next = watch.condition.map(watched -> index.questions().nextDue(watched, watch.newerThan))
                .orElse(Long.MAX_VALUE);
        if (next != Long.MAX_VALUE && next != watch.wakeAt) {
            watch.wakeAt = next;
            index.wakeAt(next);
        }
    }
}
