package io.prunella.plan;

import io.prunella.plan.Step.StepSettings;
import io.prunella.plan.Step.Target;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Writes plans; {@link PlanReader} is its mirror. */
final class PlanWriter {
    private final JsonGenerator out;

    PlanWriter(JsonGenerator out) {
        this.out = out;
    }

    void plan(ExecutionPlan plan) {
        out.writeStartObject();
        out.writeNumberProperty("schema", ExecutionPlan.SCHEMA);
        out.writeStringProperty("rule", plan.rule());
        out.writeStringProperty("pack", plan.pack());
        steps("then", plan.then());
        plan.verify().ifPresent(this::verify);
        steps("after", plan.after());
        steps("rollback", plan.rollback());
        steps("escalate", plan.escalate());
        out.writeName("actions");
        out.writeStartArray();
        plan.actions().forEach(this::action);
        out.writeEndArray();
        out.writeName("channels");
        out.writeStartArray();
        plan.channels().forEach(this::channel);
        out.writeEndArray();
        out.writeEndObject();
    }

    private void verify(Verify verify) {
        out.writeName("verify");
        out.writeStartObject();
        condition("condition", verify.condition());
        out.writeNumberProperty("within", verify.withinMillis());
        verify.everyMillis().ifPresent(every -> out.writeNumberProperty("every", every));
        out.writeEndObject();
    }

    private void condition(String name, ConditionRef condition) {
        out.writeName(name);
        out.writeStartObject();
        out.writeStringProperty("rule", condition.rule());
        out.writeNumberProperty("index", condition.index());
        out.writeStringProperty("text", condition.text());
        out.writeEndObject();
    }

    private void steps(String name, List<Step> steps) {
        out.writeName(name);
        out.writeStartArray();
        steps.forEach(this::step);
        out.writeEndArray();
    }

    private void step(Step step) {
        out.writeStartObject();
        switch (step) {
            case Step.Execute execute -> {
                out.writeStringProperty("execute", execute.action());
                values("arguments", execute.arguments());
                target(execute.target());
            }
            case Step.Collect collect -> {
                out.writeStringProperty("collect", collect.action());
                values("arguments", collect.arguments());
                target(collect.target());
            }
            case Step.Notify notify -> {
                out.writeStringProperty("notify", notify.channel());
                out.writeName("text");
                template(notify.text());
            }
            case Step.Wait pause -> out.writeNumberProperty("wait", pause.millis());
            case Step.WaitUntil until -> {
                condition("wait_until", until.condition());
                out.writeNumberProperty("wait_timeout", until.timeoutMillis());
            }
            case Step.Approve approve -> {
                out.writeStringProperty("approve", approve.group());
                out.writeNumberProperty("wait_timeout", approve.timeoutMillis());
            }
            case Step.Emit emit -> {
                out.writeStringProperty("emit", emit.eventType());
                values("attributes", emit.attributes());
            }
            case Step.Ticket ticket -> {
                out.writeStringProperty("ticket", ticket.channel());
                values("arguments", ticket.arguments());
            }
            case Step.Parallel parallel -> steps("parallel", parallel.steps());
        }
        settings(step.settings());
        out.writeEndObject();
    }

    private void settings(StepSettings settings) {
        out.writeStringProperty("id", settings.id());
        out.writeNumberProperty("timeout", settings.timeoutMillis());
        out.writeNumberProperty("retry", settings.retry());
        out.writeName("backoff");
        out.writeStartObject();
        out.writeNumberProperty("first", settings.backoff().firstMillis());
        out.writeName("factor");
        number(settings.backoff().factor());
        out.writeNumberProperty("max", settings.backoff().maxMillis());
        out.writeEndObject();
        out.writeStringProperty("on_failure", settings.onFailure().name().toLowerCase(Locale.ROOT));
        settings.when().ifPresent(when -> condition("if", when));
    }

    private void target(Target target) {
        switch (target) {
            case Target.Self _ -> {
                // The entity of the firing: said by saying nothing.
            }
            case Target.Parent _ -> out.writeStringProperty("target", "parent");
            case Target.Named named -> {
                out.writeName("target");
                out.writeStartObject();
                out.writeName("entity");
                template(named.entity());
                out.writeEndObject();
            }
            case Target.Nodes nodes -> {
                out.writeName("target");
                out.writeStartObject();
                out.writeBooleanProperty("nodes", true);
                nodes.where().ifPresent(where -> condition("where", where));
                nodes.atOnce().ifPresent(atOnce -> out.writeNumberProperty("at_once", atOnce));
                out.writeEndObject();
            }
        }
    }

