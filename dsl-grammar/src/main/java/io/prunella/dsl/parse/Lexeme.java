package io.prunella.dsl.parse;

import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.Span;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/** A token with what the rest of the parser wants to know of it besides its type. */
final class Lexeme extends CommonToken {
    private static final long serialVersionUID = 1L;

    /** Open brackets around it. */
    final int depth;
    /** Whether nothing but white space stands before it on its line. */
    final boolean firstOnLine;
    /** For STRING: escapes resolved. For all others the same as the text. */
    String value;
    /** For STRING: whether it was written in triple quotes. */
    boolean block;
    /** For NUMBER: in the unit's base. */
    double number;
    /** For NUMBER of a duration. */
    long millis;
    /** For NUMBER; a problem with it that was reported leaves {@link #broken} behind. */
    Dimension dimension = Dimension.NUMBER;
    /** Whether a problem was reported, so that no second one follows from it. */
    boolean broken;

    Lexeme(int type, String text, int depth, boolean firstOnLine) {
        super(type, text);
        this.value = text;
        this.depth = depth;
        this.firstOnLine = firstOnLine;
    }

    Span span() {
        return new Span(getStartIndex(), getStopIndex() + 1, getLine(), getCharPositionInLine() + 1);
    }

    static Span span(Token token) {
        return ((Lexeme) token).span();
    }
}
