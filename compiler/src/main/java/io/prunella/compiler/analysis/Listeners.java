package io.prunella.compiler.analysis;

import io.prunella.compiler.analysis.Together.Leg;
import io.prunella.compiler.analysis.Values.Numbers;
import io.prunella.compiler.analysis.Values.Texts;
import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.ast.Step;
import io.prunella.dsl.ast.Trigger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which rules an emitted event can start. */
final class Listeners {
    private static final Set<String> BUILT_IN = Set.of("id", "type", "labels", "entity");
    // Of the rules that look into one type's attributes, so many are compared with what is emitted.
    private static final int MOST = 32;

    private final Map<String, List<Integer>> toAll = new HashMap<>();
    private final Map<String, List<Integer>> toSome = new HashMap<>();
    private final Map<Integer, Listener> listeners = new HashMap<>();

    private Listeners() {}

    static Listeners of(List<Profile> rules) {
        Listeners listeners = new Listeners();
        for (int number = 0; number < rules.size(); number++) {
            listeners.add(number, rules.get(number));
        }
        return listeners;
    }

    private void add(int number, Profile rule) {
        if (!(rule.trigger().orElse(null) instanceof Trigger.OnEvent event)
                || event.times().filter(times -> times.count() > 1).isPresent()) {
            return;
        }
        // One event starts it: the only one, or the last of a sequence.
        Trigger.EventPattern pattern = event.chain().isEmpty() ? event.first() : event.chain().getLast().pattern();
        Map<String, Expr.Path> paths = paths(rule);
        boolean looks = pattern.where().isPresent() || !paths.isEmpty();
        if (looks) {
            List<Claim> wants = new ArrayList<>(rule.legs().stream().map(Leg::claim).toList());
            pattern.where().ifPresent(where -> wants.add(Reading.ANY.claim(where, Reading.Truth.TRUE)));
            listeners.put(number, new Listener(new Claim.Both(wants), paths));
        }
        for (String type : new LinkedHashSet<>(pattern.types().stream().map(Name::text).toList())) {
            (looks ? toSome : toAll).computeIfAbsent(type, _ -> new ArrayList<>()).add(number);
        }
    }

    /**
     * A rule that looks into its event.
     *
     * @param wants what has to be so for it to fire
     * @param paths attributes of the event that it speaks of, by name
     */
    private record Listener(Claim wants, Map<String, Expr.Path> paths) {}

    private static Map<String, Expr.Path> paths(Profile rule) {
        Map<String, Expr.Path> paths = new LinkedHashMap<>();
        where(rule).ifPresent(where -> collect(where, paths));
        rule.conclusions().forEach(condition -> collect(condition, paths));
        return paths;
    }

    private static Optional<Expr> where(Profile rule) {
        return rule.trigger().flatMap(trigger -> trigger instanceof Trigger.OnEvent event
                ? event.chain().isEmpty() ? event.first().where() : event.chain().getLast().pattern().where()
                : Optional.empty());
    }

    private static void collect(Expr condition, Map<String, Expr.Path> paths) {
        Ast.walk(condition, node -> {
            if (node instanceof Expr.Path path && path.root().text().equals("event") && path.fields().size() == 1
                    && !BUILT_IN.contains(path.fields().getFirst().text())) {
                paths.putIfAbsent(path.fields().getFirst().text(), path);
            }
        });
    }

    /** Numbers of the rules that every event of the type can start. */
    List<Integer> toAll(String type) {
        return toAll.getOrDefault(type, List.of());
    }

    /** Numbers of the rules that look into the event, and that this one can start. */
    List<Integer> toSome(String type, Step.Invoke emit) {
        Optional<Map<String, Expr>> given = attributes(emit);
        return toSome.getOrDefault(type, List.of()).stream().limit(MOST)
                .filter(number -> lets(Optional.ofNullable(listeners.get(number)).orElseThrow(), given)).toList();
    }

    private static boolean lets(Listener listener, Optional<Map<String, Expr>> given) {
        List<Claim> claims = new ArrayList<>(List.of(listener.wants()));
        given.ifPresent(attributes -> listener.paths().forEach(
                (name, path) -> claims.addAll(known(path, Optional.ofNullable(attributes.get(name))))));
        return !Solver.isImpossible(new Claim.Both(claims));
    }

    /** What is emitted with the event, where the text says it. */
    private static Optional<Map<String, Expr>> attributes(Step.Invoke emit) {
        Map<String, Expr> attributes = new HashMap<>();
        if (emit.positional().size() > 1) {
            if (!(emit.positional().get(1) instanceof Expr.MapLiteral map)) {
                return Optional.empty();
            }
            map.entries().forEach(entry -> attributes.put(entry.name().text(), entry.value()));
        }
        return Optional.of(attributes);
    }

    private static List<Claim> known(Expr.Path path, Optional<Expr> value) {
        if (value.isEmpty()) {
            return List.of(new Claim.Missing(Quantity.text(path)), new Claim.Missing(Quantity.number(path)),
                    new Claim.Missing(Quantity.truth(path)));
        }
        return switch (value.get()) {
            case Expr.StringLiteral text when !text.text().contains("{{") ->
                List.of(new Claim.Every(Quantity.text(path), Texts.only(Set.of(text.text())), false));
            case Expr.NumberLiteral n -> List.of(new Claim.Every(Quantity.number(path), Numbers.of(Expr.CompareOp.EQ,
                    n.dimension() == Dimension.DURATION ? n.value() / 1000 : n.value()), false));
            case Expr.BooleanLiteral b -> List.of(
                    new Claim.Every(Quantity.truth(path), Texts.only(Set.of(String.valueOf(b.value()))), false));
            case Expr other -> List.of();
        };
    }

}
