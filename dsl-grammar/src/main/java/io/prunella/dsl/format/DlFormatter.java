package io.prunella.dsl.format;

import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Node;
import io.prunella.dsl.parse.Comment;
import io.prunella.dsl.parse.ParseResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Lays a file out in the one way: clauses in their order, two blanks of indentation, every comment kept. */
public final class DlFormatter {
    private final ParseResult parsed;
    private final Units units;
    private final Page page = new Page();
    private final ExprPrinter exprs;
    private final StepPrinter steps;
    private final ClausePrinter clauses;

    private DlFormatter(ParseResult parsed) {
        this.parsed = parsed;
        this.units = new Units(parsed);
        this.exprs = new ExprPrinter(parsed.source());
        this.steps = new StepPrinter(exprs, units, page);
        this.clauses = new ClausePrinter(exprs, steps, units, page);
    }

    /**
     * The text of the file, laid out; what it means stays the same, and formatting it again changes nothing.
     *
     * @throws IllegalArgumentException if the file has errors, since then its tree is not all of it
     */
    public static String format(ParseResult parsed) {
        if (parsed.hasErrors()) {
            throw new IllegalArgumentException("a file with errors is not formatted: " + parsed.file().path());
        }
        return new DlFormatter(parsed).file();
    }

    private String file() {
        List<Declaration> declarations = parsed.file().declarations();
        for (int i = 0; i < declarations.size(); i++) {
            Declaration declaration = declarations.get(i);
            if (i > 0 && !together(declarations.get(i - 1), declaration)) {
                page.blank();
            }
            Units.Unit unit = units.of(declaration);
            page.paragraphs(unit.leading, declaration.span().line());
            declaration(declaration);
            page.trailing(unit);
            page.comments(2, unit.closing);
        }
        if (!units.atEnd().isEmpty() && !declarations.isEmpty()) {
            page.blank();
        }
        page.paragraphs(units.atEnd(), 0);
        return page.text();
    }

    // Declarations of one line stay together where they were.
    private boolean together(Declaration above, Declaration below) {
        boolean alike = ofOneLine(above) && ofOneLine(below);
        int last = parsed.source().lineOf(Math.max(0, above.span().end() - 1));
        List<Comment> leading = units.of(below).leading;
        int next = leading.isEmpty() ? below.span().line() : leading.getFirst().span().line();
        return alike && next <= last + 1 && units.of(above).closing.isEmpty();
    }

    private static boolean ofOneLine(Declaration declaration) {
        return declaration instanceof Declaration.Metric || declaration instanceof Declaration.Event
                || declaration instanceof Declaration.Channel;
    }

    private void declaration(Declaration declaration) {
        switch (declaration) {
            case Declaration.Pack pack -> pack(pack);
            case Declaration.Metric metric -> metric(metric);
            case Declaration.Event event -> event(event);
            case Declaration.Action action -> action(action);
            case Declaration.Channel channel -> channel(channel);
            case Declaration.Rule rule -> {
                rule.name().ifPresentOrElse(name -> {
                    header(rule, "rule " + exprs.written(name));
                    clauses.clauses(2, rule.clauses());
                }, () -> clauses.headless(rule.clauses()));
            }
            case Declaration.Recording recording -> {
                header(recording, "record " + exprs.written(recording.name()));
                clauses.clauses(2, recording.clauses());
            }
            case Declaration.Slo slo -> slo(slo);
            case Declaration.Suppress suppress -> suppress(suppress);
            case Declaration.Guard guard -> {
                header(guard, "guard " + exprs.written(guard.name()));
                Flow deny = new Flow().text("deny: ");
                ClausePrinter.choices(
                        guard.deny().stream().map(name -> "execute(" + exprs.written(name) + ")").toList(),
                        deny);
                page.unit(2, deny, units.of(guard.deny().getFirst()));
                condition("when", guard.when());
            }
            case Declaration.Test test -> new TestPrinter(exprs, steps, units, page).test(test);
        }
    }

    private void header(Node node, String text) {
        page.line(0, text);
        page.trailing(units.head(node));
    }

    private void condition(String word, Expr condition) {
        Flow out = new Flow().text(word).text(": ");
        exprs.print(condition, out);
        page.unit(2, out, units.of(condition));
    }

    private record Property(Node unit, int start, Flow flow) {}

    private void properties(List<Property> properties) {
        List<Property> ordered = new ArrayList<>(properties);
        ordered.sort(Comparator.comparingInt(Property::start));
        ordered.forEach(property -> page.unit(2, property.flow(), units.of(property.unit())));
    }

    private List<Property> entries(List<Expr.Entry> entries) {
        List<Property> properties = new ArrayList<>();
        for (Expr.Entry entry : entries) {
            Flow flow = new Flow();
            clauses.property(entry, flow);
            properties.add(new Property(entry, entry.span().start(), flow));
        }
        return properties;
    }

