package io.prunella.ruler.recording;

import io.prunella.ruler.Observation;
import io.prunella.ruler.Printed;
import io.prunella.ruler.Scalar;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes observations as {@link RecordingReader} reads them; labels sorted, so that equal records are equal lines. */
public final class RecordingWriter implements Closeable, Flushable {
    private static final JsonFactory JSON = new JsonFactory();

    private final Writer out;

    /**
     * Writes to a stream of text.
     *
     * @param out closed by {@link #close}
     */
    public RecordingWriter(Writer out) {
        this.out = out;
    }

    /** Writes a line. */
    public void write(Observation observation) throws IOException {
        out.write(line(observation));
        out.write('\n');
    }

    /** A record as its line, without the line feed. */
    public static String line(Observation observation) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("ts", ts(observation.ts()));
            switch (observation) {
                case Observation.Sample sample -> {
                    series(json, sample.entity(), sample.metric());
                    value(json, sample.value());
                    labels(json, sample.labels());
                }
                case Observation.StaleMarker marker -> {
                    series(json, marker.entity(), marker.metric());
                    json.writeBooleanProperty("stale", true);
                    labels(json, marker.labels());
                }
                case Observation.EventSeen event -> event(json, event);
                case Observation.AlertSeen alert -> alert(json, alert);
                case Observation.Tick _ -> json.writeBooleanProperty("tick", true);
                case Observation.ProbeAnswer answer -> {
                    json.writeStringProperty("entity", answer.entity());
                    json.writeStringProperty("probe", answer.probe());
                    value(json, answer.value());
                }
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    private static String ts(long millis) {
        String text = Printed.ts(millis);
        return text.endsWith(".000Z") ? text.substring(0, text.length() - 5) + "Z" : text;
    }

    private static void series(JsonGenerator json, String entity, String metric) {
        json.writeStringProperty("entity", entity);
        json.writeStringProperty("metric", metric);
    }

    private static void value(JsonGenerator json, double value) {
        json.writeName("value");
        number(json, value);
    }

    private static void number(JsonGenerator json, double value) {
        if (Double.isFinite(value)) {
            json.writeNumber(Printed.number(value));
        } else {
            json.writeString(Printed.number(value));
        }
    }

    private static void event(JsonGenerator json, Observation.EventSeen event) {
        json.writeStringProperty("entity", event.entity());
        json.writeStringProperty("event", event.type());
        event.id().ifPresent(id -> json.writeStringProperty("id", id));
        if (event.resolved()) {
            json.writeStringProperty("state", "resolved");
        }
        if (!event.attributes().isEmpty()) {
            json.writeObjectPropertyStart("attrs");
            event.attributes().forEach((name, value) -> {
                json.writeName(name);
                switch (value) {
                    case Scalar.Text text -> json.writeString(text.value());
                    case Scalar.Quantity quantity -> number(json, quantity.value());
                    case Scalar.Flag flag -> json.writeBoolean(flag.value());
                }
            });
            json.writeEndObject();
        }
        labels(json, event.labels());
    }

    private static void alert(JsonGenerator json, Observation.AlertSeen alert) {
        json.writeStringProperty("entity", alert.entity());
        json.writeStringProperty("alert", alert.name());
        json.writeStringProperty("state", alert.resolved() ? "resolved" : "firing");
        json.writeStringProperty("fingerprint", alert.fingerprint());
        json.writeStringProperty("startsAt", ts(alert.startsAt()));
        alert.endsAt().ifPresent(end -> json.writeStringProperty("endsAt", ts(end)));
        texts(json, "annotations", alert.annotations());
        labels(json, alert.labels());
    }

    private static void labels(JsonGenerator json, Map<String, String> labels) {
        texts(json, "labels", labels);
    }

    private static void texts(JsonGenerator json, String key, Map<String, String> labels) {
        if (!labels.isEmpty()) {
            json.writeObjectPropertyStart(key);
            new TreeMap<>(labels).forEach(json::writeStringProperty);
            json.writeEndObject();
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
