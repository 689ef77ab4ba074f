package io.prunella.ruler.index;

import io.prunella.dsl.ast.Expr.EntitySet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one rule asks of other entities than its subject's, so that it is told when that changes. */
final class FleetUses {
    private final Set<Census> censuses = new LinkedHashSet<>();
    private final List<Related> related = new ArrayList<>();
    private final List<Compared> compared = new ArrayList<>();
    private boolean asksPresence;
    private boolean asksParents;

    private record Related(Census census, EntitySet set) {}

    private record Compared(Pool pool, @Nullable Node shared) {}

    void asksForPresence() {
        asksPresence = true;
    }

    boolean asksPresence() {
        return asksPresence;
    }

    /** Whether it asks for anybody else, or for who is there. */
    boolean asks() {
        return asksPresence || asksParents || !censuses.isEmpty();
    }

    void asksParents() {
        asksParents = true;
    }

    Set<Census> censuses() {
        return censuses;
    }

    /** Somewhere it is asked of those that stand so to the subject's entity. */
    void related(Census census, EntitySet set) {
        censuses.add(census);
        if (set != EntitySet.NODES) {
            related.add(new Related(census, set));
        }
    }

    /** A condition with the fleet in it; nothing comes of one without. */
    void compared(Node node, List<Term> terms) {
        List<FleetTerm.Counted> counted = new ArrayList<>();
        boolean sharable = true;
        for (Term term : terms) {
            sharable &= collect(term, counted);
        }
        for (FleetTerm.Counted each : counted) {
            sharable &= each.pool().by.equals(counted.getFirst().pool().by);
        }
        for (FleetTerm.Counted each : counted) {
            compared.add(new Compared(each.pool(), sharable ? node : null));
        }
    }

    void compared(Node node, Pool pool) {
        compared.add(new Compared(pool, node));
    }

    /** Whether it is over nothing but the fleet. */
    private static boolean collect(Term term, List<FleetTerm.Counted> into) {
        if (term instanceof FleetTerm.Counted counted) {
            into.add(counted);
            return true;
        }
        List<Term> parts = Clocks.parts(term);
        boolean only = term instanceof Term.Fixed || !parts.isEmpty();
        for (Term part : parts) {
            only &= collect(part, into);
        }
        return only;
    }

    void tellOf(Rule rule) {
        related.forEach(use -> use.census().asks(rule, use.set()));
        compared.forEach(use -> use.pool().asks(rule, use.shared()));
    }
}
