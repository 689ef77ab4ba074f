package io.prunella.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.compiler.analysis.Reading.Truth;
import io.prunella.compiler.analysis.SmallWorld.Sample;
import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.parse.DlParser;
import io.prunella.dsl.parse.ParseResult;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** What analysis calls impossible does not happen in any small world, and what it calls certain happens in each. */
class ClaimsHoldTest {
    private static final int TRIES = 3_000;

    private static Expr parsed(String condition) {
        ParseResult result = DlParser.parse("a.dl",
                ("rule a\n  on event: \"e\"\n  when: " + condition + "\n").getBytes(StandardCharsets.UTF_8));
        assertThat(result.diagnostics()).as(condition).isEmpty();
        Declaration.Rule rule = (Declaration.Rule) result.file().declarations().getFirst();
        return rule.clauses().stream().filter(Clause.When.class::isInstance).map(Clause.When.class::cast).findFirst()
                .orElseThrow().condition();
    }

    @Property(tries = TRIES)
    void whatCannotBeTrueIsNot(@ForAll("conditions") String text, @ForAll("worlds") List<SmallWorld> worlds,
            @ForAll boolean all) {
        claims(text, new Reading(all, true), Truth.TRUE, worlds, truth -> truth.equals(Optional.of(true)));
    }

    @Property(tries = TRIES)
    void whatCannotBeFalseIsNot(@ForAll("conditions") String text, @ForAll("worldsOfNumbers") List<SmallWorld> worlds,
            @ForAll boolean all) {
        claims(text, new Reading(all, false), Truth.FALSE, worlds, truth -> truth.equals(Optional.of(false)));
    }

    @Property(tries = TRIES)
    void whatCannotButBeTrueIs(@ForAll("conditions") String text, @ForAll("conditions") String other,
            @ForAll("worlds") List<SmallWorld> worlds) {
        Expr premise = parsed(text);
        Expr conclusion = parsed(other);
        boolean implies = Implications.implies(List.of(Together.Leg.of(premise, Truth.TRUE)), List.of(conclusion));
        Statistics.label("implies").collect(implies);
        if (implies) {
            assertThat(worlds).as("%s implies %s", text, other).noneMatch(
                    world -> world.truth(premise, false).equals(Optional.of(true))
                            && !world.truth(conclusion, false).equals(Optional.of(true)));
        }
    }

    @Property(tries = TRIES)
    void whatCannotBeTrueOfOneSeriesIsNot(@ForAll("plainConditions") String text,
            @ForAll("worldsOfOneSeries") List<SmallWorld> worlds) {
        Expr expr = parsed(text);
        boolean impossible = Solver.isImpossibleForOneSeries(Reading.ANY.claim(expr, Truth.TRUE));
        Statistics.label("impossible").collect(impossible);
        if (impossible) {
            assertThat(worlds).as(text)
                    .noneMatch(world -> world.truth(expr, false).equals(Optional.of(true)));
        }
    }

    private static void claims(String text, Reading reading, Truth truth, List<SmallWorld> worlds,
            Predicate<Optional<Boolean>> is) {
        Expr expr = parsed(text);
        boolean impossible = Solver.isImpossible(reading.claim(expr, truth));
        Statistics.label("impossible").collect(impossible);
        Statistics.label("impossible").coverage(found -> found.check(true).count(count -> count >= TRIES / 100));
        if (impossible) {
            assertThat(worlds).as("%s is never %s with %s", text, truth, reading)
                    .noneMatch(world -> is.test(world.truth(expr, reading.all())));
        }
    }

    // Conditions

    private static final List<String> NUMBERS = List.of("x", "x", "x{a=\"1\"}", "x{a=\"1\", b=\"2\"}", "x{a!=\"1\"}",
            "x{a=~\"1|2\"}", "event.n", "event.n", "count(event \"e\", 5m)", "max(x)", "x * 2", "x + 1", "-x",
            "2 * x - 1", "x / 0.1", "3 - x", "(x + 0.1) * 3", "event.n - 3", "weekday");
    private static final List<String> CONSTANTS = List.of("0", "1", "0.3", "2", "3", "5", "0.30000000000000004");
    private static final List<String> OTHERS = List.of("event.s == \"p\"", "event.s != \"p\"",
            "event.s =~ \"p|q\"", "event.s =~ \"p.*\"", "event.s in [\"p\", \"q\"]", "event.f", "x < y", "x >= y",
            "y == x", "any(x > y)", "all(x > y)", "time in 09:00..11:00", "time in 22:00..10:00",
            "time in 11:00..22:00", "x in [1..2, 5]", "all(x in [0..3])", "event.n in [0, 1]",
            "weekday in [1..5]", "true", "x{a=\"1\", a=\"2\"} > 0");

