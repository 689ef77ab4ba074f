package io.prunella.compiler.check;

import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks declarations of metrics, events and channels. */
final class DeclarationCheck {
    private static final List<String> METRIC_TYPES = List.of("ratio", "number", "duration", "bytes",
            "bytes_per_second");
    static final List<String> VALUE_TYPES = List.of("string", "number", "ratio", "bool", "duration", "bytes");
    private static final List<String> CHANNEL_KINDS = List.of("log", "telegram", "wecom", "feishu", "sms", "webhook",
            "email", "pagerduty", "alertmanager");

    private final Diagnostics problems;

    DeclarationCheck(Diagnostics problems) {
        this.problems = problems;
    }

    void metric(Declaration.Metric metric) {
        boolean known = type(metric.type(), METRIC_TYPES, "a metric");
        metric.staleAfter().filter(d -> d.millis() == 0)
                .ifPresent(d -> problems.report(DiagnosticCode.BAD_SETTING, d.span())
                        .message("a value that is stale after `%s` is never valid", d.text())
                        .help("leave `stale after` out for 5 minutes"));
        metric.source().ifPresent(source -> {
            if (!source.text().equals("percent")) {
                problems.report(DiagnosticCode.BAD_SOURCE, source.span())
                        .message("no source is called `%s`", source.text())
                        .help("`source percent` is for a ratio that comes as 0 to 100");
            } else if (known && !metric.type().text().equals("ratio")) {
                problems.report(DiagnosticCode.BAD_SOURCE, source.span())
                        .message("`source percent` is for a ratio, and `%s` is %s", metric.name().text(),
                                Type.phrase(metric.type().text()))
                        .help("declare it `ratio`, or leave `source percent` out");
            }
        });
    }

    boolean type(Name type, List<String> types, String what) {
        if (types.contains(type.text()) || (type.text().equals("boolean") && types.contains("bool"))) {
            return true;
        }
        problems.report(DiagnosticCode.UNKNOWN_TYPE, type.span())
                .message("no type of %s is called `%s`", what, type.text())
                .help(Closest.question(type.text(), types).orElse("one of " + Choices.listed(types)));
        return false;
    }

    void event(Declaration.Event event) {
        Set<String> seen = new HashSet<>();
        for (Declaration.Field field : event.fields()) {
            type(field.type(), VALUE_TYPES, "an attribute");
            if (!seen.add(field.name().text())) {
                problems.report(DiagnosticCode.DUPLICATE_NAME, field.name().span())
                        .message("attribute `%s` is declared twice", field.name().text());
            }
            if (Attributes.BUILT_IN.contains(field.name().text())
                    && Type.named(field.type().text()).filter(t -> t.dimension() != Dimension.STRING).isPresent()) {
                problems.report(DiagnosticCode.RESERVED_NAME, field.name().span())
                        .message("every event has `%s` already", field.name().text())
                        .help("give the attribute another name");
            }
        }
    }

    void channel(Declaration.Channel channel) {
        String kind = channel.kind().text();
        if (!CHANNEL_KINDS.contains(kind)) {
            Choices.check(channel.kind(), "kind of channel", CHANNEL_KINDS, problems);
        } else if (!kind.equals("log")) {
            Unexecuted.report(problems, channel.kind().span(), "a channel of kind `" + kind + "`");
        } else {
            channel.properties().forEach(property -> problems
                    .report(DiagnosticCode.UNKNOWN_PROPERTY, property.name().span())
                    .message("a channel of kind `log` has no property `%s`", property.name().text())
                    .help("`channel " + channel.name().text() + ": log` is all it takes"));
        }
    }
}
