package io.prunella.control.loop;

import io.prunella.compiler.rule.Condition;
import io.prunella.compiler.rule.ValueTerm;
import io.prunella.control.loop.Prober.Probe;
import io.prunella.control.loop.Prober.Protocol;
import io.prunella.plan.HealOrder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the probes of a condition: series whose name is a probe as written. */
final class Probes {
    private static final Pattern WRITTEN = Pattern.compile("probe\\((http|tcp) \"(.*)\"\\)", Pattern.DOTALL);
    private static final Pattern LOOKUP = Pattern.compile("\\{\\{\\s*([A-Za-z0-9_.]*)\\s*}}");
    // Invariant: nothing looked up can end a host name, so that no label sends a probe elsewhere.
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_./:-]+");

    private Probes() {}

    /** Each once, in the order written, with everything looked up; one with a value that is no address is left out. */
    static List<Probe> in(Condition condition, HealOrder order) {
        Set<String> names = new LinkedHashSet<>();
        collect(condition, names);
        List<Probe> probes = new ArrayList<>();
        for (String name : names) {
            Matcher written = WRITTEN.matcher(name);
            if (written.matches()) {
                Protocol protocol = written.group(1).equals("http") ? Protocol.HTTP : Protocol.TCP;
                address(written.group(2), order).ifPresent(a -> probes.add(new Probe(name, protocol, a)));
            }
        }
        return probes;
    }

    private static Optional<String> address(String template, HealOrder order) {
        StringBuilder address = new StringBuilder();
        Matcher lookup = LOOKUP.matcher(template);
        while (lookup.find()) {
            String value = value(lookup.group(1), order);
            if (!HARMLESS.matcher(value).matches()) {
                return Optional.empty();
            }
            lookup.appendReplacement(address, Matcher.quoteReplacement(value));
        }
        return Optional.of(lookup.appendTail(address).toString());
    }

    private static String value(String path, HealOrder order) {
        if (path.startsWith("label.")) {
            return order.labels().getOrDefault(path.substring("label.".length()), "");
        }
        if (path.startsWith("event.")) {
            return order.event().getOrDefault(path.substring("event.".length()), "");
        }
        return switch (path) {
            case "entity" -> order.entity();
            case "rule" -> order.plan().rule();
            case "trace_id" -> order.traceId();
            default -> "";
        };
    }

    private static void collect(Condition condition, Set<String> names) {
        switch (condition) {
            case Condition.All(var of) -> of.forEach(c -> collect(c, names));
            case Condition.Any(var of) -> of.forEach(c -> collect(c, names));
            case Condition.Negated(var inner) -> collect(inner, names);
            case Condition.Held held -> collect(held.inner(), names);
            case Condition.Compare compare -> {
                collect(compare.left(), names);
                collect(compare.right(), names);
            }
            case Condition.InSet in -> {
                collect(in.value(), names);
                in.intervals().forEach(i -> {
                    collect(i.from(), names);
                    i.to().ifPresent(t -> collect(t, names));
                });
            }
        }
    }

    private static void collect(ValueTerm term, Set<String> names) {
        switch (term) {
            case ValueTerm.Newest(var selector) -> {
                if (selector.metric().startsWith("probe(")) {
                    names.add(selector.metric());
                }
            }
            case ValueTerm.Arithmetic(var left, _, var right) -> {
                collect(left, names);
                collect(right, names);
            }
            case ValueTerm.Negative(var operand) -> collect(operand, names);
            case ValueTerm.Constant _,ValueTerm.Text _,ValueTerm.Flag _,ValueTerm.EventAttribute _,ValueTerm.Label _,ValueTerm.EntityName _ -> {
                // Nothing to ask.
            }
        }
    }
}
