package io.prunella.dsl.parse;

import java.util.ArrayList;
import java.util.List;

/** The open brackets and, with them, how deep the text is nested. */
final class Brackets {
    /** Open brackets and signs before a value together. */
    static final int DEEPEST = 100;
    /** Operators of arithmetic that wait for their end. */
    static final int LONGEST_CHAIN = 500;

    /** What a bracket holds, which decides whether `name:` may begin in it. */
    enum Kind {
        EXPRESSION, ARGUMENTS, MAP
    }

    private static final class Level {
        final char open;
        final Kind kind;
        final int offset;
        int prefixes;
        int operators;

        Level(char open, Kind kind, int offset) {
            this.open = open;
            this.kind = kind;
            this.offset = offset;
        }
    }

    private final List<Level> levels = new ArrayList<>(List.of(new Level(' ', Kind.EXPRESSION, 0)));
    private int prefixes;
    private int operators;

    int depth() {
        return levels.size() - 1;
    }

    boolean isOpen() {
        return levels.size() > 1;
    }

    Kind kind() {
        return levels.getLast().kind;
    }

    /** The innermost open bracket. */
    char open() {
        return levels.getLast().open;
    }

    /** Where the innermost open bracket stands. */
    int offset() {
        return levels.getLast().offset;
    }

    char expectedClose() {
        return closeOf(levels.getLast().open);
    }

    static char closeOf(char open) {
        return switch (open) {
            case '(' -> ')';
            case '[' -> ']';
            default -> '}';
        };
    }

    /** Whether some open bracket is closed by this one. */
    boolean closes(char close) {
        for (Level level : levels) {
            if (level.open != ' ' && closeOf(level.open) == close) {
                return true;
            }
        }
        return false;
    }

    void push(char open, Kind kind, int offset) {
        levels.add(new Level(open, kind, offset));
    }

    void pop() {
        forget();
        levels.removeLast();
    }

    /** Takes a token into account that is no bracket. */
    void count(int type, boolean prefix) {
        Level level = levels.getLast();
        if (prefix) {
            level.prefixes++;
            prefixes++;
            return;
        }
        switch (type) {
            case Dl.PLUS, Dl.MINUS, Dl.STAR, Dl.SLASH, Dl.PERCENT -> {
                level.operators++;
                operators++;
            }
            case Dl.AND, Dl.OR, Dl.COMMA, Dl.COLON -> forget();
            default -> {
                prefixes -= level.prefixes;
                level.prefixes = 0;
                if ((type >= Dl.EQ && type <= Dl.NOT_MATCHES) || Words.begins(type)) {
                    forget();
                }
            }
        }
    }

    private void forget() {
        Level level = levels.getLast();
        prefixes -= level.prefixes;
        operators -= level.operators;
        level.prefixes = 0;
        level.operators = 0;
    }

    boolean tooDeep() {
        return depth() + prefixes > DEEPEST || operators > LONGEST_CHAIN;
    }
}
