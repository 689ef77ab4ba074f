package io.prunella.control.loop;

import io.prunella.executor.driver.Datum;
import io.prunella.ruler.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;

/** Attributes of an emitted event as records have them: nested ones under their joined names, durations in seconds. */
final class Emitted {
    private Emitted() {}

    static Map<String, Scalar> attributes(Map<String, Datum> data) {
        Map<String, Scalar> attributes = new LinkedHashMap<>();
        data.forEach((name, datum) -> put(name, datum, attributes));
        return attributes;
    }

    private static void put(String name, Datum datum, Map<String, Scalar> into) {
        switch (datum) {
            case Datum.Text text -> into.put(name, new Scalar.Text(text.text()));
            case Datum.Quantity(double number) -> into.put(name, new Scalar.Quantity(number));
            case Datum.Duration(long millis) -> into.put(name, new Scalar.Quantity(millis / 1000.0));
            case Datum.Flag(boolean flag) -> into.put(name, new Scalar.Flag(flag));
            case Datum.Items items -> {
                for (int i = 0; i < items.items().size(); i++) {
                    put(name + "." + i, items.items().get(i), into);
                }
            }
            case Datum.Fields fields -> fields.fields().forEach((inner, of) -> put(name + "." + inner, of, into));
        }
    }
}
