package io.prunella.dsl.parse;

import static io.prunella.dsl.parse.Values.name;
import static io.prunella.dsl.parse.Values.span;

import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.DurationLiteral;
import io.prunella.dsl.ast.Expectation;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Given;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.ast.SourceFile;
import io.prunella.dsl.ast.Span;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.dsl.diagnostic.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** From ANTLR's tree to ours: declarations. Where the text had a mistake its clause, step or declaration is left out. */
final class AstBuilder {
    private final Source source;
    private final Values values;
    private final ExprBuilder exprs;
    private final StepBuilder steps;
    private final ClauseBuilder clauses;
    private final TestBuilder tests;
    private final Docs docs;

    AstBuilder(Source source, Diagnostics diagnostics, List<Comment> comments) {
        this.source = source;
        this.values = new Values(diagnostics);
        this.exprs = new ExprBuilder(values);
        this.steps = new StepBuilder(values, exprs);
        this.clauses = new ClauseBuilder(values, exprs, steps);
        this.tests = new TestBuilder(values, exprs, steps);
        this.docs = new Docs(comments);
    }

    SourceFile file(Dl.FileContext context) {
        List<Declaration> declarations = new ArrayList<>();
        for (Dl.DeclarationContext declaration : context.declaration()) {
            Declaration built = declaration(declaration);
            if (built != null) {
                declarations.add(built);
            }
        }
        return new SourceFile(source.path(), declarations, source.span(0, source.text().length()));
    }

    private @Nullable Declaration declaration(Dl.DeclarationContext context) {
        Dl.HeaderContext header = context.header();
        boolean whole = header != null && header.exception == null;
        Body body = body(context, whole);
        if (header == null || !whole) {
            return null;
        }
        Span span = span(context);
        List<String> doc = docs.above(span);
        return switch (header.getStart().getType()) {
            case Dl.HEADLESS -> rule(Optional.empty(), body, doc, headless(context, span));
            case Dl.D_RULE -> rule(Optional.of(name(header.title())), body, doc, span);
            case Dl.D_RECORD -> record(header, body, doc, span);
            case Dl.D_SLO -> slo(header, body, doc, span);
            case Dl.D_SUPPRESS -> suppress(header, body, doc, span);
            case Dl.D_GUARD -> guard(header, body, doc, span);
            case Dl.D_PACK ->
                new Declaration.Pack(name(header.title()), properties(body), requirements(body), doc, span);
            case Dl.D_METRIC -> metric(header, doc, span);
            case Dl.D_EVENT -> new Declaration.Event(name(header.title()), fields(header), doc, span);
            case Dl.D_ACTION -> action(header, body, doc, span);
            case Dl.D_CHANNEL -> new Declaration.Channel(name(header.title()), name(header.name()),
                    header.entry().stream().map(exprs::entry).toList(), doc, span);
            default -> test(header, body, doc, span);
        };
    }

    private static Span headless(Dl.DeclarationContext context, Span span) {
        Span first = context.clause().isEmpty() ? span : span(context.clause(0));
        return first.to(span);
    }

    // Clauses

    /** The clauses that can be used, by their first word, and whether others were reported. */
    private record Body(List<Dl.ClauseContext> clauses, Map<String, Dl.ClauseContext> first, boolean broken) {
        Dl.@Nullable ClauseContext get(String word) {
            return first.get(word);
        }
    }

    private Body body(Dl.DeclarationContext context, boolean whole) {
        List<Dl.ClauseContext> kept = new ArrayList<>();
        Map<String, Dl.ClauseContext> first = new HashMap<>();
        boolean broken = !whole || context.exception != null;
        for (Dl.ClauseContext clause : context.clause()) {
            Lexeme start = (Lexeme) clause.getStart();
            if (start.broken) {
                broken = true;
                continue;
            }
            Dl.ClauseContext before = first.putIfAbsent(start.getText(), clause);
            if (before != null) {
                String word = start.getText();
                values.diagnostics().report(DiagnosticCode.DUPLICATE_CLAUSE, start.span())
                        .message("`%s` is written twice", word).label(Lexeme.span(before.getStart()), "first here")
                        .help(twice(word));
            } else if (clause.exception != null) {
                broken = true;
            } else {
                kept.add(clause);
            }
        }
        return new Body(kept, first, broken);
    }

    private static String twice(String word) {
        return switch (word) {
            case "on" -> "a rule has one trigger; write further rules for the others, or `\"A\" | \"B\"`";
            case "when", "unless", "until" -> "join the conditions with `AND` or `OR`";
            case "then", "after", "rollback", "escalate" -> "put all steps under one `" + word + ":`";
            default -> "keep one of them";
        };
    }

