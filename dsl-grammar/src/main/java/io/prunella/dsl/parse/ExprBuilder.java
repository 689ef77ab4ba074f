package io.prunella.dsl.parse;

import static io.prunella.dsl.parse.Values.name;
import static io.prunella.dsl.parse.Values.names;
import static io.prunella.dsl.parse.Values.span;

import io.prunella.dsl.ast.DurationLiteral;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.ast.Span;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Conditions and values. */
final class ExprBuilder {
    private final Values values;
    private final Set<String> roots = new HashSet<>();

    ExprBuilder(Values values) {
        this.values = values;
        aliases(List.of());
    }

    /** Names of events, by {@code as}, that paths of the rule at hand may begin with. */
    void aliases(List<String> names) {
        roots.clear();
        roots.addAll(List.of("event", "label", "steps"));
        roots.addAll(names);
    }

    Expr expr(Dl.ExprContext context) {
        List<Dl.ConjunctionContext> parts = context.conjunction();
        if (parts.size() == 1) {
            return conjunction(parts.getFirst());
        }
        return new Expr.Or(parts.stream().map(this::conjunction).toList(), span(context));
    }

    Optional<Expr> expr(Dl.@Nullable ExprContext context, boolean present) {
        return present && context != null ? Optional.of(expr(context)) : Optional.empty();
    }

    private Expr conjunction(Dl.ConjunctionContext context) {
        List<Dl.NegationContext> parts = context.negation();
        if (parts.size() == 1) {
            return negation(parts.getFirst());
        }
        return new Expr.And(parts.stream().map(this::negation).toList(), span(context));
    }

    private Expr negation(Dl.NegationContext context) {
        Expr inner = comparison(context.comparison());
        for (TerminalNode not : context.NOT().reversed()) {
            inner = new Expr.Not(inner, span(not).to(inner.span()));
        }
        return inner;
    }

    private Expr comparison(Dl.ComparisonContext context) {
        Expr left = sum(context.sum(0));
        List<Dl.CompareOpContext> ops = context.compareOp();
        int comparisons = ops.size() + context.IN().size();
        if (comparisons > 1) {
            values.diagnostics().report(DiagnosticCode.CHAINED_COMPARISON, span(context))
                    .message("comparisons do not chain").help("write `a < b AND b < c`");
        }
        if (!context.IN().isEmpty() && comparisons == 1) {
            List<Expr.InItem> items = context.inItem().stream().map(this::inItem).toList();
            left = new Expr.In(left, items, left.span().to(span(context.RBRACKET(0))));
        } else if (!ops.isEmpty() && context.sum().size() > 1) {
            Expr right = sum(context.sum(1));
            left = new Expr.Comparison(left, op(ops.getFirst()), right, left.span().to(right.span()));
        }
        if (context.FOR() != null) {
            DurationLiteral hold = values.duration(context.NUMBER());
            return new Expr.Sustained(left, hold, span(context));
        }
        return left;
    }

    static Expr.CompareOp op(Dl.CompareOpContext context) {
        return switch (context.getStart().getType()) {
            case Dl.EQ -> Expr.CompareOp.EQ;
            case Dl.NE -> Expr.CompareOp.NE;
            case Dl.LT -> Expr.CompareOp.LT;
            case Dl.LE -> Expr.CompareOp.LE;
            case Dl.GT -> Expr.CompareOp.GT;
            case Dl.GE -> Expr.CompareOp.GE;
            case Dl.MATCHES -> Expr.CompareOp.MATCHES;
            default -> Expr.CompareOp.NOT_MATCHES;
        };
    }

    private Expr.InItem inItem(Dl.InItemContext context) {
        List<Dl.SumContext> ends = context.sum();
        Optional<Expr> to = ends.size() > 1 ? Optional.of(sum(ends.get(1))) : Optional.empty();
        return new Expr.InItem(sum(ends.getFirst()), to, span(context));
    }

    private Expr sum(Dl.SumContext context) {
        Expr left = product(context.product(0));
        for (int i = 1; i < context.getChildCount() - 1; i += 2) {
            Expr right = product((Dl.ProductContext) context.getChild(i + 1));
            left = new Expr.Arithmetic(left, arithmetic(context.getChild(i)), right, left.span().to(right.span()));
        }
        return left;
    }

    private Expr product(Dl.ProductContext context) {
        Expr left = signed(context.signed(0));
        for (int i = 1; i < context.getChildCount() - 1; i += 2) {
            Expr right = signed((Dl.SignedContext) context.getChild(i + 1));
            left = new Expr.Arithmetic(left, arithmetic(context.getChild(i)), right, left.span().to(right.span()));
        }
        return left;
    }

    private static Expr.ArithmeticOp arithmetic(ParseTree sign) {
        return switch (((TerminalNode) sign).getSymbol().getType()) {
            case Dl.PLUS -> Expr.ArithmeticOp.ADD;
            case Dl.MINUS -> Expr.ArithmeticOp.SUBTRACT;
            case Dl.STAR -> Expr.ArithmeticOp.MULTIPLY;
            case Dl.SLASH -> Expr.ArithmeticOp.DIVIDE;
            default -> Expr.ArithmeticOp.MODULO;
        };
    }

