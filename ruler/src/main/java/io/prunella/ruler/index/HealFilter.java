package io.prunella.ruler.index;

import io.prunella.compiler.rule.Condition;
import io.prunella.compiler.rule.ValueTerm;
import io.prunella.plan.Truth;
import io.prunella.ruler.Scalar;
import io.prunella.ruler.index.Heals.Aim;
import java.util.Optional;
import java.util.function.Predicate;

/** What is asked of a heal in flight: its labels and its entity, which are always known. */
record HealFilter(Optional<Condition> where, Comparing comparing) implements Predicate<Aim> {

    @Override
    public boolean test(Aim aim) {
        return where.isEmpty() || holds(where.get(), aim);
    }

    private boolean holds(Condition condition, Aim aim) {
        return switch (condition) {
            case Condition.All all -> all.of().stream().allMatch(inner -> holds(inner, aim));
            case Condition.Any any -> any.of().stream().anyMatch(inner -> holds(inner, aim));
            case Condition.Negated not -> !holds(not.inner(), aim);
            case Condition.Compare compare -> comparing.scalars(value(compare.left(), aim), compare.op(),
                    value(compare.right(), aim)) == Truth.TRUE;
            case Condition.InSet in -> in.intervals().stream()
                    .anyMatch(one -> value(one.from(), aim).equals(value(in.value(), aim)));
            case Condition.Held _,Condition.TimeIn _,Condition.Absent _,Condition.OverEntities _ ->
                throw new IllegalArgumentException("not asked of heals: " + condition);
        };
    }

    private static Scalar value(ValueTerm term, Aim aim) {
        return new Scalar.Text(switch (term) {
            case ValueTerm.Label label -> aim.labels().getOrDefault(label.name(), "");
            case ValueTerm.EntityName _ -> aim.entity();
            case ValueTerm.Text text -> text.value();
            case ValueTerm other -> throw new IllegalArgumentException("not asked of heals: " + other);
        });
    }
}
