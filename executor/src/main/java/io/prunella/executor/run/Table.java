package io.prunella.executor.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A state machine as a table, so that tests can demand that every row is walked and the documentation is drawn from
 * what really runs. Immutable once built.
 *
 * @param <S> states; the first constant is where everything begins
 * @param <E> events
 * @param <F> effects
 */
final class Table<S extends Enum<S>, E extends Enum<E>, F extends Enum<F>> {

    /** One line: in this state, on this event, go there and do that, in this order. */
    record Row<S, E, F>(String machine, S from, E event, S to, List<F> effects) {
        Row {
            effects = List.copyOf(effects);
        }
    }

    /** An event that the state has no row for: a bug of ours, never the user's. */
    static final class IllegalTransition extends IllegalStateException {
        private static final long serialVersionUID = 1;

        IllegalTransition(String machine, Enum<?> state, Enum<?> event) {
            super(machine + " in state " + state + " cannot take " + event);
        }
    }

    private final String machine;
    private final Map<S, Map<E, Row<S, E, F>>> rows;

    private Table(String machine, Map<S, Map<E, Row<S, E, F>>> rows) {
        this.machine = machine;
        this.rows = rows;
    }

    String machine() {
        return machine;
    }

    Row<S, E, F> next(S state, E event) {
        var row = rows.getOrDefault(state, Map.of()).get(event);
        if (row == null) {
            throw new IllegalTransition(machine, state, event);
        }
        return row;
    }

    /** In the order written. */
    List<Row<S, E, F>> rows() {
        return rows.values().stream().flatMap(byEvent -> byEvent.values().stream()).toList();
    }

    /** Whether nothing leads out of a state. */
    boolean ends(S state) {
        return !rows.containsKey(state);
    }

    static final class Builder<S extends Enum<S>, E extends Enum<E>, F extends Enum<F>> {
        private final String machine;
        private final Map<S, Map<E, Row<S, E, F>>> rows = new LinkedHashMap<>();

        Builder(String machine) {
            this.machine = machine;
        }

        @SafeVarargs
        final Builder<S, E, F> row(S from, E event, S to, F... effects) {
            List<F> inOrder = new ArrayList<>();
            for (var effect : effects) {
                inOrder.add(effect);
            }
            var before = rows.computeIfAbsent(from, _ -> new LinkedHashMap<>()).putIfAbsent(event,
                    new Row<>(machine, from, event, to, inOrder));
            if (before != null) {
                throw new IllegalStateException(machine + " has two rows for " + from + " on " + event);
            }
            return this;
        }

        Table<S, E, F> build() {
            return new Table<>(machine, rows);
        }
    }
}
