package io.prunella.dsl.parse;

/** What single characters are, those of the language and those that people write in their stead. */
final class Signs {
    private static final int LONGEST_SHOWN = 40;

    private Signs() {}

    /** The token that begins with a sign, or 0 for one that the language has no use for. */
    static int type(char c, char next, boolean beginsValue) {
        return switch (c) {
            case '=' -> next == '=' ? Dl.EQ : next == '~' ? Dl.MATCHES : Dl.ASSIGN;
            case '!' -> next == '=' ? Dl.NE : next == '~' ? Dl.NOT_MATCHES : 0;
            case '<' -> next == '=' ? Dl.LE : Dl.LT;
            case '>' -> next == '=' ? Dl.GE : Dl.GT;
            case '-' -> next == '>' ? Dl.ARROW : Dl.MINUS;
            case '.' -> next == '.' ? Dl.DOTS : 0;
            case ':' -> Dl.COLON;
            case ',' -> Dl.COMMA;
            case '|' -> Dl.BAR;
            case '+' -> Dl.PLUS;
            case '*' -> Dl.STAR;
            case '%' -> Dl.PERCENT;
            case '/' -> beginsValue ? Dl.REGEX : Dl.SLASH;
            default -> 0;
        };
    }

    static int close(char c) {
        return c == ')' ? Dl.RPAREN : c == ']' ? Dl.RBRACKET : Dl.RBRACE;
    }

    /** Whether an entity of a test may begin so, unquoted. */
    static boolean beginsEntity(char c) {
        return Numbers.isNamePart(c) || c == '/' || c == '.';
    }

    /** Where an unquoted entity of a test ends: before `->` and `..`, which are signs of their own. */
    static int entityEnd(String text, int from) {
        int end = from;
        while (end < text.length() && (beginsEntity(text.charAt(end)) || text.charAt(end) == '-')
                && !text.startsWith("->", end) && !text.startsWith("..", end)) {
            end++;
        }
        return end;
    }

    /** What to write instead; empty where nobody can tell. */
    static String help(char c) {
        return switch (c) {
            case '&' -> "write `AND`";
            case '!' -> "write `NOT`";
            case ';' -> "clauses end where the next one begins; leave it out";
            case '：' -> "write `:`";
            case '（', '）' -> "write `(` and `)`";
            case '，' -> "write `,`";
            default -> "";
        };
    }

    /** A user's text as messages quote it: not too long, nothing that a terminal would obey. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length() && i < LONGEST_SHOWN; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 127 || c == '\uFEFF') {
                shown.append(String.format("\\u{%x}", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.append(text.length() > LONGEST_SHOWN ? "…" : "").toString();
    }
}
