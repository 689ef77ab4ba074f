package io.prunella.dsl.parse;

import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.dsl.diagnostic.Source;
import java.util.ArrayList;
import java.util.List;

/** Finds the end of PromQL, which is kept as written: the next clause or declaration outside its brackets. */
final class PromScanner {
    private final Source source;
    private final String text;
    private final Diagnostics diagnostics;
    private final Outline outline;
    private final List<Open> open = new ArrayList<>();

    // The labels of `on (…)` are no value: what follows them still belongs to the expression.
    private record Open(int offset, boolean matching) {}

    PromScanner(Source source, Diagnostics diagnostics, Outline outline) {
        this.source = source;
        this.text = source.text();
        this.diagnostics = diagnostics;
        this.outline = outline;
    }

    /** Where the text of an expression ends, without the blanks and comments behind it. */
    int end(int from, boolean atLineStart) {
        boolean firstOnLine = atLineStart;
        boolean afterValue = false;
        boolean matching = false;
        int at = from;
        int textEnd = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                firstOnLine = true;
                at++;
                continue;
            }
            if (c == ' ' || c == '\t' || c == '\r') {
                at++;
                continue;
            }
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
                continue;
            }
            if (isNameStart(c)) {
                int end = nameEnd(at);
                String word = text.substring(at, end);
                if (outline.endsProm(word, at, end, firstOnLine, afterValue, !open.isEmpty())) {
                    break;
                }
                at = end;
                afterValue = !isOperator(word);
                matching = isMatching(word);
            } else if (c == '"' || c == '\'' || c == '`') {
                at = string(at, c);
                afterValue = true;
            } else if (Numbers.isDigit(c)) {
                at = wordEnd(at);
                afterValue = true;
            } else {
                boolean closes = c == ')' || c == ']' || c == '}';
                afterValue = closes;
                if (c == '(' || c == '[' || c == '{') {
                    open.add(new Open(at, matching));
                } else if (closes && !open.isEmpty()) {
                    afterValue = !open.removeLast().matching();
                }
                matching = false;
                at += Character.charCount(text.codePointAt(at));
            }
            textEnd = at;
            firstOnLine = false;
        }
        if (!open.isEmpty()) {
            int offset = open.getFirst().offset();
            diagnostics.report(DiagnosticCode.UNCLOSED_BRACKET, source.span(offset, offset + 1))
                    .message("`%s` is never closed", text.charAt(offset))
                    .help("close it with `" + Brackets.closeOf(text.charAt(offset)) + "`");
        }
        return textEnd;
    }

    private int string(int from, char quote) {
        int at = from + 1;
        while (at < text.length() && text.charAt(at) != quote && (quote == '`' || text.charAt(at) != '\n')) {
            at += quote != '`' && text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at < text.length() && text.charAt(at) == quote) {
            return at + 1;
        }
        int end = Math.min(at, text.length());
        diagnostics.report(DiagnosticCode.UNTERMINATED_STRING, source.span(from, quote == '`' ? from + 1 : end))
                .message("this text has no closing `%s`", quote == '`' ? "` `" : String.valueOf(quote));
        return end;
    }

    private int wordEnd(int from) {
        int end = from;
        while (end < text.length() && (Numbers.isNamePart(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        return end;
    }

    private int nameEnd(int from) {
        int end = from;
        while (end < text.length() && (Numbers.isNamePart(text.charAt(end)) || text.charAt(end) == ':')) {
            end++;
        }
        return end;
    }

    private static boolean isNameStart(char c) {
        return Numbers.isNameStart(c) || c == ':';
    }

    private static boolean isMatching(String word) {
        return switch (word) {
            case "on", "ignoring", "group_left", "group_right" -> true;
            default -> false;
        };
    }

    static boolean isOperator(String word) {
        return switch (word) {
            case "and", "or", "unless", "by", "without", "on", "ignoring", "group_left", "group_right", "bool",
                    "offset",
                    "atan2" ->
                true;
            default -> false;
        };
    }
}
