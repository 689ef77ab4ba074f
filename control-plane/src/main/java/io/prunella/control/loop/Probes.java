package io.prunella.control.loop;

import io.prunella.compiler.rule.Condition;
import io.prunella.compiler.rule.ValueTerm;
import io.prunella.control.loop.Prober.Probe;
import io.prunella.control.loop.Prober.Protocol;
import io.prunella.plan.HealOrder;
import io.prunella.plan.Template;
import io.prunella.plan.Template.Part;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds what the probes of a condition ask for one heal. */
final class Probes {
    // Invariant: nothing looked up can end a host name, so that no label sends a probe elsewhere.
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_./:-]+");

    private Probes() {}

    /** Each once, in the order written, with everything looked up; one with a value that is no address is left out. */
    static List<Probe> in(Condition condition, HealOrder order) {
        Set<ValueTerm.Probe> terms = new LinkedHashSet<>();
        collect(condition, terms);
        List<Probe> probes = new ArrayList<>();
        for (ValueTerm.Probe term : terms) {
            Protocol protocol = term.protocol().equals("tcp") ? Protocol.TCP : Protocol.HTTP;
            address(term.target(), order).ifPresent(a -> probes.add(new Probe(name(term), protocol, a)));
        }
        return probes;
    }

    /** The series that answers become: the probe in canonical text. */
    private static String name(ValueTerm.Probe term) {
        StringBuilder name = new StringBuilder("probe(").append(term.protocol()).append(" \"");
        for (Part part : term.target().parts()) {
            name.append(switch (part) {
                case Part.Literal(String text) ->
                    text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
                case Part.Lookup lookup -> "{{ " + path(lookup) + " }}";
            });
        }
        return name.append("\")").toString();
    }

    private static String path(Part.Lookup lookup) {
        return lookup.path().isEmpty() ? lookup.root() : lookup.root() + "." + String.join(".", lookup.path());
    }

    private static Optional<String> address(Template template, HealOrder order) {
        StringBuilder address = new StringBuilder();
        for (Part part : template.parts()) {
            switch (part) {
                case Part.Literal(String text) -> address.append(text);
                case Part.Lookup lookup -> {
                    String value = value(lookup, order);
                    if (!HARMLESS.matcher(value).matches()) {
                        return Optional.empty();
                    }
                    address.append(value);
                }
            }
        }
        return Optional.of(address.toString());
    }

    private static String value(Part.Lookup lookup, HealOrder order) {
        String path = String.join(".", lookup.path());
        return switch (lookup.root()) {
            case "entity" -> order.entity();
            case "rule" -> order.plan().rule();
            case "trace_id" -> order.traceId();
            case "label" -> order.labels().getOrDefault(path, "");
            case "event" -> order.event().getOrDefault(path, "");
            default -> "";
        };
    }

    private static void collect(Condition condition, Set<ValueTerm.Probe> probes) {
        switch (condition) {
            case Condition.All(var of) -> of.forEach(c -> collect(c, probes));
            case Condition.Any(var of) -> of.forEach(c -> collect(c, probes));
            case Condition.Negated(var inner) -> collect(inner, probes);
            case Condition.Held held -> collect(held.inner(), probes);
            case Condition.Compare compare -> {
                collect(compare.left(), probes);
                collect(compare.right(), probes);
            }
            case Condition.InSet in -> {
                collect(in.value(), probes);
                in.intervals().forEach(i -> {
                    collect(i.from(), probes);
                    i.to().ifPresent(t -> collect(t, probes));
                });
            }
        }
    }

    private static void collect(ValueTerm term, Set<ValueTerm.Probe> probes) {
        switch (term) {
            case ValueTerm.Probe probe -> probes.add(probe);
            case ValueTerm.Arithmetic(var left, _, var right) -> {
                collect(left, probes);
                collect(right, probes);
            }
            case ValueTerm.Negative(var operand) -> collect(operand, probes);
            case ValueTerm.Newest _,ValueTerm.Constant _,ValueTerm.Text _,ValueTerm.Flag _,ValueTerm.EventAttribute _,ValueTerm.Label _,ValueTerm.EntityName _ -> {
                // Nothing to ask.
            }
        }
    }
}
