package io.prunella.executor.driver;

import io.prunella.plan.DurationText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A value that was looked up: data from here on, never code, a shell word, or a template. */
public sealed interface Datum {

    /** As one text: durations in their shortest compound form, numbers in the shortest that reads back. */
    default String text() {
        return switch (this) {
            case Text(var value) -> value;
            case Quantity(var value) -> number(value);
            case Duration(var millis) -> DurationText.of(millis);
            case Flag(var value) -> Boolean.toString(value);
            case Items(var items) -> items.stream().map(Datum::text).collect(Collectors.joining(", "));
            case Fields(var fields) -> fields.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue().text())
                    .collect(Collectors.joining(", "));
        };
    }

    record Text(String value) implements Datum {}

    record Quantity(double value) implements Datum {}

    record Duration(long millis) implements Datum {}

    record Flag(boolean value) implements Datum {}

    record Items(List<Datum> items) implements Datum {
        public Items {
            items = List.copyOf(items);
        }
    }

    record Fields(Map<String, Datum> fields) implements Datum {
        public Fields {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }

    /** A number as people write it: {@code 3}, {@code 0.97}. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
