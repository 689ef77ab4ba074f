package io.prunella.dsl.parse;

import io.prunella.dsl.diagnostic.Diagnostics;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;

/**
 * Goes on after a mistake: the clause, step or line of a test with the mistake is given up and the next one is read, so
 * that one run reports every independent mistake, and each of them once.
 */
final class DlErrors extends DefaultErrorStrategy {
    private final Mistakes mistakes;
    private int lastIndex = -1;

    DlErrors(Diagnostics diagnostics) {
        this.mistakes = new Mistakes(diagnostics);
    }

    @Override
    public void reportError(Parser parser, RecognitionException e) {
        if (!inErrorRecoveryMode(parser)) {
            beginErrorCondition(parser);
            mistakes.report(parser, e);
        }
    }

    @Override
    public Token recoverInline(Parser parser) {
        throw new InputMismatchException(parser);
    }

    /** Between clauses and declarations nothing else may stand. */
    @Override
    public void sync(Parser parser) {
        int rule = parser.getContext().getRuleIndex();
        if (rule == Dl.RULE_declaration || rule == Dl.RULE_file) {
            int next = parser.getInputStream().LA(1);
            if (next != Token.EOF && !Words.begins(next)) {
                if (!inErrorRecoveryMode(parser)) {
                    beginErrorCondition(parser);
                    mistakes.reportRest(parser);
                }
                skip(parser, Dl.RULE_clause, 0);
            }
        }
    }

    @Override
    public void recover(Parser parser, RecognitionException e) {
        int rule = parser.getContext().getRuleIndex();
        switch (rule) {
            case Dl.RULE_step, Dl.RULE_given, Dl.RULE_expectation, Dl.RULE_clause, Dl.RULE_header, Dl.RULE_declaration,
                    Dl.RULE_file -> {
                Lexeme start = (Lexeme) parser.getContext().getStart();
                if (parser.getInputStream().index() <= Math.max(lastIndex, start.getTokenIndex())
                        && !Words.begins(parser.getInputStream().LA(1)) && rule != Dl.RULE_file) {
                    consume(parser);
                }
                skip(parser, rule, start.depth);
                lastIndex = parser.getInputStream().index();
            }
            default -> throw e;
        }
    }

    private static void consume(Parser parser) {
        if (parser.getInputStream().LA(1) != Token.EOF) {
            parser.consume();
        }
    }

    private static void skip(Parser parser, int rule, int depth) {
        TokenStream tokens = parser.getInputStream();
        while (tokens.LA(1) != Token.EOF && !Words.begins(tokens.LA(1)) && !resumes(tokens, rule, depth)) {
            tokens.consume();
        }
    }

    // Steps and test lines go on at the next line that can begin one.
    private static boolean resumes(TokenStream tokens, int rule, int depth) {
        Lexeme next = (Lexeme) tokens.LT(1);
        return switch (rule) {
            case Dl.RULE_step -> next.depth < depth || (next.firstOnLine && next.depth == depth
                    && (tokens.LA(2) == Dl.LPAREN || (next.getType() == Dl.PARALLEL && tokens.LA(2) == Dl.LBRACE)));
            case Dl.RULE_given, Dl.RULE_expectation -> next.firstOnLine && next.depth == 0;
            default -> false;
        };
    }

    /** The clause, or else declaration, that a rule of the grammar is part of. */
    static RuleContext clauseOf(RuleContext context) {
        RuleContext at = context;
        while (at.getRuleIndex() != Dl.RULE_clause && at.getRuleIndex() != Dl.RULE_declaration && at.parent != null) {
            at = at.parent;
        }
        return at;
    }
}
