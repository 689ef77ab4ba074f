package io.prunella.dsl.parse;

import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.dsl.diagnostic.Source;

/** Reads texts in quotes: finds their end and resolves their escapes. */
final class Strings {
    private final Source source;
    private final String text;
    private final Diagnostics diagnostics;
    private int end;
    private boolean broken;
    private boolean unclosed;

    Strings(Source source, Diagnostics diagnostics) {
        this.source = source;
        this.text = source.text();
        this.diagnostics = diagnostics;
    }

    /** Where the string that was read last ends, its quotes included. */
    int end() {
        return end;
    }

    /** Whether a problem of the string that was read last was reported. */
    boolean broken() {
        return broken;
    }

    /** Whether the string that was read last has no end of its own. */
    boolean unclosed() {
        return unclosed;
    }

    /** Whether three quotes begin here. */
    boolean isBlock(int from) {
        return text.startsWith("\"\"\"", from);
    }

    /** The text of the string whose first quote is at {@code from}. */
    String read(int from) {
        broken = false;
        unclosed = false;
        boolean block = isBlock(from);
        StringBuilder value = new StringBuilder();
        int at = from + (block ? 3 : 1);
        while (at < text.length()) {
            char c = text.charAt(at);
            if (block ? text.startsWith("\"\"\"", at) : c == '"') {
                end = at + (block ? 3 : 1);
                return value.toString();
            }
            if (c == '\n' && !block) {
                break;
            }
            if (c == '\\') {
                at = escape(at, value);
            } else {
                value.append(c);
                at++;
            }
        }
        if (!block && at > from + 1 && text.charAt(at - 1) == '\r') {
            at--;
        }
        end = at;
        broken = true;
        unclosed = true;
        int shown = block ? from + 3 : at;
        diagnostics.report(DiagnosticCode.UNTERMINATED_STRING, source.span(from, shown))
                .message("this text has no closing `%s`", block ? "\"\"\"" : "\"")
                .help(block
                        ? "close it with `\"\"\"`"
                        : "close it with `\"`, or begin with `\"\"\"` for several lines");
        return value.toString();
    }

    /** Whether a text in quotes of other languages begins with this. */
    static boolean isForeign(char c) {
        return "'`“‘「".indexOf(c) >= 0;
    }

    /** The text in other languages' quotes whose first is at {@code from}: to its last or the line's end. */
    String foreign(int from) {
        char quote = switch (text.charAt(from)) {
            case '“' -> '”';
            case '‘' -> '’';
            case '「' -> '」';
            default -> text.charAt(from);
        };
        int at = from + 1;
        while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\n') {
            at++;
        }
        end = at < text.length() && text.charAt(at) == quote ? at + 1 : at;
        return text.substring(from + 1, at);
    }

    private int escape(int at, StringBuilder value) {
        char c = at + 1 < text.length() ? text.charAt(at + 1) : '\n';
        switch (c) {
            case '"', '\\' -> value.append(c);
            case 'n' -> value.append('\n');
            case 't' -> value.append('\t');
            case 'u' -> {
                return unicode(at, value);
            }
            case '\n', '\r' -> {
                bad(at, at + 1, "`\\` at the end of a line", "write `\\\\` for a backslash");
                return at + 1;
            }
            default -> {
                int length = Character.charCount(text.codePointAt(at + 1));
                bad(at, at + 1 + length, "unknown escape `" + text.substring(at, at + 1 + length) + "`",
                        "write `\\\\` for a backslash; escapes are `\\\"`, `\\\\`, `\\n`, `\\t` and `\\u{…}`");
                return at + 1 + length;
            }
        }
        return at + 2;
    }

    private int unicode(int at, StringBuilder value) {
        int close = at + 2;
        if (close < text.length() && text.charAt(close) == '{') {
            close++;
            while (close < text.length() && close < at + 10 && Character.digit(text.charAt(close), 16) >= 0) {
                close++;
            }
            if (close < text.length() && text.charAt(close) == '}' && close > at + 3 && close - at - 3 <= 6) {
                int point = Integer.parseInt(text, at + 3, close, 16);
                if (point <= Character.MAX_CODE_POINT && (point < 0xD800 || point > 0xDFFF)) {
                    value.appendCodePoint(point);
                    return close + 1;
                }
                bad(at, close + 1, "`" + text.substring(at, close + 1) + "` is no character",
                        "characters go to 10ffff, without d800 to dfff");
                return close + 1;
            }
        }
        bad(at, at + 2, "escape `\\u` without its number", "write it as `\\u{1f600}`: one to six hexadecimal digits");
        return at + 2;
    }

    private void bad(int from, int to, String message, String help) {
        broken = true;
        diagnostics.report(DiagnosticCode.BAD_ESCAPE, source.span(from, to)).message("%s", message).help(help);
    }
}
