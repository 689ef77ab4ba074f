package io.prunella.ruler;

import io.prunella.plan.DurationText;
import io.prunella.plan.HealResult;
import io.prunella.plan.Value;
import io.prunella.ruler.index.Lookups;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The line that a firing is printed as; the same firing always gives the same text. */
public final class FiringJson {
    private static final JsonFactory JSON = new JsonFactory();

    private FiringJson() {}

    /** What a simulation prints: the result is that of a dry run unless the firing was skipped. */
    public static String write(Firing firing, boolean becauseFull) {
        return write(firing, firing.skipped().orElse(HealResult.DRY_RUN), becauseFull);
    }

    /** The short form. */
    public static String write(Firing firing) {
        return write(firing, false);
    }

    /** What a run prints once the heal's result is known. */
    public static String write(Firing firing, HealResult result, boolean becauseFull) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            out.writeStartObject();
            out.writeStringProperty("ts", Printed.ts(firing.ts()));
            out.writeStringProperty("rule", firing.rule());
            out.writeStringProperty("entity", firing.entity());
            out.writeObjectPropertyStart("subject");
            firing.subject().forEach(out::writeStringProperty);
            out.writeEndObject();
            out.writeStringProperty("severity", firing.severity());
            out.writeStringProperty("mode", firing.mode().label());
            out.writeStringProperty("result", result.name());
            out.writeStringProperty("suppression", firing.suppression());
            out.writeStringProperty("trace_id", firing.traceId());
            out.writeArrayPropertyStart("plan");
            for (Map<String, Value> step : firing.outline()) {
                fields(out, step);
            }
            out.writeEndArray();
            because(out, firing, becauseFull);
            out.writeEndObject();
        }
        return text.toString();
    }

    private static void because(JsonGenerator out, Firing firing, boolean full) {
        out.writeObjectPropertyStart("because");
        for (Because term : firing.because()) {
            out.writeName(term.term());
            if (full) {
                inFull(out, term);
            } else {
                scalar(out, term.value());
            }
        }
        if (full && firing.skippedBy().isPresent()) {
            out.writeObjectPropertyStart("skipped");
            out.writeStringProperty("value", firing.skippedBy().get());
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private static void inFull(JsonGenerator out, Because term) {
        out.writeStartObject();
        out.writeName("value");
        scalar(out, term.value());
        term.operator().ifPresent(operator -> out.writeStringProperty("operator", operator));
        term.threshold().ifPresent(threshold -> {
            out.writeName("threshold");
            scalar(out, threshold);
        });
        term.window().ifPresent(window -> out.writeStringProperty("window", window));
        term.hold().ifPresent(hold -> out.writeStringProperty("hold", hold));
        if (!term.series().isEmpty()) {
            out.writeArrayPropertyStart("series");
            term.series().forEach(out::writeString);
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    private static void scalar(JsonGenerator out, Scalar scalar) {
        switch (scalar) {
            case Scalar.Text text -> out.writeString(text.value());
            case Scalar.Quantity quantity -> number(out, quantity.value());
            case Scalar.Flag flag -> out.writeBoolean(flag.value());
        }
    }

    private static void number(JsonGenerator out, double value) {
        if (Double.isFinite(value)) {
            out.writeNumber(Printed.number(value));
        } else {
            out.writeString(Printed.number(value));
        }
    }

    private static void fields(JsonGenerator out, Map<String, Value> fields) {
        out.writeStartObject();
        fields.forEach((name, value) -> {
            out.writeName(name);
            value(out, value);
        });
        out.writeEndObject();
    }

    private static void value(JsonGenerator out, Value value) {
        switch (value) {
            case Value.Text text -> out.writeString(Lookups.written(text.template()));
            case Value.Quantity quantity -> number(out, quantity.value());
            case Value.Duration duration -> out.writeString(DurationText.of(duration.millis()));
            case Value.Flag flag -> out.writeBoolean(flag.value());
            case Value.Reference reference -> out.writeString(Lookups.written(reference.lookup()));
            case Value.Items items -> {
                out.writeStartArray();
                items.items().forEach(item -> value(out, item));
                out.writeEndArray();
            }
            case Value.Fields inner -> fields(out, inner.fields());
        }
    }
}
