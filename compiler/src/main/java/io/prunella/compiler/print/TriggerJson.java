package io.prunella.compiler.print;

import io.prunella.compiler.rule.RuleModel.EventPart;
import io.prunella.compiler.rule.RuleModel.Trigger;
import io.prunella.plan.DurationText;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** What starts a rule, as the member {@code on} of its JSON; a condition alone has none. */
final class TriggerJson {
    private TriggerJson() {}

    static void write(Trigger trigger, JsonGenerator out) {
        switch (trigger) {
            case Trigger.Edge _ -> {
                // The condition alone.
            }
            case Trigger.OnEvent event -> {
                begin(out);
                PackJson.texts("event", event.types(), out);
                out.writeStringProperty("where", ConditionText.of(event.where()));
                duration("open", event.openMillis(), out);
                out.writeEndObject();
            }
            case Trigger.Sequence sequence -> {
                begin(out);
                out.writeName("sequence");
                out.writeStartArray();
                sequence.parts().forEach(part -> part(part, out));
                out.writeEndArray();
                duration("open", sequence.openMillis(), out);
                out.writeEndObject();
            }
            case Trigger.Absence absence -> {
                begin(out);
                out.writeName("first");
                part(absence.first(), out);
                out.writeName("without");
                part(absence.without(), out);
                duration("open", absence.openMillis(), out);
                out.writeEndObject();
            }
            case Trigger.Times times -> {
                begin(out);
                out.writeName("of");
                part(times.of(), out);
                out.writeNumberProperty("times", times.count());
                duration("within", times.withinMillis(), out);
                duration("open", times.openMillis(), out);
                out.writeEndObject();
            }
            case Trigger.OnAlert alert -> {
                begin(out);
                PackJson.texts("alert", alert.names(), out);
                out.writeStringProperty("where", ConditionText.of(alert.where()));
                out.writeEndObject();
            }
            case Trigger.OnCron cron -> {
                begin(out);
                out.writeStringProperty("cron", cron.cron());
                out.writeStringProperty("zone", cron.zone().getId());
                out.writeEndObject();
            }
            case Trigger.OnEvery every -> {
                begin(out);
                duration("every", every.periodMillis(), out);
                out.writeEndObject();
            }
        }
    }

    private static void begin(JsonGenerator out) {
        out.writeName("on");
        out.writeStartObject();
    }

    private static void part(EventPart part, JsonGenerator out) {
        out.writeStartObject();
        PackJson.texts("event", List.copyOf(part.types()), out);
        out.writeStringProperty("where", ConditionText.of(part.where()));
        part.alias().ifPresent(alias -> out.writeStringProperty("as", alias));
        if (part.withinMillis() > 0) {
            duration("within", part.withinMillis(), out);
        }
        out.writeEndObject();
    }

    private static void duration(String name, long millis, JsonGenerator out) {
        out.writeStringProperty(name, DurationText.of(millis));
    }
}
