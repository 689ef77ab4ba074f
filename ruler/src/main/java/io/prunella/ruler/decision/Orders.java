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
    private Orders() {}

    /** The subject's newest, and over them those of the rule. */
    static Map<String, String> labels(Rule rule, int subject) {
        Map<String, String> own = rule.subjects().labels(subject);
        if (rule.model().labels().isEmpty()) {
            return own;
        }
        Map<String, String> labels = new HashMap<>(own);
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
        if (because.size() == 1) {
            return Map.of(because.getFirst().term(), text(because.getFirst().value()));
        }
        Map<String, String> texts = LinkedHashMap.newLinkedHashMap(because.size());
        for (Because term : because) {
            texts.put(term.term(), text(term.value()));
        }
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
