package io.prunella.compiler.print;

import io.prunella.plan.ActionSpec;
import io.prunella.plan.ChannelSpec;
import io.prunella.plan.ConditionRef;
import io.prunella.plan.DurationText;
import io.prunella.plan.NumberText;
import io.prunella.plan.Step;
import io.prunella.plan.Step.StepSettings;
import io.prunella.plan.Value;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** Steps, actions and channels, a line each. */
final class StepText {
    private final StringBuilder out;

    StepText(StringBuilder out) {
        this.out = out;
    }

    void step(Step step) {
        switch (step) {
            case Step.Execute execute -> {
                out.append("execute ").append(execute.action());
                arguments(execute.arguments());
                target(execute.target());
            }
            case Step.Collect collect -> {
                out.append("collect ").append(collect.action());
                arguments(collect.arguments());
                target(collect.target());
            }
            case Step.Notify notify -> {
                out.append("notify ").append(notify.channel()).append(' ');
                ConditionText.quoted(ConditionText.template(notify.text()), out);
            }
            case Step.Wait pause -> out.append("wait ").append(DurationText.of(pause.millis()));
            case Step.WaitUntil until -> {
                out.append("wait until");
                condition(until.condition());
                out.append(" timeout ").append(DurationText.of(until.timeoutMillis()));
            }
            case Step.Approve approve -> out.append("approve ").append(approve.group()).append(" timeout ")
                    .append(DurationText.of(approve.timeoutMillis()));
            case Step.Emit emit -> {
                out.append("emit ").append(emit.eventType());
                arguments(emit.attributes());
            }
            case Step.Ticket ticket -> {
                out.append("ticket ").append(ticket.channel());
                arguments(ticket.arguments());
            }
            case Step.Parallel parallel -> {
                out.append("parallel {");
                parallel.steps().forEach(inner -> {
                    out.append(' ');
                    step(inner);
                    out.append(';');
                });
                out.append(" }");
            }
        }
        settings(step.settings());
    }

    private void settings(StepSettings s) {
        out.append(" | id ").append(s.id()).append(", timeout ").append(DurationText.of(s.timeoutMillis()))
                .append(", retry ").append(s.retry()).append(", backoff ")
                .append(DurationText.of(s.backoff().firstMillis())).append(" x ").append(s.backoff().factor())
                .append(" max ").append(DurationText.of(s.backoff().maxMillis())).append(", on_failure ")
                .append(s.onFailure().name().toLowerCase(Locale.ROOT));
        s.when().ifPresent(when -> {
            out.append(", if");
            condition(when);
        });
    }

    private void condition(ConditionRef ref) {
        out.append(" condition[").append(ref.index()).append(']');
    }

    private void target(Step.Target target) {
        switch (target) {
            case Step.Target.Self _ -> {
                // What a step works on anyway.
            }
            case Step.Target.Parent _ -> out.append(" on parent");
            case Step.Target.Named named -> {
                out.append(" on ");
                ConditionText.quoted(ConditionText.template(named.entity()), out);
            }
            case Step.Target.Nodes nodes -> {
                out.append(" on nodes");
                nodes.where().ifPresent(this::condition);
                nodes.atOnce().ifPresent(n -> out.append(' ').append(n).append(" at once"));
            }
        }
    }

    void arguments(Map<String, Value> arguments) {
        out.append('(');
        String separator = "";
        for (Map.Entry<String, Value> argument : arguments.entrySet()) {
            out.append(separator).append(argument.getKey()).append(": ");
            value(argument.getValue());
            separator = ", ";
        }
        out.append(')');
    }

    private void value(Value value) {
        switch (value) {
            case Value.Text text -> ConditionText.quoted(ConditionText.template(text.template()), out);
            case Value.Quantity quantity -> out.append(NumberText.of(quantity.value()));
            case Value.Duration duration -> out.append(DurationText.of(duration.millis()));
            case Value.Flag flag -> out.append(flag.value());
            case Value.Reference reference -> out.append(ConditionText.lookup(reference.lookup()));
            case Value.Items items -> {
                out.append('[');
                String separator = "";
                for (Value item : items.items()) {
                    out.append(separator);
                    value(item);
                    separator = ", ";
                }
                out.append(']');
            }
            case Value.Fields fields -> arguments(fields.fields());
        }
    }

    /**
     * All that an action does, the content of the files that it names included.
     *
     * @param files digests by path
     */
    void action(ActionSpec action, SortedMap<String, String> files) {
        out.append("  action ").append(action.name()).append('(');
        String separator = "";
        for (ActionSpec.Parameter parameter : action.parameters()) {
            out.append(separator).append(parameter.name()).append(": ").append(parameter.type());
            parameter.defaultValue().ifPresent(value -> {
                out.append(" = ");
                value(value);
            });
            separator = ", ";
        }
        out.append(')');
        for (ActionSpec.Use use : action.uses()) {
            out.append(" uses ").append(use.driver());
            if (!use.arguments().isEmpty()) {
                value(new Value.Items(use.arguments()));
            }
        }
        out.append(' ');
        arguments(action.properties());
        action.check().ifPresent(check -> {
            out.append(" check ");
            value(check);
        });
        out.append(action.idempotent() ? " idempotent" : " not-idempotent");
        out.append(action.destructive() ? " destructive" : "");
        out.append(" needs ").append(action.needs()).append(" touches ").append(action.touches());
        action.expects().ifPresent(e -> {
            out.append(" expects");
            e.exit().ifPresent(exit -> out.append(" exit ").append(exit));
            e.output().ifPresent(output -> out.append(" output /").append(output).append('/'));
        });
        action.health().forEach(h -> out.append(" health ").append(h.kind()).append(' ')
                .append(ConditionText.template(h.target())));
        out.append(" returns ").append(action.returns());
        ActionSpec.Sandbox s = action.sandbox();
        s.cpu().ifPresent(cpu -> out.append(" cpu ").append(NumberText.of(cpu)));
        s.memoryBytes().ifPresent(bytes -> out.append(" memory ").append(NumberText.of(bytes)));
        s.pids().ifPresent(pids -> out.append(" pids ").append(pids));
        out.append(s.network() ? "" : " no-network").append(s.required() ? " sandbox-required" : "");
        out.append(" permission ").append(action.permission()).append('\n');
        action.properties().values().forEach(value -> file(value, files));
        action.check().ifPresent(value -> file(value, files));
    }

    private void file(Value value, SortedMap<String, String> files) {
        if (value instanceof Value.Text text) {
            String path = ConditionText.template(text.template());
            String digest = files.get(path);
            if (digest != null) {
                out.append("    file ").append(path).append(' ').append(digest).append('\n');
            }
        }
    }

    void channel(ChannelSpec channel) {
        out.append("  channel ").append(channel.name()).append(' ').append(channel.kind());
        arguments(channel.properties());
        out.append('\n');
    }
}
