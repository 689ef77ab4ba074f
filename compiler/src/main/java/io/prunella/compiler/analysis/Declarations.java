package io.prunella.compiler.analysis;

import io.prunella.compiler.check.Choices;
import io.prunella.compiler.check.Problems;
import io.prunella.compiler.check.Symbols;
import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.ast.Step;
import io.prunella.dsl.ast.Trigger;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Declarations that nothing can come of: guards of what nobody does, channels in a circle, names said twice. */
final class Declarations {
    private Declarations() {}

    /** A guard of an action that this pack declares, so that it is no other pack's, and that none of its rules does. */
    static void guard(Declaration.Guard guard, Set<String> done, Symbols symbols, Diagnostics problems) {
        for (Name denied : guard.deny()) {
            if (symbols.action(denied.text()).isPresent() && !done.contains(denied.text())) {
                problems.report(DiagnosticCode.IDLE_GUARD, denied.span())
                        .message("guard `%s` denies `%s`, which no rule does", guard.name().text(), denied.text())
                        .help(Closest.question(denied.text(), done).orElse("leave it out"));
            }
        }
    }

    /** Actions that rules do, in whatever clause. */
    static Set<String> done(List<Profile> rules) {
        return rules.stream().flatMap(rule -> Steps.flat(rule.clauses().steps()).stream())
                .filter(step -> step.verb() == Step.Verb.EXECUTE || step.verb() == Step.Verb.COLLECT)
                .flatMap(step -> Steps.name(step).stream()).collect(Collectors.toSet());
    }

    /** Channels whose {@code else} leads back to themselves. */
    static void channels(Symbols symbols, Problems problems) {
        Set<String> settled = new HashSet<>();
        for (String start : symbols.channels().keySet()) {
            Map<String, Expr.Entry> way = new LinkedHashMap<>();
            String at = start;
            while (!settled.contains(at) && !way.containsKey(at)) {
                Optional<Expr.Entry> next = fallback(at, symbols);
                if (next.isEmpty()) {
                    break;
                }
                way.put(at, next.get());
                at = Choices.word(next.get().value()).orElse("");
            }
            if (!settled.contains(at) && way.containsKey(at)) {
                circle(at, way, symbols, problems);
            }
            settled.addAll(way.keySet());
        }
    }

    private static Optional<Expr.Entry> fallback(String channel, Symbols symbols) {
        return Optional.ofNullable(symbols.channels().get(channel)).flatMap(declared -> declared.declaration()
                .properties().stream().filter(property -> property.name().text().equals("else")).findFirst());
    }

    private static void circle(String start, Map<String, Expr.Entry> way, Symbols symbols, Problems problems) {
        List<String> members = way.keySet().stream().dropWhile(name -> !name.equals(start)).toList();
        Expr.Entry first = entry(way, start);
        String chain = Stream.concat(members.stream(), Stream.of(start)).map(name -> "`" + name + "`")
                .collect(Collectors.joining(" → "));
        Diagnostics.Reported reported = problems.in(file(symbols, start))
                .report(DiagnosticCode.CHANNEL_CYCLE, first.value().span())
                .message("channels fall back on each other in a circle: %s", chain);
        members.stream().skip(1).forEach(name -> reported.label(file(symbols, name), entry(way, name).value().span(),
                "`" + name + "` falls back on this one"));
        reported.help("let the last one have no `else`, or one that fails for other reasons");
    }

    private static Expr.Entry entry(Map<String, Expr.Entry> way, String name) {
        Expr.Entry entry = way.get(name);
        if (entry == null) {
            throw new IllegalStateException("not on the way: " + name);
        }
        return entry;
    }

    private static String file(Symbols symbols, String channel) {
        return Optional.ofNullable(symbols.channels().get(channel)).map(declared -> declared.file()).orElseThrow();
    }

    /** Types that a trigger names twice, as in {@code "a" | "a"}. */
    static void trigger(Trigger trigger, Diagnostics problems) {
        switch (trigger) {
            case Trigger.OnEvent event -> {
                types(event.first().types(), problems);
                event.chain().forEach(next -> types(next.pattern().types(), problems));
                event.without().ifPresent(without -> types(without.pattern().types(), problems));
            }
            case Trigger.OnAlert alert -> types(alert.names(), problems);
            case Trigger.OnBurn _,Trigger.OnCron _,Trigger.OnEvery _ -> {
                // Names no alternatives.
            }
        }
    }

    private static void types(List<Name> types, Diagnostics problems) {
        Map<String, Name> seen = new LinkedHashMap<>();
        for (Name type : types) {
            Name first = seen.putIfAbsent(type.text(), type);
            if (first != null) {
                problems.report(DiagnosticCode.NAMED_TWICE, type.span())
                        .message("`%s` is an alternative to itself", type.text())
                        .label(first.span(), "it is named here").help("leave one out, or name what was meant");
            }
        }
    }
}
