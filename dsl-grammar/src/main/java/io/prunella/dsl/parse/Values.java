package io.prunella.dsl.parse;

import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.DurationLiteral;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.ast.Span;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Names, numbers and words of a text as the syntax tree wants them; what they cannot be is reported here. */
final class Values {
    private final Diagnostics diagnostics;

    Values(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    Diagnostics diagnostics() {
        return diagnostics;
    }

    static Span span(ParserRuleContext context) {
        Span start = Lexeme.span(context.getStart());
        Token stop = context.getStop();
        return stop == null ? start : start.to(Lexeme.span(stop));
    }

    static Lexeme lexeme(TerminalNode node) {
        return (Lexeme) node.getSymbol();
    }

    static Span span(TerminalNode node) {
        return lexeme(node).span();
    }

    // Names

    static Name name(ParserRuleContext context) {
        Lexeme lexeme = (Lexeme) context.getStart();
        return new Name(lexeme.value, lexeme.span());
    }

    static List<Name> names(List<? extends ParserRuleContext> contexts) {
        return contexts.stream().map(Values::name).toList();
    }

    static Expr.StringLiteral string(ParserRuleContext context) {
        Lexeme lexeme = (Lexeme) context.getStart();
        return new Expr.StringLiteral(lexeme.value, lexeme.block, lexeme.span());
    }

    /** A word that must be one of a few. */
    Name word(Name name, List<String> choices, String what) {
        if (!choices.contains(name.text())) {
            diagnostics.report(DiagnosticCode.UNKNOWN_WORD, name.span()).message("unknown %s `%s`", what, name.text())
                    .help(Closest.to(name.text(), choices).map(s -> "did you mean `" + s + "`?")
                            .orElse((choices.size() == 1 ? "write `" : "it is one of `") + String.join("`, `", choices)
                                    + "`"));
        }
        return name;
    }

    // Numbers

    static Expr.NumberLiteral number(TerminalNode node) {
        Lexeme lexeme = lexeme(node);
        return new Expr.NumberLiteral(lexeme.number, lexeme.dimension, lexeme.getText(), lexeme.span());
    }

    DurationLiteral duration(TerminalNode node) {
        Lexeme lexeme = lexeme(node);
        boolean zero = lexeme.dimension == Dimension.NUMBER && lexeme.number == 0;
        if (lexeme.dimension != Dimension.DURATION && !zero && !lexeme.broken) {
            needsDuration(lexeme.getText(), lexeme.dimension, lexeme.span());
        }
        return new DurationLiteral(lexeme.millis, lexeme.getText(), lexeme.span());
    }

    void needsDuration(String written, Dimension dimension, Span span) {
        diagnostics.report(DiagnosticCode.WRONG_UNIT, span)
                .message("`%s` is a %s where a duration is needed", written, dimension.label())
                .help(dimension == Dimension.NUMBER && !written.endsWith("%")
                        ? "did you mean `" + written + "s`?"
                        : "write a duration such as `30s`");
    }

    /** A duration that has to last: a period of nothing would never let the clock go on. */
    DurationLiteral positive(String what, TerminalNode node) {
        DurationLiteral duration = duration(node);
        Lexeme lexeme = lexeme(node);
        if (lexeme.number == 0 && !lexeme.broken) {
            diagnostics.report(DiagnosticCode.OUT_OF_RANGE, duration.span())
                    .message("`%s` cannot be `%s`", what, duration.text()).help("write a duration such as `1m`");
        }
        return duration;
    }

    /** A number without a unit; anything else is reported. */
    Expr.NumberLiteral plain(TerminalNode node) {
        Lexeme lexeme = lexeme(node);
        if (lexeme.dimension != Dimension.NUMBER && !lexeme.broken) {
            diagnostics.report(DiagnosticCode.WRONG_UNIT, lexeme.span()).message(
                    "`%s` is a %s where a number without a unit is needed", lexeme.getText(), lexeme.dimension.label());
        }
        return number(node);
    }

    /** A whole number from {@code least} to {@code most}; a number that is none of them is reported and is the least. */
    long whole(TerminalNode node, boolean negative, long least, long most, String what) {
        Lexeme lexeme = lexeme(node);
        if (lexeme.broken) {
            return least;
        }
        String digits = lexeme.getText().replace("_", "");
        boolean plain = !digits.isEmpty() && digits.length() < 25;
        for (int i = 0; i < digits.length(); i++) {
            plain &= Numbers.isDigit(digits.charAt(i));
        }
        String written = (negative ? "-" : "") + lexeme.getText();
        if (plain) {
            try {
                long value = Long.parseLong((negative ? "-" : "") + digits);
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                plain = true;
            }
        }
        Span span = lexeme.span();
        Span whole = negative && span.start() > 0 && span.column() > 1
                ? new Span(span.start() - 1, span.end(), span.line(), span.column() - 1)
                : span;
        String range = most == Long.MAX_VALUE || most == Integer.MAX_VALUE
                ? "it is a whole number from " + least + " on"
                : "it is a whole number from " + least + " to " + most;
        diagnostics.report(DiagnosticCode.OUT_OF_RANGE, whole).message("%s cannot be `%s`", what, written).help(range);
        return least;
    }
}
