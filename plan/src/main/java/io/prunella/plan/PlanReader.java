package io.prunella.plan;

import io.prunella.plan.JsonTree.Malformed;
import io.prunella.plan.Step.Backoff;
import io.prunella.plan.Step.OnFailure;
import io.prunella.plan.Step.StepSettings;
import io.prunella.plan.Step.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads plans; {@link PlanWriter} is its mirror. */
final class PlanReader {
    private PlanReader() {}

    static ExecutionPlan plan(JsonTree json) throws Malformed {
        long schema = json.get("schema").whole();
        if (schema < 1 || schema > ExecutionPlan.SCHEMA) {
            throw new Malformed("a plan of schema " + schema + ", and this version knows " + ExecutionPlan.SCHEMA);
        }
        Optional<JsonTree> verify = json.find("verify");
        List<ActionSpec> actions = new ArrayList<>();
        for (JsonTree action : json.get("actions").items()) {
            actions.add(action(action));
        }
        List<ChannelSpec> channels = new ArrayList<>();
        for (JsonTree channel : json.get("channels").items()) {
            channels.add(new ChannelSpec(channel.get("name").text(), channel.get("kind").text(),
                    values(channel.get("properties"))));
        }
        return new ExecutionPlan(json.get("rule").text(), json.get("pack").text(), steps(json.get("then")),
                verify.isPresent() ? Optional.of(verify(verify.get())) : Optional.empty(),
                steps(json.get("after")), steps(json.get("rollback")), steps(json.get("escalate")), actions,
                channels);
    }

    private static Verify verify(JsonTree json) throws Malformed {
        Optional<JsonTree> every = json.find("every");
        return new Verify(condition(json.get("condition")), json.get("within").whole(),
                every.isPresent() ? Optional.of(every.get().whole()) : Optional.empty());
    }

    private static ConditionRef condition(JsonTree json) throws Malformed {
        return new ConditionRef(json.get("rule").text(), integer(json.get("index")), json.get("text").text());
    }

    private static Optional<ConditionRef> condition(Optional<JsonTree> json) throws Malformed {
        return json.isPresent() ? Optional.of(condition(json.get())) : Optional.empty();
    }

    private static int integer(JsonTree json) throws Malformed {
        long value = json.whole();
        if (value != (int) value) {
            throw new Malformed("a number too large: " + value);
        }
        return (int) value;
    }

    private static List<Step> steps(JsonTree json) throws Malformed {
        List<Step> steps = new ArrayList<>();
        for (JsonTree step : json.items()) {
            steps.add(step(step));
        }
        return steps;
    }

    private static Step step(JsonTree json) throws Malformed {
        StepSettings settings = settings(json);
        if (json.has("execute")) {
            return new Step.Execute(json.get("execute").text(), values(json.get("arguments")), target(json), settings);
        }
        if (json.has("collect")) {
            return new Step.Collect(json.get("collect").text(), values(json.get("arguments")), target(json), settings);
        }
        if (json.has("notify")) {
            return new Step.Notify(json.get("notify").text(), template(json.get("text")), settings);
        }
        if (json.has("wait")) {
            return new Step.Wait(json.get("wait").whole(), settings);
        }
        if (json.has("wait_until")) {
            return new Step.WaitUntil(condition(json.get("wait_until")), json.get("wait_timeout").whole(), settings);
        }
        if (json.has("approve")) {
            return new Step.Approve(json.get("approve").text(), json.get("wait_timeout").whole(), settings);
        }
        if (json.has("emit")) {
            return new Step.Emit(json.get("emit").text(), values(json.get("attributes")), settings);
        }
        if (json.has("ticket")) {
            return new Step.Ticket(json.get("ticket").text(), values(json.get("arguments")), settings);
        }
        return new Step.Parallel(steps(json.get("parallel")), settings);
    }

    private static StepSettings settings(JsonTree json) throws Malformed {
        JsonTree backoff = json.get("backoff");
        return new StepSettings(json.get("id").text(), json.get("timeout").whole(), integer(json.get("retry")),
                new Backoff(backoff.get("first").whole(), backoff.get("factor").number(), backoff.get("max").whole()),
                onFailure(json.get("on_failure")), condition(json.find("if")));
    }

    private static OnFailure onFailure(JsonTree json) throws Malformed {
        for (OnFailure value : OnFailure.values()) {
            if (value.name().toLowerCase(Locale.ROOT).equals(json.text())) {
                return value;
            }
        }
        throw new Malformed("unknown on_failure: " + json.text());
    }