    private List<Clause> clauses(Body body) {
        exprs.aliases(ClauseBuilder.aliases(body.clauses()));
        List<Clause> built = new ArrayList<>();
        for (Dl.ClauseContext context : body.clauses()) {
            Clause clause = clauses.clause(context);
            if (clause != null) {
                built.add(clause);
            }
        }
        exprs.aliases(List.of());
        return built;
    }

    private Declaration rule(Optional<Name> name, Body body, List<String> doc, Span span) {
        List<Clause> built = clauses(body);
        if (body.get("on") == null && body.get("when") == null && body.get("expr") == null && !body.broken()) {
            values.diagnostics().report(DiagnosticCode.NOTHING_TO_FIRE_ON, name.map(Name::span).orElse(firstLine(span)))
                    .message("%s has nothing to fire on", name.map(n -> "`" + n + "`").orElse("this rule"))
                    .help("give it a trigger (`on event:` …), a condition (`when:`) or an `expr:`");
        }
        return new Declaration.Rule(name, built, doc, span);
    }

    private Span firstLine(Span span) {
        int end = source.text().indexOf('\n', span.start());
        return new Span(span.start(), end < 0 ? span.end() : Math.min(end, span.end()), span.line(), span.column());
    }

    private Declaration record(Dl.HeaderContext header, Body body, List<String> doc, Span span) {
        Name name = name(header.title());
        require(body, name, "record", "expr");
        return new Declaration.Recording(name, clauses(body), doc, span);
    }

    private boolean require(Body body, Name name, String what, String... words) {
        boolean all = true;
        for (String word : words) {
            if (body.get(word) == null) {
                all = false;
                if (!body.broken()) {
                    values.diagnostics().report(DiagnosticCode.MISSING_CLAUSE, name.span())
                            .message("%s `%s` has no `%s:`", what, name.text(), word).help("add `" + word + ": …`");
                }
            }
        }
        return all;
    }

    // Other declarations

    private @Nullable Declaration slo(Dl.HeaderContext header, Body body, List<String> doc, Span span) {
        Name name = name(header.title());
        List<Expr.Entry> properties = properties(body);
        boolean all = require(body, name, "slo", "sli", "objective");
        Dl.ClauseContext sli = body.get("sli");
        Dl.ClauseContext objective = body.get("objective");
        if (!all || sli == null || objective == null || sli.exception != null || objective.exception != null) {
            return null;
        }
        Expr.NumberLiteral share = values.plain(objective.NUMBER(0));
        if ((share.value() <= 0 || share.value() >= 1) && !Values.lexeme(objective.NUMBER(0)).broken) {
            values.diagnostics().report(DiagnosticCode.OUT_OF_RANGE, share.span())
                    .message("an objective cannot be `%s`", share.text()).help("it lies between 0 and 100%: `99.9%`");
        }
        return new Declaration.Slo(name, sli.PROM().getText(), span(sli.PROM()), share,
                values.duration(objective.NUMBER(1)), properties, doc, span);
    }

    private Declaration suppress(Dl.HeaderContext header, Body body, List<String> doc, Span span) {
        Optional<DurationLiteral> window = Optional.empty();
        Optional<DurationLiteral> settle = Optional.empty();
        Optional<Expr> when = Optional.empty();
        List<Declaration.WindowOverride> overrides = new ArrayList<>();
        for (Dl.ClauseContext clause : body.clauses()) {
            switch (clause.getStart().getText()) {
                case "window" -> window = Optional.of(values.duration(clause.NUMBER(0)));
                case "settle" -> settle = Optional.of(values.duration(clause.NUMBER(0)));
                case "when" -> when = Optional.of(exprs.expr(clause.expr(0)));
                default -> {
                    for (Dl.OverrideContext override : clause.override()) {
                        overrides.add(new Declaration.WindowOverride(name(override.name()),
                                Values.string(override.string()), values.duration(override.NUMBER()), span(override)));
                    }
                }
            }
        }
        return new Declaration.Suppress(name(header.title()), window, overrides, settle, when, doc, span);
    }

    private @Nullable Declaration guard(Dl.HeaderContext header, Body body, List<String> doc, Span span) {
        Name name = name(header.title());
        boolean all = require(body, name, "guard", "deny", "when");
        Dl.ClauseContext deny = body.get("deny");
        Dl.ClauseContext when = body.get("when");
        if (!all || deny == null || when == null || deny.exception != null || when.exception != null) {
            return null;
        }
        List<Name> denied = new ArrayList<>();
        for (Dl.DeniedContext action : deny.denied()) {
            values.word(name(action.name()), List.of("execute"), "step");
            denied.add(name(action.title()));
        }
        return new Declaration.Guard(name, denied, exprs.expr(when.expr(0)), doc, span);
    }

