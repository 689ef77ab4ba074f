package io.prunella.compiler.analysis;

import io.prunella.compiler.analysis.Reading.Truth;
import io.prunella.compiler.analysis.Together.Leg;
import io.prunella.dsl.ast.Expr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds, among what is so for many rules, where another condition is true for sure.
 *
 * <p>A condition can only follow from what speaks of the same quantity, so each looks at few others; where it would be
 * more than {@link #MOST}, the rest is not looked at, and nothing is said of it.
 */
final class Implications {
    private static final int MOST = 64;
    private static final int MOST_MATCHERS = 3;

    private final List<List<Leg>> premises = new ArrayList<>();
    private final Map<String, List<Integer>> byQuantity = new HashMap<>();

    /** Adds what is so for the next rule; it is known by its number, from 0. */
    void add(List<Leg> premise) {
        int number = premises.size();
        premises.add(premise);
        Set<String> keys = new HashSet<>();
        premise.forEach(leg -> quantities(leg.claim(), keys, true));
        keys.forEach(key -> byQuantity.computeIfAbsent(key, _ -> new ArrayList<>()).add(number));
    }

    /** Numbers of those for which all of {@code conclusions} are true for sure; none where there is no conclusion. */
    List<Integer> implying(List<Expr> conclusions) {
        List<Collection<Integer>> fewest = conclusions.stream().map(this::candidates)
                .min(Comparator.comparingInt(sets -> sets.stream().mapToInt(Collection::size).sum()))
                .orElse(List.of());
        List<Leg> open = conclusions.stream().map(conclusion -> Leg.of(conclusion, Truth.NOT_TRUE)).toList();
        return fewest.stream().flatMap(Collection::stream).distinct().limit(MOST)
                .filter(number -> impliesAll(premises.get(number), open)).toList();
    }

    private List<Collection<Integer>> candidates(Expr conclusion) {
        Set<String> keys = new LinkedHashSet<>();
        quantities(Reading.ANY.claim(conclusion, Truth.NOT_TRUE), keys, false);
        return keys.stream().<Collection<Integer>>map(key -> byQuantity.getOrDefault(key, List.of())).toList();
    }

    private static boolean impliesAll(List<Leg> premise, List<Leg> open) {
        return open.stream().allMatch(conclusion -> {
            List<Leg> all = new ArrayList<>(premise);
            all.add(conclusion);
            return Together.impossible(all);
        });
    }

    /** Whether conditions are true for sure where others are. */
    static boolean implies(List<Leg> premise, List<Expr> conclusions) {
        return impliesAll(premise, conclusions.stream().map(c -> Leg.of(c, Truth.NOT_TRUE)).toList());
    }

    /** Keys of the quantities that a claim speaks of, and of selectors that take in theirs. */
    static void quantities(Claim claim, Set<String> keys, boolean wider) {
        switch (claim) {
            case Claim.Both both -> both.parts().forEach(part -> quantities(part, keys, wider));
            case Claim.Either either -> either.parts().forEach(part -> quantities(part, keys, wider));
            case Claim.Some some -> quantity(some.quantity(), keys, wider);
            case Claim.Every every -> quantity(every.quantity(), keys, wider);
            case Claim.Missing missing -> quantity(missing.quantity(), keys, wider);
            case Claim.Anything _ -> {
                // Speaks of nothing.
            }
        }
    }

    private static void quantity(Quantity quantity, Set<String> keys, boolean wider) {
        keys.add(quantity.key());
        List<String> matchers = List.copyOf(quantity.matchers());
        if (wider && !matchers.isEmpty() && matchers.size() <= MOST_MATCHERS) {
            for (int chosen = 0; chosen < 1 << matchers.size(); chosen++) {
                int bits = chosen;
                keys.add(quantity.keyWith(IntStream.range(0, matchers.size()).filter(i -> (bits >> i & 1) == 1)
                        .mapToObj(matchers::get).toList()));
            }
        }
    }
}