    private static Arbitrary<String> leaf(boolean plain) {
        Arbitrary<String> comparison = Combinators.combine(Arbitraries.of(NUMBERS),
                Arbitraries.of("==", "!=", "<", "<=", ">", ">="), Arbitraries.of(CONSTANTS),
                Arbitraries.of(plain ? List.of("") : List.of("", "", "any", "all")))
                .as((value, op, constant, quantifier) -> quantifier.isEmpty()
                        ? value + " " + op + " " + constant
                        : quantifier + "(" + value + " " + op + " " + constant + ")");
        return Arbitraries.frequencyOf(Tuple.of(4, comparison),
                Tuple.of(1, Arbitraries.of(
                        OTHERS.stream().filter(o -> !plain || !o.startsWith("any")).toList())));
    }

    private static Arbitrary<String> conditions(boolean plain, int depth) {
        if (depth == 0) {
            return leaf(plain);
        }
        Arbitrary<String> inner = conditions(plain, depth - 1);
        return Arbitraries.frequencyOf(Tuple.of(2, inner),
                Tuple.of(4,
                        inner.list().ofMinSize(2).ofMaxSize(4).map(parts -> "(" + String.join(" AND ", parts) + ")")),
                Tuple.of(3,
                        inner.list().ofMinSize(2).ofMaxSize(3).map(parts -> "(" + String.join(" OR ", parts) + ")")),
                Tuple.of(1, inner.map(part -> "(NOT " + part + ")")),
                Tuple.of(1, inner.map(part -> "((" + part + ") for 30s)")));
    }

    @Provide
    Arbitrary<String> conditions() {
        return conditions(false, 2);
    }

    @Provide
    Arbitrary<String> plainConditions() {
        return conditions(true, 2);
    }

    // Worlds

    private static Arbitrary<Double> value(boolean nan) {
        List<Double> values = List.of(-1.0, 0.0, 0.2, 0.3, 0.30000000000000004, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0,
                6.0, 1e9, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN);
        return Arbitraries.of(nan ? values : values.subList(0, values.size() - 1));
    }

    private static Arbitrary<List<SmallWorld>> worlds(boolean nan, int most) {
        Arbitrary<Map<String, String>> labels = Arbitraries.of(List.of(Map.of(), Map.of("a", "1"), Map.of("a", "2"),
                Map.of("a", "1", "b", "2"), Map.of("b", "2")));
        Arbitrary<List<Sample>> samples = Combinators.combine(Arbitraries.of("x", "x", "y"), labels, value(nan))
                .as(Sample::new).list().ofMaxSize(most)
                .uniqueElements(s -> List.of(s.metric(), most == 2 ? "" : s.labels()));
        Arbitrary<Map<String, Object>> attributes = Combinators.combine(
                value(false).filter(v -> v == Math.rint(v) || v < 1).optional(0.8),
                Arbitraries.of("p", "q", "pq", "").optional(0.8), Arbitraries.of(true, false).optional(0.8))
                .as((n, s, f) -> {
                    Map<String, Object> map = new HashMap<>();
                    n.ifPresent(v -> map.put("n", v));
                    s.ifPresent(v -> map.put("s", v));
                    f.ifPresent(v -> map.put("f", v));
                    return map;
                });
        Arbitrary<Set<Integer>> reached = Arbitraries.of(Set.of(), Set.of(0), Set.of(1), Set.of(0, 1));
        return Combinators.combine(samples, attributes, Arbitraries.integers().between(0, 6),
                Arbitraries.of(0, 539, 540, 600, 659, 660, 1319, 1320, 1439), Arbitraries.integers().between(1, 7),
                reached).as(SmallWorld::new).list().ofSize(60);
    }

    @Provide
    Arbitrary<List<SmallWorld>> worlds() {
        return worlds(true, 4);
    }

    @Provide
    Arbitrary<List<SmallWorld>> worldsOfNumbers() {
        return worlds(false, 4);
    }

    @Provide
    Arbitrary<List<SmallWorld>> worldsOfOneSeries() {
        return worlds(true, 2);
    }
}
