package io.prunella.dsl.parse;

import io.prunella.dsl.ast.Span;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.dsl.diagnostic.Source;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * From text to tokens and comments. It knows which declaration and clause it is in ({@link Outline}), because the same
 * letters are a clause at one place and a metric's name at another. Every text has tokens: problems are reported and
 * something plausible takes their place.
 */
final class Scanner {
    private final Source source;
    private final String text;
    private final Diagnostics diagnostics;
    private final Cursor cursor;
    private final Numbers numbers;
    private final Strings strings;
    private final Outline outline;
    private final List<Token> tokens = new ArrayList<>();
    private final List<Comment> comments = new ArrayList<>();
    private final Brackets brackets = new Brackets();
    private int at;
    private int previous = Token.EOF;
    private boolean firstOnLine = true;
    private boolean tooDeep;
    private int unclosedString = -1;

    Scanner(Source source, Diagnostics diagnostics) {
        this.source = source;
        this.text = source.text();
        this.diagnostics = diagnostics;
        this.cursor = new Cursor(text);
        this.numbers = new Numbers(diagnostics);
        this.strings = new Strings(source, diagnostics);
        this.outline = new Outline(source, diagnostics);
    }

    /** All tokens of the text, the end of the file last. */
    List<Token> tokens() {
        if (text.startsWith("\uFEFF")) {
            at = 1;
        }
        while (!tooDeep && skipBlank()) {
            scan(text.charAt(at));
        }
        if (!tooDeep) {
            closeAll(text.length());
        }
        emit(Token.EOF, text.length(), text.length());
        return tokens;
    }

    List<Comment> comments() {
        return comments;
    }

    /** Whether scanning was given up, and said so, because the text is nested too deep. */
    boolean tooDeep() {
        return tooDeep;
    }