    private void pack(Declaration.Pack pack) {
        header(pack, "pack " + exprs.written(pack.name()));
        List<Property> properties = entries(pack.properties());
        if (!pack.requires().isEmpty()) {
            Flow flow = new Flow().text("requires: ");
            exprs.list(pack.requires(), flow, requirement -> flow.text(exprs.written(requirement.pack())).text(" ")
                    .text(requirement.op().sign()).text(" ").text(exprs.written(requirement.version())));
            Declaration.Requirement first = pack.requires().getFirst();
            properties.add(new Property(first, first.span().start(), flow));
        }
        properties(properties);
    }

    private void metric(Declaration.Metric metric) {
        Flow flow = new Flow().text("metric ").text(exprs.written(metric.name())).text(": ")
                .text(exprs.written(metric.type()));
        metric.staleAfter().ifPresent(stale -> flow.text(", stale after ").text(exprs.written(stale)));
        metric.source().ifPresent(origin -> flow.text(", source ").text(exprs.written(origin)));
        line(flow);
    }

    private void line(Flow flow) {
        flow.lines(0).forEach(line -> page.line(0, line));
    }

    private void event(Declaration.Event event) {
        Flow flow = new Flow().text("event ").text(exprs.written(event.name()));
        if (!event.fields().isEmpty()) {
            flow.text(" {");
            exprs.list(event.fields(), flow, field -> flow.text(exprs.written(field.name())).text(": ")
                    .text(exprs.written(field.type())));
            flow.text("}");
        }
        line(flow);
    }

    private void action(Declaration.Action action) {
        Flow flow = new Flow().text("action ").text(exprs.written(action.name()));
        if (!action.parameters().isEmpty()) {
            flow.text("(");
            exprs.list(action.parameters(), flow, parameter -> {
                flow.text(exprs.written(parameter.name())).text(": ").text(exprs.written(parameter.type()));
                parameter.defaultValue().ifPresent(value -> exprs.print(value, flow.text(" = ")));
            });
            flow.text(")");
        }
        line(flow);
        page.trailing(units.head(action));
        List<Property> properties = entries(action.properties());
        if (!action.uses().isEmpty()) {
            Declaration.Driver first = action.uses().getFirst();
            properties.add(new Property(first, first.span().start(), uses(action)));
        }
        properties(properties);
    }

    private Flow uses(Declaration.Action action) {
        Flow flow = new Flow().text("uses: ");
        for (int i = 0; i < action.uses().size(); i++) {
            Declaration.Driver driver = action.uses().get(i);
            if (i > 0) {
                flow.text(",").gap().text("else ");
            }
            flow.text(exprs.written(driver.name()));
            if (!driver.arguments().isEmpty()) {
                flow.text("(").deeper();
                exprs.list(driver.arguments(), flow, argument -> exprs.print(argument, flow));
                flow.shallower().text(")");
            }
        }
        return flow;
    }

    private void channel(Declaration.Channel channel) {
        Flow flow = new Flow().text("channel ").text(exprs.written(channel.name())).text(": ")
                .text(exprs.written(channel.kind()));
        channel.properties().forEach(entry -> exprs.entry(entry, flow.text(",").gap()));
        line(flow);
    }

    private void slo(Declaration.Slo slo) {
        header(slo, "slo " + exprs.written(slo.name()));
        List<Property> properties = entries(slo.properties());
        properties.add(new Property(slo.period(), slo.sliSpan().start(), new Flow().text("sli: ").text(slo.sli())));
        properties.add(new Property(slo.objective(), slo.objective().span().start(), new Flow().text("objective: ")
                .text(slo.objective().text()).text(" over ").text(exprs.written(slo.period()))));
        properties(properties);
    }

    private void suppress(Declaration.Suppress suppress) {
        header(suppress, "suppress " + exprs.written(suppress.name()));
        suppress.window().ifPresent(window -> page.unit(2, new Flow().text("window: ").text(exprs.written(window)),
                units.of(window)));
        if (!suppress.overrides().isEmpty()) {
            Flow flow = new Flow().text("overrides: {");
            exprs.list(suppress.overrides(), flow, override -> flow.text(exprs.written(override.label())).text("=")
                    .text(exprs.written(override.value())).text(": ").text(exprs.written(override.window())));
            page.unit(2, flow.text("}"), units.of(suppress.overrides().getFirst()));
        }
        suppress.settle().ifPresent(settle -> page.unit(2, new Flow().text("settle: ").text(exprs.written(settle)),
                units.of(settle)));
        suppress.when().ifPresent(when -> condition("when", when));
    }
}