    private static Target target(JsonTree step) throws Malformed {
        Optional<JsonTree> found = step.find("target");
        if (found.isEmpty()) {
            return new Target.Self();
        }
        JsonTree json = found.get();
        if (json.isText()) {
            return new Target.Parent();
        }
        if (json.has("entity")) {
            return new Target.Named(template(json.get("entity")));
        }
        json.get("nodes").flag();
        Optional<JsonTree> atOnce = json.find("at_once");
        return new Target.Nodes(condition(json.find("where")), integerOr(atOnce));
    }

    private static OptionalInt integerOr(Optional<JsonTree> json) throws Malformed {
        return json.isPresent() ? OptionalInt.of(integer(json.get())) : OptionalInt.empty();
    }

    private static ActionSpec action(JsonTree json) throws Malformed {
        List<ActionSpec.Parameter> parameters = new ArrayList<>();
        for (JsonTree parameter : json.get("parameters").items()) {
            parameters.add(new ActionSpec.Parameter(parameter.get("name").text(), parameter.get("type").text(),
                    value(parameter.find("default"))));
        }
        List<ActionSpec.Use> uses = new ArrayList<>();
        for (JsonTree use : json.get("uses").items()) {
            uses.add(new ActionSpec.Use(use.get("driver").text(), items(use.get("arguments"))));
        }
        List<ActionSpec.Health> health = new ArrayList<>();
        for (JsonTree check : json.get("health").items()) {
            health.add(new ActionSpec.Health(check.get("kind").text(), template(check.get("target"))));
        }
        Map<String, String> returns = new LinkedHashMap<>();
        for (Map.Entry<String, JsonTree> field : json.get("returns").fields().entrySet()) {
            returns.put(field.getKey(), field.getValue().text());
        }
        return new ActionSpec(json.get("name").text(), parameters, uses, values(json.get("properties")),
                value(json.find("check")), json.get("idempotent").flag(), json.get("destructive").flag(),
                json.get("needs").texts(), json.get("touches").texts(), expects(json.find("expects")), health,
                returns, sandbox(json.get("sandbox")), json.get("permission").text(), json.get("folder").text());
    }

    private static Optional<ActionSpec.Expects> expects(Optional<JsonTree> json) throws Malformed {
        if (json.isEmpty()) {
            return Optional.empty();
        }
        Optional<JsonTree> output = json.get().find("output");
        return Optional.of(new ActionSpec.Expects(integerOr(json.get().find("exit")),
                output.isPresent() ? Optional.of(output.get().text()) : Optional.empty()));
    }

    private static ActionSpec.Sandbox sandbox(JsonTree json) throws Malformed {
        return new ActionSpec.Sandbox(number(json.find("cpu")), number(json.find("memory")),
                integerOr(json.find("pids")), json.get("network").flag(), json.get("required").flag());
    }

    private static Optional<Double> number(Optional<JsonTree> json) throws Malformed {
        return json.isPresent() ? Optional.of(json.get().number()) : Optional.empty();
    }

    private static Map<String, Value> values(JsonTree json) throws Malformed {
        Map<String, Value> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonTree> field : json.fields().entrySet()) {
            values.put(field.getKey(), value(field.getValue()));
        }
        return values;
    }

    private static List<Value> items(JsonTree json) throws Malformed {
        List<Value> items = new ArrayList<>();
        for (JsonTree item : json.items()) {
            items.add(value(item));
        }
        return items;
    }

    private static Optional<Value> value(Optional<JsonTree> json) throws Malformed {
        return json.isPresent() ? Optional.of(value(json.get())) : Optional.empty();
    }

    private static Value value(JsonTree json) throws Malformed {
        if (json.isText()) {
            return new Value.Text(template(json));
        }
        if (json.isFlag()) {
            return new Value.Flag(json.flag());
        }
        if (json.isList()) {
            return new Value.Items(items(json));
        }
        String kind = json.onlyMember();
        JsonTree inner = json.get(kind);
        return switch (kind) {
            case "template" -> new Value.Text(template(inner));
            case "number" -> new Value.Quantity(inner.number());
            case "millis" -> new Value.Duration(inner.whole());
            case "reference" -> new Value.Reference(lookup(inner));
            case "fields" -> new Value.Fields(values(inner));
            default -> throw new Malformed("unknown kind of value: " + kind);
        };
    }

    private static Template template(JsonTree json) throws Malformed {
        if (json.isText()) {
            return Template.literal(json.text());
        }
        List<Template.Part> parts = new ArrayList<>();
        for (JsonTree part : json.items()) {
            parts.add(part.isText() ? new Template.Part.Literal(part.text()) : lookup(part));
        }
        return new Template(parts);
    }

    private static Template.Part.Lookup lookup(JsonTree json) throws Malformed {
        return new Template.Part.Lookup(json.get("root").text(), json.get("path").texts());
    }
}