    private void action(ActionSpec action) {
        out.writeStartObject();
        out.writeStringProperty("name", action.name());
        out.writeName("parameters");
        out.writeStartArray();
        for (ActionSpec.Parameter parameter : action.parameters()) {
            out.writeStartObject();
            out.writeStringProperty("name", parameter.name());
            out.writeStringProperty("type", parameter.type());
            optional("default", parameter.defaultValue());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeName("uses");
        out.writeStartArray();
        for (ActionSpec.Use use : action.uses()) {
            out.writeStartObject();
            out.writeStringProperty("driver", use.driver());
            out.writeName("arguments");
            value(new Value.Items(use.arguments()));
            out.writeEndObject();
        }
        out.writeEndArray();
        values("properties", action.properties());
        optional("check", action.check());
        out.writeBooleanProperty("idempotent", action.idempotent());
        out.writeBooleanProperty("destructive", action.destructive());
        texts("needs", action.needs());
        texts("touches", action.touches());
        action.expects().ifPresent(expects -> {
            out.writeName("expects");
            out.writeStartObject();
            expects.exit().ifPresent(exit -> out.writeNumberProperty("exit", exit));
            expects.output().ifPresent(output -> out.writeStringProperty("output", output));
            out.writeEndObject();
        });
        out.writeName("health");
        out.writeStartArray();
        for (ActionSpec.Health health : action.health()) {
            out.writeStartObject();
            out.writeStringProperty("kind", health.kind());
            out.writeName("target");
            template(health.target());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeName("returns");
        out.writeStartObject();
        action.returns().forEach(out::writeStringProperty);
        out.writeEndObject();
        sandbox(action.sandbox());
        out.writeStringProperty("permission", action.permission());
        out.writeStringProperty("folder", action.packFolder());
        out.writeEndObject();
    }

    private void sandbox(ActionSpec.Sandbox sandbox) {
        out.writeName("sandbox");
        out.writeStartObject();
        sandbox.cpu().ifPresent(cpu -> {
            out.writeName("cpu");
            number(cpu);
        });
        sandbox.memoryBytes().ifPresent(bytes -> {
            out.writeName("memory");
            number(bytes);
        });
        sandbox.pids().ifPresent(pids -> out.writeNumberProperty("pids", pids));
        out.writeBooleanProperty("network", sandbox.network());
        out.writeBooleanProperty("required", sandbox.required());
        out.writeEndObject();
    }

    private void channel(ChannelSpec channel) {
        out.writeStartObject();
        out.writeStringProperty("name", channel.name());
        out.writeStringProperty("kind", channel.kind());
        values("properties", channel.properties());
        out.writeEndObject();
    }

    private void texts(String name, List<String> texts) {
        out.writeName(name);
        out.writeStartArray();
        texts.forEach(out::writeString);
        out.writeEndArray();
    }

    private void optional(String name, Optional<Value> value) {
        value.ifPresent(v -> {
            out.writeName(name);
            value(v);
        });
    }

    private void values(String name, Map<String, Value> values) {
        out.writeName(name);
        out.writeStartObject();
        values.forEach((key, value) -> {
            out.writeName(key);
            value(value);
        });
        out.writeEndObject();
    }

    // Text, booleans and lists are themselves in JSON; everything else is an object with one member that says what it is.
    private void value(Value value) {
        switch (value) {
            case Value.Text text when plain(text.template()) -> template(text.template());
            case Value.Text text -> member("template", () -> template(text.template()));
            case Value.Quantity quantity -> member("number", () -> number(quantity.value()));
            case Value.Duration duration -> member("millis", () -> out.writeNumber(duration.millis()));
            case Value.Flag flag -> out.writeBoolean(flag.value());
            case Value.Reference reference -> member("reference", () -> lookup(reference.lookup()));
            case Value.Items items -> {
                out.writeStartArray();
                items.items().forEach(this::value);
                out.writeEndArray();
            }
            case Value.Fields fields -> {
                out.writeStartObject();
                values("fields", fields.fields());
                out.writeEndObject();
            }
        }
    }

    private void member(String name, Runnable content) {
        out.writeStartObject();
        out.writeName(name);
        content.run();
        out.writeEndObject();
    }

    private static boolean plain(Template template) {
        return template.parts().size() == 1 && template.parts().getFirst() instanceof Template.Part.Literal;
    }

    private void template(Template template) {
        if (plain(template)) {
            part(template.parts().getFirst());
            return;
        }
        out.writeStartArray();
        template.parts().forEach(this::part);
        out.writeEndArray();
    }

    private void part(Template.Part part) {
        switch (part) {
            case Template.Part.Literal literal -> out.writeString(literal.text());
            case Template.Part.Lookup lookup -> lookup(lookup);
        }
    }

    private void lookup(Template.Part.Lookup lookup) {
        out.writeStartObject();
        out.writeStringProperty("root", lookup.root());
        texts("path", lookup.path());
        out.writeEndObject();
    }

    private void number(double value) {
        if (Double.isNaN(value)) {
            out.writeString("NaN");
        } else if (Double.isInfinite(value)) {
            out.writeString(value > 0 ? "+Inf" : "-Inf");
        } else {
            out.writeRawValue(NumberText.of(value));
        }
    }
}
