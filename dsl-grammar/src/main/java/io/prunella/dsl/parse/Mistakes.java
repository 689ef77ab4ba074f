package io.prunella.dsl.parse;

import io.prunella.dsl.ast.Span;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Says in the user's terms what is wrong at a token at which the grammar knew no way on. */
final class Mistakes {
    private static final List<String> CONNECTIVES = List.of("AND", "OR", "at once", "every", "followed", "for",
            "open", "per", "times", "where", "within", "without", "zone");

    private final Diagnostics diagnostics;

    Mistakes(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    void report(Parser parser, RecognitionException e) {
        Lexeme found = (Lexeme) e.getOffendingToken();
        boolean here = e instanceof InputMismatchException
                || (e instanceof NoViableAltException n && n.getStartToken() == found);
        IntervalSet expected = here ? expected(parser, e) : new IntervalSet();
        ParserRuleContext clause = (ParserRuleContext) DlErrors.clauseOf(parser.getContext());
        if (((Lexeme) clause.getStart()).broken || reportedAlready(found)) {
            return;
        }
        Lexeme before = before(parser, found);
        List<String> wanted = here ? describe(expected, parser.getContext().getRuleIndex(), clause, before) : List.of();
        say(parser, wanted, found, parser.getContext().getRuleIndex());
    }

    /** Where a clause or declaration is complete and something that begins no other one follows. */
    void reportRest(Parser parser) {
        Lexeme found = (Lexeme) parser.getCurrentToken();
        if (!reportedAlready(found)) {
            say(parser, List.of(), found, Dl.RULE_declaration);
        }
    }

    private boolean reportedAlready(Lexeme found) {
        if (!found.broken) {
            return false;
        }
        if (found.getType() == Dl.RPAREN || found.getType() == Dl.RBRACKET || found.getType() == Dl.RBRACE) {
            diagnostics.report(DiagnosticCode.UNCLOSED_BRACKET, found.span())
                    .message("`%s` closes nothing", found.getText()).help("leave it out, or open it before");
        }
        // What is broken was reported when it was read.
        return true;
    }

    private static IntervalSet expected(Parser parser, RecognitionException e) {
        IntervalSet expected = e.getExpectedTokens();
        return expected == null ? parser.getExpectedTokens() : expected;
    }

    private static Lexeme before(Parser parser, Lexeme found) {
        int index = found.getTokenIndex();
        while (--index >= 0) {
            Token token = parser.getInputStream().get(index);
            if (token.getType() != Dl.HEADLESS && !token.getText().isEmpty()) {
                return (Lexeme) token;
            }
        }
        return found;
    }

    // As a user would say it: a clause with its colon, else the last thing written.
    private static String place(Parser parser, Lexeme before) {
        String text = before.getText();
        if (before.getType() == Dl.COLON) {
            Lexeme word = before(parser, before);
            return Signs.shown(word.getText()) + ":";
        }
        return Signs.shown(text);
    }

    private void say(Parser parser, List<String> wanted, Lexeme found, int rule) {
        Lexeme before = before(parser, found);
        boolean atEnd = found.getType() == Token.EOF || Words.begins(found.getType()) || found.getText().isEmpty();
        boolean onlyColon = wanted.equals(List.of("`:`"));
        Span span = atEnd || onlyColon ? before.span() : found.span();
        String after = "`" + place(parser, before) + "`";
        String written = "`" + Signs.shown(found.getText()) + "`";
        String message;
        if (before == found) {
            message = wanted.isEmpty() ? "unexpected " + written : "expected " + choices(wanted);
        } else if (wanted.isEmpty()) {
            message = atEnd
                    ? "something is missing after " + after
                    : "unexpected " + written + " after " + after;
        } else if (atEnd || onlyColon) {
            message = "expected " + choices(wanted) + " after " + after;
        } else {
            message = "expected " + choices(wanted) + ", found " + written;
        }
        Diagnostics.Reported reported = diagnostics.report(DiagnosticCode.UNEXPECTED_INPUT, span)
                .message("%s", message);
        String help = help(found, before, rule);
        if (help.isEmpty() && found.getType() == Dl.NAME) {
            List<String> words = wanted.stream().map(w -> w.replace("`", "")).toList();
            help = Closest.question(found.getText(), words).orElse("");
        }
        if (!help.isEmpty()) {
            reported.help(help);
        }
    }

    private static String help(Lexeme found, Lexeme before, int rule) {
        return switch (found.getType()) {
            case Dl.ASSIGN -> rule >= Dl.RULE_expr || rule == Dl.RULE_declaration ? "write `==` to compare" : "";
            case Dl.BAR -> before.getType() == Dl.BAR || rule == Dl.RULE_declaration ? "write `OR`" : "";
            case Dl.PERCENT -> "`%` is glued to its number, as in `95%`";
            case Dl.NUMBER -> rule == Dl.RULE_declaration && before.getType() == Dl.NUMBER
                    ? "a unit is glued to its number, as in `30s`"
                    : "";
            default -> {
                if (before.getType() == Dl.NUMBER && unit(found.getText())) {
                    yield "a unit is glued to its number: `" + before.getText() + found.getText() + "`";
                }
                yield rule == Dl.RULE_declaration && found.getType() == Dl.NAME
                        ? Closest.question(found.getText(), CONNECTIVES).orElse("")
                        : "";
            }
        };
    }

    private static boolean unit(String text) {
        return switch (text) {
            case "ms", "s", "m", "h", "d", "w", "B", "KB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB" -> true;
            default -> false;
        };
    }

    private static String choices(List<String> wanted) {
        return wanted.size() == 1
                ? wanted.getFirst()
                : String.join(", ", wanted.subList(0, wanted.size() - 1)) + " or " + wanted.getLast();
    }

    // At most a few things that a user would think of; nothing where the list would be a guess.
    private static List<String> describe(IntervalSet expected, int rule, ParserRuleContext clause, Lexeme before) {
        List<String> wanted = new ArrayList<>();
        if (expected.contains(Dl.LPAREN) && expected.contains(Dl.NUMBER)) {
            wanted.add(expected.contains(Dl.LBRACE) || rule >= Dl.RULE_expr ? "a value" : "a condition");
        } else if (expected.contains(Dl.NAME) && expected.contains(Dl.STRING)) {
            wanted.add("a name");
        } else if (expected.contains(Dl.NAME)) {
            wanted.add(switch (rule) {
                case Dl.RULE_clause -> clause.getStart().getType() == Dl.K_STEPS
                        ? "a step such as `execute(\"action\")`"
                        : "a name";
                case Dl.RULE_step -> "a step such as `execute(\"action\")`";
                default -> "a name";
            });
        } else if (expected.contains(Dl.STRING)) {
            wanted.add("a text in quotes");
        } else if (expected.contains(Dl.NUMBER)) {
            wanted.add(duration(rule, clause.getStart(), before) ? "a duration such as `30s`" : "a number");
        }
        if (expected.contains(Dl.PROM)) {
            wanted.add("PromQL");
        }
        if (expected.contains(Dl.CLOCK)) {
            wanted.add("a time such as `09:30`");
        }
        if (wanted.isEmpty()) {
            signs(expected, wanted);
        }
        if (wanted.isEmpty() && expected.size() <= 4) {
            for (int type : expected.toArray()) {
                if (type >= Dl.AFTER && type <= Dl.ZONE) {
                    wanted.add("`" + word(type) + "`");
                }
            }
        }
        return wanted.size() > 4 ? List.of() : wanted;
    }

    private static String word(int type) {
        return Dl.VOCABULARY.getSymbolicName(type).toLowerCase(Locale.ROOT);
    }

    private static boolean duration(int rule, Token clause, Lexeme before) {
        return switch (before.getType()) {
            case Dl.FOR, Dl.WITHIN, Dl.EVERY, Dl.OPEN, Dl.OVER, Dl.FROM, Dl.AFTER, Dl.AT, Dl.LBRACKET, Dl.PER -> true;
            default -> rule == Dl.RULE_clause && clause.getType() == Dl.K_DURATION;
        };
    }

    private static void signs(IntervalSet expected, List<String> wanted) {
        for (int type : new int[]{Dl.COLON, Dl.COMMA, Dl.ARROW, Dl.DOTS, Dl.ASSIGN, Dl.LPAREN, Dl.LBRACKET, Dl.LBRACE,
                Dl.RPAREN, Dl.RBRACKET, Dl.RBRACE}) {
            if (expected.contains(type)) {
                wanted.add(switch (type) {
                    case Dl.COLON -> "`:`";
                    case Dl.COMMA -> "`,`";
                    case Dl.ARROW -> "`->`";
                    case Dl.DOTS -> "`..`";
                    case Dl.ASSIGN -> "`=`";
                    case Dl.LPAREN -> "`(`";
                    case Dl.LBRACKET -> "`[`";
                    case Dl.LBRACE -> "`{`";
                    case Dl.RPAREN -> "`)`";
                    case Dl.RBRACKET -> "`]`";
                    default -> "`}`";
                });
            }
        }
        // After a complete name nearly everything could follow; then only what closes is worth a word.
        if (wanted.contains("`(`") && wanted.size() > 1) {
            wanted.removeIf(w -> w.equals("`(`") || w.equals("`[`") || w.equals("`{`"));
        }
    }
}
