package io.prunella.ruler.index;

import io.prunella.plan.DurationText;
import io.prunella.ruler.Because;
import io.prunella.ruler.Scalar;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is the same whenever a rule tells of its comparisons: put into words when it first fires. */
final class Wordings {
    private final IdentityHashMap<Node, Wording> known = new IdentityHashMap<>(1);

    /** A comparison with a constant, but for the value that it had. */
    record Wording(String term, Optional<String> operator, Optional<Scalar> threshold,
            Optional<String> hold, Optional<String> window) {

        static Wording of(Node.Threshold leaf, Node.@Nullable Hold hold) {
            Term.Window window = leaf.series().window();
            return new Wording(leaf.series().text(), Optional.of(leaf.op().sign()),
                    Optional.of(new Scalar.Quantity(leaf.threshold())),
                    Optional.ofNullable(hold).map(held -> DurationText.of(held.after())),
                    Optional.ofNullable(window).map(range -> DurationText.of(range.asked().windowMillis())));
        }

        Because told(double value, String series) {
            return new Because(term, new Scalar.Quantity(value), operator, threshold, hold, window, List.of(series));
        }
    }

    /** A comparison as it is told, with the hold that it stands in; it stands in the same one every time. */
    @SuppressWarnings("ReferenceEquality") // one of the rule's own nodes, of which an equal one may stand elsewhere
    Wording of(Node.Threshold leaf, Node.@Nullable Hold hold) {
        Wording wording = known.get(leaf);
        if (wording == null) {
            wording = Wording.of(leaf, hold);
            known.put(leaf, wording);
        }
        return wording;
    }
}
