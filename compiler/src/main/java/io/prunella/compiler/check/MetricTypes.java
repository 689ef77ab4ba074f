package io.prunella.compiler.check;

import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.Span;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What each metric of the pack measures: as declared, else as its uses say.
 *
 * @param inferred undeclared metrics that are used in one dimension only
 * @param conflicting undeclared metrics on which uses disagree
 * @param percent undeclared metrics that are compared with a {@code %} literal
 */
public record MetricTypes(Map<String, Dimension> inferred, Set<String> conflicting, Set<String> percent) {
    public static final MetricTypes NONE = new MetricTypes(Map.of(), Set.of(), Set.of());

    public MetricTypes {
        inferred = Map.copyOf(inferred);
        conflicting = Set.copyOf(conflicting);
        percent = Set.copyOf(percent);
    }

    Type of(String metric, Symbols symbols) {
        var declared = symbols.metric(metric);
        if (declared.isPresent()) {
            return Type.named(declared.get().type().text()).<Type>map(t -> t).orElse(Type.anything());
        }
        Dimension dimension = inferred.get(metric);
        if (dimension == null || conflicting.contains(metric)) {
            return Type.anything();
        }
        return new Type.Of(dimension, percent.contains(metric) ? "ratio" : dimension.label());
    }

    /** What an undeclared metric measures when the rules run; a number where nothing tells. */
    public Dimension dimension(String metric, Symbols symbols) {
        return of(metric, symbols).known().orElse(Dimension.NUMBER);
    }

    /** Every place at which an undeclared metric's dimension shows, while they are being collected. */
    static final class Uses {
        private final Map<String, Set<Use>> byMetric = new LinkedHashMap<>();
        private boolean grew;

        void add(String metric, Use use) {
            grew |= byMetric.computeIfAbsent(metric, _ -> new LinkedHashSet<>()).add(use);
        }

        Optional<Dimension> first(String metric) {
            Set<Use> uses = byMetric.get(metric);
            return uses == null ? Optional.empty() : Optional.of(uses.iterator().next().dimension());
        }

        Map<String, Set<Use>> byMetric() {
            return byMetric;
        }

        /** Whether anything was added since the last call. */
        boolean takeGrew() {
            boolean result = grew;
            grew = false;
            return result;
        }
    }

    /**
     * A place.
     *
     * @param percent whether a {@code %} literal stands on the other side
     * @param text what stands on the other side, as written
     */
    record Use(Dimension dimension, boolean percent, String text, String file, Span span) {}
}
