package io.prunella.ruler.decision;

import io.prunella.ruler.Because;
import io.prunella.ruler.Observation.EventSeen;
import io.prunella.ruler.Printed;
import io.prunella.ruler.Scalar;
import io.prunella.ruler.index.Lookups;
import io.prunella.ruler.index.OpenEvent;
import io.prunella.ruler.index.Rule;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an order carries of the firing that it came from. */
final class Orders {
    private static final int TRACE_DIGITS = 32;

    private Orders() {}

    /** The same firing always has the same, in every run. */
    static String traceId(Rule rule, int subject, long now, @Nullable OpenEvent event) {
        String of = "";
        if (event != null) {
            EventSeen seen = event.seen();
            of = seen.type() + "\n" + seen.id().map(id -> "id " + id).orElse("number " + event.number());
        }
        return Digests.hex(rule.pack().name(), rule.pack().version(), rule.model().name(),
                rule.subjects().named(subject).toString(), Long.toString(now), of)
                .substring(0, TRACE_DIGITS);
    }

    /** The subject's newest, and over them those of the rule. */
    static Map<String, String> labels(Rule rule, int subject) {
        Map<String, String> labels = new HashMap<>(rule.subjects().labels(subject));
        labels.putAll(rule.model().labels());
        return labels;
    }

    /** Attributes under their names, labels under {@code labels.x}, and {@code id} and {@code type}. */
    static Map<String, String> event(@Nullable OpenEvent event) {
        if (event == null) {
            return Map.of();
        }
        Map<String, String> all = attributes(event.seen());
        event.named().forEach((alias, seen) -> attributes(seen)
                .forEach((name, value) -> all.put(Lookups.named(alias, name), value)));
        return all;
    }

    private static Map<String, String> attributes(EventSeen seen) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("type", seen.type());
        seen.id().ifPresent(id -> all.put("id", id));
        seen.labels().forEach((name, value) -> all.put("labels." + name, value));
        seen.attributes().forEach((name, value) -> all.put(name, text(value)));
        return all;
    }

    static Map<String, String> texts(List<Because> because) {
        Map<String, String> texts = new LinkedHashMap<>();
        because.forEach(term -> texts.put(term.term(), text(term.value())));
        return texts;
    }

    private static String text(Scalar scalar) {
        return switch (scalar) {
            case Scalar.Text text -> text.value();
            case Scalar.Quantity quantity -> Printed.number(quantity.value());
            case Scalar.Flag flag -> Boolean.toString(flag.value());
        };
    }
}
