package io.prunella.ruler.index;

import io.prunella.ruler.Observation.AlertSeen;
import io.prunella.ruler.Observation.EventSeen;
import io.prunella.ruler.Printed;
import io.prunella.ruler.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Alerts as events: what a rule says of {@code event.x} reads the same for both. */
final class Alerts {
    private static final String STARTS_AT = "startsAt";

    private Alerts() {}

    /** The name is the type and the fingerprint the id. */
    static EventSeen event(AlertSeen alert, String entity) {
        Map<String, Scalar> attributes = new LinkedHashMap<>();
        attributes.put("fingerprint", new Scalar.Text(alert.fingerprint()));
        attributes.put(STARTS_AT, new Scalar.Text(Printed.ts(alert.startsAt())));
        new TreeMap<>(alert.annotations())
                .forEach((name, value) -> attributes.put("annotations." + name, new Scalar.Text(value)));
        return new EventSeen(alert.ts(), entity, alert.name(), Optional.of(alert.fingerprint()), over(alert),
                attributes, alert.labels());
    }

    /** One whose end has passed when it comes is over, too. */
    private static boolean over(AlertSeen alert) {
        return alert.resolved() || alert.endsAt().orElse(Long.MAX_VALUE) <= alert.ts();
    }

    /** When an alert started, in text that sorts like time; empty for an event. */
    static String startsAt(EventSeen seen) {
        return seen.attributes().get(STARTS_AT) instanceof Scalar.Text text ? text.value() : "";
    }
}