    private Expr signed(Dl.SignedContext context) {
        Expr inner = primary(context.primary());
        for (int i = context.getChildCount() - 2; i >= 0; i--) {
            TerminalNode sign = (TerminalNode) context.getChild(i);
            if (sign.getSymbol().getType() == Dl.MINUS) {
                inner = new Expr.Negate(inner, span(sign).to(inner.span()));
            }
        }
        return inner;
    }

    private Expr primary(Dl.PrimaryContext context) {
        Span span = span(context);
        Lexeme start = (Lexeme) context.getStart();
        return context.word() != null ? named(context, span) : switch (start.getType()) {
            case Dl.LPAREN -> new Expr.Group(expr(context.expr(0)), span);
            case Dl.NUMBER -> Values.number(context.NUMBER());
            case Dl.STRING -> Values.string(context.string());
            case Dl.TRUE, Dl.FALSE -> new Expr.BooleanLiteral(start.getType() == Dl.TRUE, span);
            case Dl.REGEX -> new Expr.Pattern(start.value, span);
            case Dl.LBRACKET -> new Expr.ListLiteral(context.expr().stream().map(this::expr).toList(), span);
            case Dl.LBRACE -> map(context.map());
            default -> context.call() != null ? call(context.call()) : special(context, span);
        };
    }

    private Expr named(Dl.PrimaryContext context, Span span) {
        Name name = name(context.word());
        if (context.BY() != null) {
            return new Expr.Aggregate(name, names(context.name()), expr(context.expr(0)), span);
        }
        boolean bare = context.matchers() == null;
        if (context.LBRACKET() != null) {
            Span series = bare ? name.span() : name.span().to(span(context.matchers()));
            return new Expr.Range(new Expr.Series(name, matchers(context.matchers()), series),
                    values.duration(context.NUMBER()), span);
        }
        return bare ? reference(name, span) : new Expr.Series(name, matchers(context.matchers()), span);
    }

    private Expr special(Dl.PrimaryContext context, Span span) {
        if (context.PROBE() != null) {
            return new Expr.Probe(name(context.name(0)), Values.string(context.string()), span);
        }
        if (context.SINCE() != null) {
            Expr.SinceKind kind = context.EVENT() != null ? Expr.SinceKind.EVENT : Expr.SinceKind.HEAL;
            return new Expr.TimeSince(kind, name(context.string()), span);
        }
        Optional<Name> zone = context.ZONE() == null ? Optional.empty() : Optional.of(name(context.string()));
        return new Expr.TimeIn(minute(context.CLOCK(0)), minute(context.CLOCK(1)), zone, span);
    }

    private int minute(TerminalNode clock) {
        String text = clock.getText();
        int colon = text.indexOf(':');
        if (colon <= 2 && text.length() == colon + 3) {
            int hour = Integer.parseInt(text, 0, colon, 10);
            int minute = Integer.parseInt(text, colon + 1, text.length(), 10);
            if (minute < 60 && hour * 60 + minute <= 1440) {
                return hour * 60 + minute;
            }
        }
        values.diagnostics().report(DiagnosticCode.BAD_TIME_OF_DAY, span(clock)).message("`%s` is no time of day", text)
                .help("times go from `00:00` to `24:00`");
        return 0;
    }

    // A bare name: a word with a value of its own, a path, or a series.
    private Expr reference(Name name, Span span) {
        String text = name.text();
        Expr.KeywordTerm term = keyword(text);
        if (term != null) {
            return new Expr.Keyword(term, span);
        }
        int dot = text.indexOf('.');
        if (dot > 0 && text.indexOf(':') < 0 && roots.contains(text.substring(0, dot))) {
            return path(text, name.span());
        }
        return new Expr.Series(name, List.of(), span);
    }

    static Expr.@Nullable KeywordTerm keyword(String text) {
        return switch (text) {
            case "duration" -> Expr.KeywordTerm.DURATION;
            case "entity" -> Expr.KeywordTerm.ENTITY;
            case "now" -> Expr.KeywordTerm.NOW;
            case "weekday" -> Expr.KeywordTerm.WEEKDAY;
            case "parent" -> Expr.KeywordTerm.PARENT;
            case "cause" -> Expr.KeywordTerm.CAUSE;
            case "this" -> Expr.KeywordTerm.THIS;
            default -> null;
        };
    }

    private static Expr path(String text, Span span) {
        List<Name> parts = new ArrayList<>();
        int from = 0;
        while (from <= text.length()) {
            int dot = text.indexOf('.', from);
            int end = dot < 0 ? text.length() : dot;
            parts.add(new Name(text.substring(from, end),
                    new Span(span.start() + from, span.start() + end, span.line(), span.column() + from)));
            from = end + 1;
        }
        return new Expr.Path(parts.getFirst(), parts.subList(1, parts.size()), span);
    }

