package io.prunella.plan;

import java.util.List;
import java.util.Map;

/** An argument: known when the pack is compiled, or looked up when the rule fires. */
public sealed interface Value {

    record Text(Template template) implements Value {}

    record Quantity(double value) implements Value {}

    record Duration(long millis) implements Value {}

    record Flag(boolean value) implements Value {}

    /** {@code event.x}, {@code label.x}, {@code entity}, {@code value(x)}, {@code steps.id.field}. */
    record Reference(Template.Part.Lookup lookup) implements Value {}

    record Items(List<Value> items) implements Value {
        public Items {
            items = List.copyOf(items);
        }
    }

    record Fields(Map<String, Value> fields) implements Value {
        public Fields {
            fields = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(fields));
        }
    }
}