    private Declaration metric(Dl.HeaderContext header, List<String> doc, Span span) {
        Optional<DurationLiteral> stale = Optional.empty();
        Optional<Name> origin = Optional.empty();
        for (Dl.MetricOptionContext option : header.metricOption()) {
            boolean twice = option.STALE() != null ? stale.isPresent() : origin.isPresent();
            if (twice) {
                values.diagnostics().report(DiagnosticCode.DUPLICATE_CLAUSE, Lexeme.span(option.getStart()))
                        .message("`%s` is written twice", option.getStart().getText()).help("keep one of them");
            } else if (option.STALE() != null) {
                stale = Optional.of(values.duration(option.NUMBER()));
            } else {
                origin = Optional.of(name(option.name()));
            }
        }
        return new Declaration.Metric(name(header.title()), name(header.name()), stale, origin, doc, span);
    }

    private List<Declaration.Field> fields(Dl.HeaderContext header) {
        List<Declaration.Field> fields = new ArrayList<>();
        for (Dl.FieldContext field : header.field()) {
            if (field.ASSIGN() != null) {
                values.diagnostics().report(DiagnosticCode.UNEXPECTED_INPUT, span(field.ASSIGN()))
                        .message("a field of an event has no default").help("leave `=` and the value out");
            }
            fields.add(new Declaration.Field(name(field.name(0)), name(field.name(1)), span(field)));
        }
        return fields;
    }

    private Declaration action(Dl.HeaderContext header, Body body, List<String> doc, Span span) {
        List<Declaration.Parameter> parameters = header.field().stream()
                .map(field -> new Declaration.Parameter(name(field.name(0)), name(field.name(1)),
                        exprs.expr(field.expr(), field.ASSIGN() != null), span(field)))
                .toList();
        List<Declaration.Driver> uses = new ArrayList<>();
        for (Dl.ClauseContext clause : body.clauses()) {
            for (Dl.DriverContext driver : clause.driver()) {
                uses.add(new Declaration.Driver(name(driver.name()), driver.expr().stream().map(exprs::expr).toList(),
                        span(driver)));
            }
        }
        return new Declaration.Action(name(header.title()), parameters, uses, properties(body), doc, span);
    }

    private List<Expr.Entry> properties(Body body) {
        List<Expr.Entry> properties = new ArrayList<>();
        for (Dl.ClauseContext clause : body.clauses()) {
            Token start = clause.getStart();
            if (start.getType() == Dl.K_PROP) {
                List<Expr> items = clause.expr().stream().map(exprs::expr).toList();
                Expr value = items.size() == 1
                        ? items.getFirst()
                        : new Expr.ListLiteral(items, items.getFirst().span().to(items.getLast().span()));
                properties.add(new Expr.Entry(name(start), value, span(clause)));
                if (start.getText().equals("defaults") && value instanceof Expr.MapLiteral map) {
                    map.entries().forEach(entry -> steps.checkSetting(entry.name(), entry.value()));
                }
            }
        }
        return properties;
    }

    private static Name name(Token token) {
        return new Name(((Lexeme) token).value, Lexeme.span(token));
    }

    private static Name name(ParserRuleContext context) {
        return Values.name(context);
    }

    private List<Declaration.Requirement> requirements(Body body) {
        List<Declaration.Requirement> requirements = new ArrayList<>();
        for (Dl.ClauseContext clause : body.clauses()) {
            for (Dl.RequirementContext requirement : clause.requirement()) {
                requirements.add(new Declaration.Requirement(name(requirement.title()),
                        ExprBuilder.op(requirement.compareOp()), Values.string(requirement.string()),
                        span(requirement)));
            }
        }
        return requirements;
    }

    private Declaration test(Dl.HeaderContext header, Body body, List<String> doc, Span span) {
        List<Given> given = new ArrayList<>();
        List<Expectation> expect = new ArrayList<>();
        for (Dl.ClauseContext clause : body.clauses()) {
            given.addAll(tests.given(clause.given()));
            expect.addAll(tests.expect(clause.expectation()));
        }
        Expr.StringLiteral title = Values.string(header.string());
        require(body, new Name(title.text(), title.span()), "test", "expect");
        return new Declaration.Test(title, given, expect, doc, span);
    }
}
