package io.prunella.compiler.check;

import io.prunella.compiler.rule.Cron;
import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.ast.Node;
import io.prunella.dsl.ast.Trigger;
import io.prunella.dsl.ast.Trigger.EventPattern;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.dsl.diagnostic.Source;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks what starts a rule. */
final class TriggerCheck {
    /** What a name of an event may not be, since it stands for something else where attributes are named. */
    private static final Set<String> TAKEN = Set.of("event", "label", "steps");

    private final Symbols symbols;
    private final MetricTypes metrics;
    private final Source source;
    private final Diagnostics problems;

    TriggerCheck(Symbols symbols, MetricTypes metrics, Source source, Diagnostics problems) {
        this.symbols = symbols;
        this.metrics = metrics;
        this.source = source;
        this.problems = problems;
    }

    void check(Trigger trigger) {
        switch (trigger) {
            case Trigger.OnEvent event -> event(event);
            case Trigger.OnAlert alert -> alert.where().ifPresent(where -> condition(where, alert));
            case Trigger.OnCron cron -> {
                if (Cron.read(cron.cron().text()) instanceof Cron.Read.Bad(var message, var help)) {
                    problems.report(DiagnosticCode.BAD_SCHEDULE, cron.cron().span()).message("%s", message).help(help);
                }
                cron.zone().ifPresent(this::zone);
            }
            case Trigger.OnBurn _,Trigger.OnEvery _ -> {
                // Nothing that could be wrong by itself.
            }
        }
    }

    private void zone(Name zone) {
        try {
            ZoneId.of(zone.text());
        } catch (DateTimeException _) {
            problems.report(DiagnosticCode.BAD_SCHEDULE, zone.span())
                    .message("no time zone is called `%s`", zone.text())
                    .help(Closest.question(zone.text(), ZoneId.getAvailableZoneIds().stream().sorted().toList())
                            .orElse("e.g. `\"Asia/Shanghai\"`; without `zone` it is UTC"));
        }
    }

    private void event(Trigger.OnEvent event) {
        Set<String> names = new HashSet<>();
        boolean several = !event.chain().isEmpty() || event.without().isPresent() || event.times().isPresent();
        pattern(event.first(), several, names);
        event.chain().forEach(next -> pattern(next.pattern(), several, names));
        event.without().ifPresent(without -> {
            pattern(without.pattern(), several, names);
            without.pattern().alias().ifPresent(alias -> useless(alias, "this event never comes where the rule fires"));
        });
        if (event.chain().isEmpty() && event.without().isEmpty() && event.times().isEmpty()) {
            event.first().alias().ifPresent(alias -> useless(alias, "there is one event only"));
        }
        event.times().filter(times -> times.count() == 1).ifPresent(times -> problems
                .report(DiagnosticCode.BAD_SETTING, times.span())
                .message("an event that comes once is an event").help("leave this out, or count from 2"));
        event.open().filter(open -> open.millis() == 0)
                .ifPresent(open -> problems.report(DiagnosticCode.BAD_SETTING, open.span())
                        .message("an event that is open for `%s` never starts anything", open.text())
                        .help("leave `open` out for 5 minutes"));
    }

    private void useless(Name alias, String why) {
        problems.report(DiagnosticCode.UNKNOWN_REFERENCE, alias.span())
                .message("`%s` would name nothing of its own: %s", alias.text(), why)
                .help("leave `as " + alias.text() + "` out, and write `event.x`");
    }

    private void pattern(EventPattern pattern, boolean several, Set<String> names) {
        for (Name type : pattern.types()) {
            if (symbols.event(type.text()).isEmpty()) {
                Spelling.warn("event", type.text(), type.span(), symbols.events().keySet(), problems);
            }
        }
        pattern.where().ifPresent(where -> {
            condition(where, alone(pattern));
            if (several) {
                ownAttributesOnly(where);
            }
        });
        pattern.alias().ifPresent(alias -> {
            if (TAKEN.contains(alias.text())) {
                problems.report(DiagnosticCode.RESERVED_NAME, alias.span())
                        .message("no event can be named `%s`: it means something already", alias.text())
                        .help("choose another name, e.g. `as first`");
            } else if (!names.add(alias.text())) {
                problems.report(DiagnosticCode.DUPLICATE_NAME, alias.span())
                        .message("two events of this trigger are named `%s`", alias.text());
            }
        });
    }

    /** A filter sees its own event only. */
    private static Trigger alone(EventPattern pattern) {
        EventPattern nameless = new EventPattern(pattern.types(), Optional.empty(), Optional.empty(), pattern.span());
        return new Trigger.OnEvent(nameless, List.of(), Optional.empty(), Optional.empty(), Optional.empty(),
                pattern.span());
    }

    /** What belongs together is decided when an event comes, by what it says itself. */
    private void ownAttributesOnly(Expr where) {
        Ast.walk(where, node -> {
            boolean other = switch (node) {
                case Expr.Series _,Expr.TimeIn _,Expr.OverEntities _,Expr.EventCount _,Expr.TimeSince _,Expr.Keyword _ ->
                    true;
                case Expr.Path path -> path.root().text().equals("label");
                case Node _ -> false;
            };
            if (other) {
                problems.report(DiagnosticCode.UNKNOWN_REFERENCE, node.span())
                        .message("`%s` is no attribute of this event, and a `where` beside other events takes nothing "
                                + "else", source.slice(node.span()))
                        .help("compare it in `when`; labels of the event are `event.labels.x`");
            }
        });
    }

    private void condition(Expr where, Trigger of) {
        Ast.walk(where, node -> {
            if (node instanceof Expr.Sustained held) {
                problems.report(DiagnosticCode.WRONG_OPERATOR, held.atLeast().span())
                        .message("`for %s` holds something over time, and an event says one thing once",
                                held.atLeast().text())
                        .help("hold a condition in `when`");
            }
        });
        new ExprCheck(symbols, metrics, new Place(Place.Kind.WHERE, Optional.of(of)), source, problems).whole(where);
    }
}