    // White space and comments; false at the end.
    private boolean skipBlank() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                firstOnLine = true;
                at++;
            } else if (c == ' ' || c == '\t' || c == '\r') {
                at++;
            } else if (c == '#') {
                at = comment(at, firstOnLine);
            } else {
                return true;
            }
        }
        return false;
    }

    private int comment(int from, boolean ownLine) {
        int end = text.indexOf('\n', from);
        end = end < 0 ? text.length() : end;
        comments.add(new Comment(text.substring(from, end).stripTrailing(), ownLine, cursor.span(from, end)));
        return end;
    }

    private void scan(char c) {
        if (outline.inTest() && !brackets.isOpen() && Signs.beginsEntity(c) && scanInTest()) {
            return;
        }
        if (Numbers.isNameStart(c)) {
            word();
        } else if (Numbers.isDigit(c)) {
            number();
        } else if (c == '"') {
            string();
        } else if (Strings.isForeign(c)) {
            foreignString();
        } else if (c == '(' || c == '[' || c == '{') {
            open(c);
        } else if (c == ')' || c == ']' || c == '}') {
            close(c);
        } else {
            sign(c);
        }
    }

    // Words

    private void word() {
        int from = at;
        int end = nameEnd(from);
        String word = text.substring(from, end);
        Outline.Place place = new Outline.Place(previous, firstOnLine, brackets, from, end);
        Outline.Beginning beginning = outline.beginning(word, place);
        if (beginning != null) {
            closeAll(from);
            if (beginning.headless()) {
                emit(Dl.HEADLESS, from, from);
            }
            at = end;
            emit(beginning.type(), from, end).broken = beginning.unknown();
            outline.begun(beginning);
            if (beginning.type() == Dl.K_PROM) {
                prom();
            }
            return;
        }
        if (outline.nextStep(place)) {
            reportUnclosed();
            close(brackets.expectedClose(), from, from);
        }
        boolean joins = !(outline.namesItsValue(previous) || (brackets.kind() != Brackets.Kind.EXPRESSION
                && (previous == Dl.LPAREN || previous == Dl.LBRACE || previous == Dl.COMMA)));
        at = joinedEnd(end, joins);
        emit(at == end ? Words.typeOf(word) : Dl.NAME, from, at);
    }

    private int nameEnd(int from) {
        int end = from;
        while (end < text.length() && Numbers.isNamePart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    // `:` and `.` join names only between two name characters and before a letter or `_`.
    private int joinedEnd(int from, boolean colons) {
        int end = from;
        while (end + 1 < text.length() && (text.charAt(end) == '.' || (colons && text.charAt(end) == ':'))
                && Numbers.isNameStart(text.charAt(end + 1))) {
            end = nameEnd(end + 1);
        }
        return end;
    }

    // The text of an `expr:` or `sli:`.
    private void prom() {
        if (!skipBlank() || text.charAt(at) != ':') {
            return;
        }
        at++;
        emit(Dl.COLON, at - 1, at);
        if (!skipBlank()) {
            return;
        }
        int from = at;
        at = new PromScanner(source, diagnostics, outline).end(from, firstOnLine);
        if (at > from) {
            emit(Dl.PROM, from, at);
        }
    }

    // Entities, and values that look like some, in tests

    // False where what stands here is a word or number like anywhere else.
    private boolean scanInTest() {
        int end = Signs.entityEnd(text, at);
        if (end == at || (Numbers.isNameStart(text.charAt(at)) && nameEnd(at) == end)
                || (Numbers.isDigit(text.charAt(at)) && Numbers.end(text, at) >= end)) {
            return false;
        }
        int from = at;
        at = end;
        emit(Dl.ENTITY, from, end);
        return true;
    }

    // Literals

    private void number() {
        int from = at;
        int clock = from;
        while (clock < text.length() && clock < from + 3 && Numbers.isDigit(text.charAt(clock))) {
            clock++;
        }
        if (clock + 1 < text.length() && text.charAt(clock) == ':' && Numbers.isDigit(text.charAt(clock + 1))) {
            do {
                clock++;
            } while (clock < text.length() && Numbers.isDigit(text.charAt(clock)));
            at = clock;
            emit(Dl.CLOCK, from, clock);
            return;
        }
        at = Numbers.end(text, from);
        Lexeme lexeme = emit(Dl.NUMBER, from, at);
        numbers.read(lexeme, lexeme.getText(), lexeme.span());
    }

    private void string() {
        int from = at;
        boolean block = strings.isBlock(from);
        String value = strings.read(from);
        at = strings.end();
        Lexeme lexeme = emit(Dl.STRING, from, at);
        lexeme.value = value;
        lexeme.block = block;
        lexeme.broken = strings.broken();
        unclosedString = strings.unclosed() ? from : unclosedString;
    }

    private void foreignString() {
        int from = at;
        String value = strings.foreign(from);
        at = strings.end();
        Lexeme lexeme = emit(Dl.STRING, from, at);
        lexeme.value = value;
        lexeme.broken = true;
        diagnostics.report(DiagnosticCode.WRONG_QUOTES, lexeme.span()).message("text stands in double quotes here")
                .help("write `\"…\"`; other quotes are for PromQL, behind `expr:` and `sli:`");
    }

    // Brackets

    private void open(char c) {
        Brackets.Kind kind = switch (c) {
            case '(' -> outline.arguments(brackets) ? Brackets.Kind.ARGUMENTS : Brackets.Kind.EXPRESSION;
            case '[' -> Brackets.Kind.EXPRESSION;
            default -> previous == Dl.PARALLEL || (isName(previous) && adjacent())
                    ? Brackets.Kind.EXPRESSION
                    : Brackets.Kind.MAP;
        };
        int from = at++;
        emit(c == '(' ? Dl.LPAREN : c == '[' ? Dl.LBRACKET : Dl.LBRACE, from, at);
        brackets.push(c, kind, from);
        checkDepth(from);
    }

    private boolean adjacent() {
        return at > 0 && Numbers.isNamePart(text.charAt(at - 1));
    }

    private static boolean isName(int type) {
        return type == Dl.NAME || (type >= Dl.AFTER && type <= Dl.ZONE);
    }

    private void close(char c) {
        int from = at++;
        if (!brackets.isOpen()) {
            Lexeme lexeme = emit(Signs.close(c), from, at);
            lexeme.broken = true;
            return;
        }
        if (!brackets.closes(c)) {
            int next = outline.skipBlank(at);
            if (next < text.length() && text.charAt(next) == brackets.expectedClose()) {
                diagnostics.report(DiagnosticCode.UNCLOSED_BRACKET, cursor.span(from, at))
                        .message("`%s` closes nothing", c).help("leave it out");
                return;
            }
            diagnostics.report(DiagnosticCode.UNCLOSED_BRACKET, cursor.span(from, at))
                    .message("`%s` does not close `%s`", c, brackets.open())
                    .label(source.span(brackets.offset(), brackets.offset() + 1), "opened here")
                    .help("write `" + brackets.expectedClose() + "`");
            close(brackets.expectedClose(), from, at);
            return;
        }
        while (brackets.expectedClose() != c) {
            reportUnclosed();
            close(brackets.expectedClose(), from, from);
        }
        close(c, from, at);
    }

    private void close(char c, int from, int to) {
        brackets.pop();
        emit(Signs.close(c), from, to);
    }

    // A clause or the end of the file ends every open bracket.
    private void closeAll(int offset) {
        while (brackets.isOpen()) {
            reportUnclosed();
            close(brackets.expectedClose(), offset, offset);
        }
    }

    private void reportUnclosed() {
        if (unclosedString > brackets.offset()) {
            // Its end is in the string that was never closed.
            return;
        }
        Span span = source.span(brackets.offset(), brackets.offset() + 1);
        diagnostics.report(DiagnosticCode.UNCLOSED_BRACKET, span).message("`%s` is never closed", brackets.open())
                .help("close it with `" + brackets.expectedClose() + "`");
    }

    private void checkDepth(int offset) {
        if (brackets.tooDeep()) {
            tooDeep = true;
            diagnostics.report(DiagnosticCode.NESTED_TOO_DEEP, cursor.span(offset, offset + 1))
                    .message("this is nested more than %d levels deep", Brackets.DEEPEST)
                    .help("split it into several rules, or record a part under a name of its own");
        }
    }

    // Signs

    private void sign(char c) {
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        int type = Signs.type(c, next, beginsValue());
        int from = at;
        switch (type) {
            case 0 -> foreign(from);
            case Dl.REGEX -> regex(from);
            case Dl.EQ, Dl.NE, Dl.LE, Dl.GE, Dl.MATCHES, Dl.NOT_MATCHES, Dl.ARROW, Dl.DOTS -> {
                at += 2;
                emit(type, from, at);
            }
            default -> {
                at++;
                emit(type, from, at);
            }
        }
    }

    // Only a value can stand here: no word comes before it that could be one itself.
    private boolean beginsValue() {
        return !Outline.endsValue(previous) && !isName(previous);
    }

    private void regex(int from) {
        int end = from + 1;
        while (end < text.length() && text.charAt(end) != '/' && text.charAt(end) != '\n') {
            end += text.charAt(end) == '\\' && end + 1 < text.length() && text.charAt(end + 1) != '\n' ? 2 : 1;
        }
        if (end >= text.length() || text.charAt(end) != '/') {
            foreign(from);
            return;
        }
        at = end + 1;
        emit(Dl.REGEX, from, at).value = text.substring(from + 1, end).replace("\\/", "/");
    }

    // What the language has no use for: one message for the whole stretch, and a name in its place.
    private void foreign(int from) {
        int end = from;
        do {
            end += Character.charCount(text.codePointAt(end));
        } while (end < text.length() && (text.charAt(end) == '&' || text.charAt(end) > 127 || (text.charAt(end) < ' '
                && text.charAt(end) != '\n' && text.charAt(end) != '\t' && text.charAt(end) != '\r')));
        at = end;
        Lexeme lexeme = emit(Dl.NAME, from, end);
        lexeme.broken = true;
        String help = Signs.help(text.charAt(from));
        Diagnostics.Reported reported = diagnostics.report(DiagnosticCode.UNEXPECTED_INPUT, lexeme.span())
                .message("unexpected `%s`", Signs.shown(lexeme.getText()));
        if (!help.isEmpty()) {
            reported.help(help);
        }
    }

    private Lexeme emit(int type, int from, int to) {
        Lexeme lexeme = new Lexeme(type, text.substring(from, to), brackets.depth(), firstOnLine);
        cursor.moveTo(from);
        lexeme.setStartIndex(from);
        lexeme.setStopIndex(to - 1);
        lexeme.setLine(cursor.line());
        lexeme.setCharPositionInLine(cursor.column() - 1);
        tokens.add(lexeme);
        if (type != Dl.HEADLESS) {
            brackets.count(type, type == Dl.NOT || ((type == Dl.MINUS || type == Dl.PLUS)
                    && beginsValue()));
            if (type == Dl.PLUS || type == Dl.MINUS || type == Dl.NOT || type == Dl.STAR || type == Dl.SLASH
                    || type == Dl.PERCENT) {
                checkDepth(from);
            }
            firstOnLine = false;
            previous = type;
            outline.seen(type);
        }
        return lexeme;
    }
}
