package io.prunella.compiler.print;

import io.prunella.compiler.rule.GuardModel;
import io.prunella.compiler.rule.MetricModel;
import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.Provenance;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.compiler.rule.RuleModel.Limit;
import io.prunella.compiler.rule.RuleModel.Subject;
import io.prunella.compiler.rule.SuppressModel;
import io.prunella.plan.DurationText;
import io.prunella.plan.PlanJson;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/** What a pack became, as JSON for {@code compile} and for tools. */
public final class PackJson {
    private static final JsonFactory JSON = new JsonFactory();

    private PackJson() {}

    /** All rules and metrics of a pack, indented; conditions in their canonical text. */
    public static String rules(PackModel pack) {
        return text(out -> {
            out.writeStartObject();
            head(pack, out);
            out.writeName("metrics");
            out.writeStartObject();
            pack.metrics().values().forEach(metric -> metric(metric, out));
            out.writeEndObject();
            out.writeName("rules");
            out.writeStartArray();
            pack.rules().forEach(rule -> rule(rule, out));
            out.writeEndArray();
            guards(pack, out);
            suppressions(pack, out);
            out.writeEndObject();
        });
    }

    /**
     * The plan of each rule, indented, with where each value came from.
     *
     * @param provenance by rule, as a compilation has it
     */
    public static String plans(PackModel pack, Map<String, Provenance> provenance) {
        return text(out -> {
            out.writeStartObject();
            head(pack, out);
            out.writeName("plans");
            out.writeStartArray();
            for (RuleModel rule : pack.rules()) {
                out.writeStartObject();
                out.writeStringProperty("rule", rule.name());
                out.writeName("plan");
                PlanJson.write(rule.plan(), out);
                out.writeName("provenance");
                out.writeStartObject();
                Provenance origins = provenance.get(rule.name());
                if (origins != null) {
                    origins.fields().forEach((field, origin) -> out.writeStringProperty(field, origin.label()));
                }
                out.writeEndObject();
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private interface Content {
        void write(JsonGenerator out);
    }

    private static String text(Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(new Indented(), text)) {
            content.write(out);
        }
        return text.append('\n').toString();
    }

    /** Two spaces, and {@code \n} whatever the machine. */
    private static final class Indented extends ObjectWriteContext.Base {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
            return new DefaultPrettyPrinter(Separators.createDefaultInstance()
                    .withObjectNameValueSpacing(Separators.Spacing.AFTER)).withArrayIndenter(indenter)
                    .withObjectIndenter(indenter);
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }

    private static void head(PackModel pack, JsonGenerator out) {
        out.writeStringProperty("pack", pack.name());
        out.writeStringProperty("version", pack.version());
        out.writeStringProperty("digest", pack.digest());
    }

    private static void metric(MetricModel metric, JsonGenerator out) {
        out.writeName(metric.name());
        out.writeStartObject();
        out.writeStringProperty("measures", metric.dimension().label());
        out.writeBooleanProperty("declared", metric.declared());
        out.writeStringProperty("stale_after", DurationText.of(metric.staleMillis()));
        if (metric.sourcePercent()) {
            out.writeStringProperty("source", "percent");
        }
        if (metric.guardPercent()) {
            out.writeBooleanProperty("guarded_against_percent", true);
        }
        out.writeEndObject();
    }

    private static void rule(RuleModel rule, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("name", rule.name());
        out.writeStringProperty("severity", rule.severity());
        out.writeName("labels");
        out.writeStartObject();
        rule.labels().forEach(out::writeStringProperty);
        out.writeEndObject();
        out.writeNumberProperty("priority", rule.priority());
        rule.mode().ifPresent(mode -> out.writeStringProperty("mode", mode.label()));
        texts("by", switch (rule.subject()) {
            case Subject.PerEntity _ -> List.of("entity");
            case Subject.PerPack _ -> List.of("pack");
            case Subject.PerLabels labels -> labels.labels();
        }, out);
        TriggerJson.write(rule.trigger(), out);
        out.writeStringProperty("when", ConditionText.of(rule.when()));
        rule.unless().ifPresent(unless -> out.writeStringProperty("unless", ConditionText.of(unless)));
        rule.rhythm().until().ifPresent(until -> out.writeStringProperty("until", ConditionText.of(until)));
        rule.rhythm().repeatMillis().ifPresent(r -> out.writeStringProperty("repeat", DurationText.of(r)));
        rule.rhythm().keepFiringMillis()
                .ifPresent(k -> out.writeStringProperty("keep_firing_for", DurationText.of(k)));
        rule.cooldownMillis().ifPresent(c -> out.writeStringProperty("cooldown", DurationText.of(c)));
        texts("limit", rule.limits().stream().map(Limit::text).toList(), out);
        texts("conditions", rule.conditions().stream().map(ConditionText::of).toList(), out);
        out.writeStringProperty("content_hash", rule.contentHash());
        out.writeEndObject();
    }

    private static void guards(PackModel pack, JsonGenerator out) {
        if (pack.guards().isEmpty()) {
            return;
        }
        out.writeName("guards");
        out.writeStartArray();
        for (GuardModel guard : pack.guards()) {
            out.writeStartObject();
            out.writeStringProperty("name", guard.name());
            texts("deny", guard.actions(), out);
            out.writeStringProperty("when", ConditionText.of(guard.when()));
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void suppressions(PackModel pack, JsonGenerator out) {
        if (pack.suppressions().isEmpty()) {
            return;
        }
        out.writeName("suppressions");
        out.writeStartArray();
        for (SuppressModel suppress : pack.suppressions()) {
            out.writeStartObject();
            out.writeStringProperty("name", suppress.name());
            out.writeStringProperty("window", DurationText.of(suppress.windowMillis()));
            texts("overrides", suppress.overrides().stream().map(other -> other.label() + "=\"" + other.value()
                    + "\": " + DurationText.of(other.windowMillis())).toList(), out);
            out.writeStringProperty("settle", DurationText.of(suppress.settleMillis()));
            out.writeStringProperty("when", ConditionText.of(suppress.when()));
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    static void texts(String name, List<String> texts, JsonGenerator out) {
        out.writeName(name);
        out.writeStartArray();
        texts.forEach(out::writeString);
        out.writeEndArray();
    }
}