    private Expr call(Dl.CallContext context) {
        Name function = name(context.word());
        Span span = span(context);
        List<Name> by = names(context.name());
        List<Dl.CallArgumentContext> arguments = context.callArgument();
        if (!arguments.isEmpty() && arguments.getFirst().EVENT() != null) {
            return events(context, function, arguments, span);
        }
        if (arguments.size() == 1) {
            Dl.CallArgumentContext only = arguments.getFirst();
            if (only.entitySet() != null) {
                return new Expr.OverEntities(function, set(only.entitySet()), Optional.of(expr(only.expr())), by, span);
            }
            Expr argument = expr(only.expr());
            Expr.EntitySet bare = overEntities(function.text()) ? bareSet(argument) : null;
            if (bare != null) {
                return new Expr.OverEntities(function, bare, Optional.empty(), by, span);
            }
            return by.isEmpty()
                    ? new Expr.Call(function, List.of(argument), span)
                    : new Expr.Aggregate(function, by, argument, span);
        }
        List<Expr> built = new ArrayList<>();
        for (Dl.CallArgumentContext argument : arguments) {
            if (argument.EVENT() != null || argument.entitySet() != null) {
                unexpected(argument);
            } else {
                built.add(expr(argument.expr()));
            }
        }
        if (!by.isEmpty()) {
            unexpected(context.name(0));
        }
        return new Expr.Call(function, built, span);
    }

    private Expr events(Dl.CallContext context, Name function, List<Dl.CallArgumentContext> arguments, Span span) {
        Name type = name(arguments.getFirst().string());
        if (arguments.size() == 2 && arguments.get(1).expr() != null && function.text().equals("count")
                && arguments.get(1).getSourceInterval().length() == 1
                && arguments.get(1).getStart().getType() == Dl.NUMBER && context.name().isEmpty()) {
            return new Expr.EventCount(type, values.duration(terminal(arguments.get(1))), span);
        }
        values.diagnostics().report(DiagnosticCode.UNEXPECTED_INPUT, span)
                .message("events are counted over a duration")
                .help("write `count(event \"" + type.text() + "\", 10m)`");
        return new Expr.Call(function, List.of(), span);
    }

    private static TerminalNode terminal(ParseTree tree) {
        ParseTree at = tree;
        while (!(at instanceof TerminalNode)) {
            at = at.getChild(0);
        }
        return (TerminalNode) at;
    }

    private void unexpected(ParserRuleContext context) {
        values.diagnostics().report(DiagnosticCode.UNEXPECTED_INPUT, span(context)).message("unexpected `%s`",
                Signs.shown(context.getText()));
    }

    private static boolean overEntities(String function) {
        return switch (function) {
            case "count", "fraction", "any", "all" -> true;
            default -> false;
        };
    }

    /** Nodes, heals and the like, written without a condition; null for anything else. */
    static Expr.@Nullable EntitySet bareSet(Expr expr) {
        if (!(expr instanceof Expr.Series series) || !series.matchers().isEmpty()
                || series.span().end() != series.name().span().end()) {
            return null;
        }
        return switch (series.name().text()) {
            case "nodes", "fleet" -> Expr.EntitySet.NODES;
            case "heals" -> Expr.EntitySet.HEALS;
            case "children" -> Expr.EntitySet.CHILDREN;
            case "ancestors" -> Expr.EntitySet.ANCESTORS;
            default -> null;
        };
    }

    static Expr.EntitySet set(Dl.EntitySetContext context) {
        return switch (context.getStart().getType()) {
            case Dl.NODES, Dl.FLEET -> Expr.EntitySet.NODES;
            case Dl.HEALS -> Expr.EntitySet.HEALS;
            case Dl.CHILDREN -> Expr.EntitySet.CHILDREN;
            case Dl.ANCESTORS -> Expr.EntitySet.ANCESTORS;
            default -> Expr.EntitySet.PARENT;
        };
    }

    List<Expr.Matcher> matchers(Dl.@Nullable MatchersContext context) {
        return context == null ? List.of() : context.matcher().stream().map(ExprBuilder::matcher).toList();
    }

    private static Expr.Matcher matcher(Dl.MatcherContext context) {
        Expr.MatchOp op = switch (((TerminalNode) context.getChild(1)).getSymbol().getType()) {
            case Dl.ASSIGN -> Expr.MatchOp.EQ;
            case Dl.NE -> Expr.MatchOp.NE;
            case Dl.MATCHES -> Expr.MatchOp.MATCHES;
            default -> Expr.MatchOp.NOT_MATCHES;
        };
        return new Expr.Matcher(name(context.name()), op, Values.string(context.string()), span(context));
    }

    Expr.MapLiteral map(Dl.MapContext context) {
        return new Expr.MapLiteral(context.entry().stream().map(this::entry).toList(), span(context));
    }

    Expr.Entry entry(Dl.EntryContext context) {
        return new Expr.Entry(name(context.title()), expr(context.expr()), span(context));
    }
}
