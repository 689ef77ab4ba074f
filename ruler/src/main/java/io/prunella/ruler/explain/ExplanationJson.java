package io.prunella.ruler.explain;

import io.prunella.plan.DurationText;
import io.prunella.plan.Truth;
import io.prunella.ruler.Printed;
import io.prunella.ruler.Scalar;
import io.prunella.ruler.explain.Compared.Reading;
import io.prunella.ruler.explain.Compared.Side;
import io.prunella.ruler.explain.Explanation.Arming;
import io.prunella.ruler.explain.Explanation.Fired;
import io.prunella.ruler.explain.Explanation.Trigger;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Explanations as JSON: one object on one line, keys in a fixed order, what is absent left out. */
public final class ExplanationJson {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator out;
    private final long at;

    private ExplanationJson(JsonGenerator out, long at) {
        this.out = out;
        this.at = at;
    }

    /** A line without its end. */
    public static String write(Explanation explanation) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            new ExplanationJson(out, explanation.at()).all(explanation);
        }
        return text.toString();
    }

    private void all(Explanation e) {
        out.writeStartObject();
        ts("at", e.at());
        out.writeStringProperty("pack", e.pack());
        out.writeStringProperty("rule", e.rule());
        out.writeStringProperty("entity", e.entity());
        out.writeObjectPropertyStart("subject");
        e.subject().forEach(out::writeStringProperty);
        out.writeEndObject();
        array("fired", e.fired(), this::fired);
        array("why_not", new WhyNot(Printed::ts).reasons(e), out::writeString);
        e.before().ifPresent(before -> {
            out.writeName("before");
            fired(before);
        });
        if (e.trigger().isNeeded()) {
            out.writeName("trigger");
            trigger(e.trigger());
        }
        named("when", Optional.of(e.when()));
        named("unless", e.unless());
        e.unless().ifPresent(_ -> out.writeBooleanProperty("blocked", e.blocked()));
        named("until", e.until());
        out.writeName("arming");
        arming(e.arming());
        array("obstacles", e.obstacles(), this::obstacle);
        if (!e.spared().isEmpty()) {
            array("spared", e.spared(), this::spared);
        }
        out.writeEndObject();
    }

    private void ts(String name, long instant) {
        if (instant != Long.MAX_VALUE) {
            out.writeStringProperty(name, Printed.ts(instant));
        }
    }

    private void ts(String name, OptionalLong instant) {
        instant.ifPresent(millis -> ts(name, millis));
    }

    private <T> void array(String name, List<T> items, java.util.function.Consumer<T> each) {
        out.writeArrayPropertyStart(name);
        items.forEach(each);
        out.writeEndArray();
    }

    private void fired(Fired fired) {
        out.writeStartObject();
        ts("ts", fired.ts());
        fired.skipped().ifPresent(result -> out.writeStringProperty("skipped", result.name()));
        fired.skippedBy().ifPresent(why -> out.writeStringProperty("skipped_by", why));
        out.writeStringProperty("trace_id", fired.traceId());
        fired.event().ifPresent(event -> out.writeStringProperty("event", event));
        out.writeEndObject();
    }

    private void trigger(Trigger trigger) {
        out.writeStartObject();
        out.writeStringProperty("text", trigger.text());
        array("open", trigger.open(), this::event);
        trigger.nearest().ifPresent(nearest -> {
            out.writeName("nearest");
            event(nearest);
        });
        trigger.similar().ifPresent(similar -> out.writeStringProperty("similar", similar));
        out.writeEndObject();
    }

    private void event(EventView event) {
        out.writeStartObject();
        out.writeStringProperty("type", event.type());
        out.writeStringProperty("entity", event.entity());
        event.id().ifPresent(id -> out.writeStringProperty("id", id));
        ts("ts", event.ts());
        ts("until", event.until());
        out.writeStringProperty("standing", event.standing().name().toLowerCase(Locale.ROOT));
        named("where", event.where());
        out.writeEndObject();
    }

    private void arming(Arming arming) {
        out.writeStartObject();
        out.writeStringProperty("state", arming.state().name().toLowerCase(Locale.ROOT));
        ts("since", arming.since());
        truth("without_holds", arming.withoutHolds());
        out.writeEndObject();
    }

    private void obstacle(Obstacle obstacle) {
        out.writeStartObject();
        out.writeStringProperty("result", obstacle.result().name());
        out.writeStringProperty("text", obstacle.text());
        ts("until", obstacle.until());
        if (!obstacle.traceId().isEmpty()) {
            out.writeStringProperty("trace_id", obstacle.traceId());
        }
        out.writeEndObject();
    }

    private void spared(Explanation.Spared spared) {
        out.writeStartObject();
        out.writeStringProperty("entity", spared.entity());
        out.writeStringProperty("why", spared.why());
        ts("since", spared.since());
        out.writeStringProperty("trace_id", spared.traceId());
        out.writeEndObject();
    }

    private void truth(String name, Truth truth) {
        out.writeStringProperty(name, WhyNot.word(truth));
    }

    private void named(String name, Optional<Branch> branch) {
        branch.ifPresent(tree -> {
            out.writeName(name);
            branch(tree);
        });
    }

    private void branch(Branch branch) {
        out.writeStartObject();
        truth("truth", branch.truth());
        switch (branch) {
            case Branch.All all -> array("all", all.of(), this::branch);
            case Branch.Any any -> array("any", any.of(), this::branch);
            case Branch.Not not -> named("not", Optional.of(not.inner()));
            case Branch.Held held -> {
                out.writeStringProperty("hold", held.length());
                ts("since", held.since());
                ts("elapses", held.elapses());
                named("held", Optional.of(held.inner()));
            }
            case Branch.Leg leg -> {
                out.writeStringProperty("leg", leg.id());
                out.writeStringProperty("text", leg.text());
                array("compared", leg.compared(), this::compared);
                array("lacks", leg.lacks(), this::lack);
                if (!leg.witnesses().isEmpty()) {
                    array("witnesses", leg.witnesses(), this::witness);
                }
            }
        }
        out.writeEndObject();
    }

    private void witness(Branch.Witness witness) {
        out.writeStartObject();
        out.writeStringProperty("text", witness.text());
        ts("ts", witness.ts());
        out.writeEndObject();
    }

    private void compared(Compared pair) {
        out.writeStartObject();
        truth("truth", pair.truth());
        pair.left().term().ifPresent(term -> out.writeStringProperty("term", term));
        scalar("value", pair.left().value());
        out.writeStringProperty("operator", pair.operator());
        pair.right().map(Side::value).ifPresent(value -> scalar("threshold", value));
        pair.right().flatMap(Side::term).ifPresent(term -> out.writeStringProperty("threshold_term", term));
        array("readings", pair.left().readings(), this::reading);
        pair.right().map(Side::readings).filter(readings -> !readings.isEmpty())
                .ifPresent(readings -> array("threshold_readings", readings, this::reading));
        out.writeEndObject();
    }

    private void reading(Reading reading) {
        out.writeStartObject();
        out.writeStringProperty("term", reading.term());
        scalar("value", new Scalar.Quantity(reading.value()));
        out.writeStringProperty("entity", reading.entity());
        out.writeStringProperty("series", reading.series());
        ts("ts", reading.ts());
        out.writeStringProperty("age", DurationText.of(at - reading.ts()));
        ts("stale_at", reading.staleAt());
        reading.window().ifPresent(window -> {
            out.writeStringProperty("window", window);
            array("samples", reading.samples(), sample -> {
                out.writeStartObject();
                ts("ts", sample.ts());
                scalar("value", new Scalar.Quantity(sample.value()));
                out.writeEndObject();
            });
        });
        out.writeEndObject();
    }

    private void lack(Lack lack) {
        out.writeStartObject();
        out.writeStringProperty("kind", lack.kind().name().toLowerCase(Locale.ROOT));
        out.writeStringProperty("term", lack.term());
        ts("since", lack.since());
        lack.nearest().ifPresent(nearest -> out.writeStringProperty("nearest", nearest));
        if (!lack.found().isEmpty()) {
            array("found", lack.found(), out::writeString);
        }
        out.writeEndObject();
    }

    private void scalar(String name, Scalar scalar) {
        out.writeName(name);
        switch (scalar) {
            case Scalar.Text text -> out.writeString(text.value());
            case Scalar.Flag flag -> out.writeBoolean(flag.value());
            case Scalar.Quantity quantity -> {
                if (Double.isFinite(quantity.value())) {
                    out.writeNumber(Printed.number(quantity.value()));
                } else {
                    out.writeString(Printed.number(quantity.value()));
                }
            }
        }
    }
}
