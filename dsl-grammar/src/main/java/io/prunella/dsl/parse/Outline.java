package io.prunella.dsl.parse;

import io.prunella.dsl.ast.Span;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.dsl.diagnostic.Source;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Which declaration and clause a scanner is in, and so whether a word begins another one. */
final class Outline {
    private final Source source;
    private final String text;
    private final Diagnostics diagnostics;
    private Words.Body body = Words.Body.NONE;
    private int clause = Words.NO_CLAUSE;
    private boolean expecting;
    private boolean headless;
    private boolean sawOn;
    private boolean sawRule;

    Outline(Source source, Diagnostics diagnostics) {
        this.source = source;
        this.text = source.text();
        this.diagnostics = diagnostics;
    }

    /** Where a word stands. */
    record Place(int previous, boolean firstOnLine, Brackets brackets, int from, int end) {}

    /**
     * The token with which a clause or declaration begins.
     *
     * @param headless whether a rule without a header begins with it
     * @param unknown whether it was reported as a word that begins nothing
     */
    record Beginning(int type, boolean headless, boolean unknown) {}

    boolean inTest() {
        return body == Words.Body.TEST;
    }

    /** Takes note of a token that begins nothing. */
    void seen(int type) {
        if (type == Dl.K_EXPECT) {
            expecting = true;
        }
    }

    /** Takes note of what began. */
    void begun(Beginning beginning) {
        int type = beginning.type();
        if (Words.beginsDeclaration(type)) {
            body = Words.bodyOf(type);
            clause = Words.NO_CLAUSE;
            expecting = false;
            headless = false;
            sawOn = false;
            sawRule |= type == Dl.D_RULE;
        } else {
            clause = type;
            if (beginning.headless()) {
                body = Words.Body.RULE;
                headless = true;
                sawOn = false;
            }
            sawOn |= type == Dl.K_ON;
        }
    }

    /** Whether `(` opens arguments with names here, so that `retry:2` is no joined name. */
    boolean arguments(Brackets brackets) {
        return body == Words.Body.TEST || (body == Words.Body.ACTION && clause == Words.NO_CLAUSE)
                || (clause == Dl.K_STEPS && brackets.kind() == Brackets.Kind.EXPRESSION
                        && (!brackets.isOpen() || brackets.open() == '{'));
    }

    /** Whether a word at this place is a step although the arguments of the one before it were never closed. */
    boolean nextStep(Place place) {
        int next = skipBlank(place.end());
        return clause == Dl.K_STEPS && place.firstOnLine() && place.brackets().kind() == Brackets.Kind.ARGUMENTS
                && endsValue(place.previous()) && next < text.length() && text.charAt(next) == '(';
    }

    /** Whether a name at this place is followed by its value, as in a channel's properties. */
    boolean namesItsValue(int previous) {
        return body == Words.Body.CHANNEL && (previous == Dl.COMMA || previous == Dl.D_CHANNEL);
    }

    /** Null if the word is just a word. */
    @Nullable
    Beginning beginning(String word, Place place) {
        if (place.previous() == Dl.K_ON) {
            return null;
        }
        boolean title = Words.beginsDeclaration(place.previous());
        if (!title) {
            int declaration = declaration(word, place);
            if (declaration != Words.NO_CLAUSE) {
                return new Beginning(declaration, false, false);
            }
        }
        if ((title && (body == Words.Body.METRIC || body == Words.Body.CHANNEL))
                || (body == Words.Body.CHANNEL && place.previous() == Dl.COMMA)) {
            return null;
        }
        return clause(word, place, title);
    }

    private int declaration(String word, Place place) {
        int type = Words.declaration(word);
        int next = skipBlank(place.end());
        boolean named = next < text.length() && (text.charAt(next) == '"' || Numbers.isNameStart(text.charAt(next)));
        if (type == Words.NO_CLAUSE) {
            return named ? misspelt(word, place, next) : Words.NO_CLAUSE;
        }
        if ((!named && next < text.length()) || (type == Dl.D_TEST && named && text.charAt(next) != '"')) {
            return Words.NO_CLAUSE;
        }
        if (place.brackets().isOpen()) {
            // Never right inside brackets; so a bracket was forgotten.
            return place.firstOnLine() && named && type != Dl.D_EVENT && endsValue(place.previous())
                    ? type
                    : Words.NO_CLAUSE;
        }
        boolean quoted = named && text.charAt(next) == '"';
        if (quoted && type == Dl.D_EVENT && !place.firstOnLine()) {
            return Words.NO_CLAUSE;
        }
        return mayBegin(place) || (named && !quoted && certain(type, place, next)) ? type : Words.NO_CLAUSE;
    }

    // Two names in a row are never part of an expression, even one that breaks off; but the second may be a clause.
    private boolean certain(int type, Place place, int next) {
        String name = wordAt(next);
        int behind = skipBlank(next + name.length());
        boolean colon = behind < text.length() && text.charAt(behind) == ':';
        boolean soft = place.previous() >= Dl.AFTER && place.previous() <= Dl.ZONE;
        boolean another = Words.declaration(name) != Words.NO_CLAUSE && behind < text.length()
                && (text.charAt(behind) == '"' || Numbers.isNameStart(text.charAt(behind)));
        return !another && Words.typeOf(name) == Dl.NAME && !soft && !Words.beginsDeclaration(place.previous())
                && (!colon || ((type == Dl.D_METRIC || type == Dl.D_CHANNEL) && Words.clause(body, name) == 0))
                && (place.previous() != Dl.COLON || (place.firstOnLine() && body != Words.Body.TEST));
    }

    // `ruel x` at the beginning of a line: taken for what was meant, so that the rest of it is still checked.
    private int misspelt(String word, Place place, int next) {
        if (!place.firstOnLine() || place.brackets().isOpen() || body == Words.Body.TEST || !mayBegin(place)
                || (place.from() > 0 && text.charAt(place.from() - 1) != '\n') || Words.typeOf(word) != Dl.NAME
                || Words.clause(Words.Body.RULE, word) != Words.NO_CLAUSE || word.length() < 3) {
            return Words.NO_CLAUSE;
        }
        if (text.charAt(next) != '"' && Words.typeOf(wordAt(next)) != Dl.NAME) {
            return Words.NO_CLAUSE;
        }
        Optional<String> meant = Closest.to(word, Words.declarations());
        if (meant.isEmpty()) {
            return Words.NO_CLAUSE;
        }
        diagnostics.report(DiagnosticCode.UNKNOWN_DECLARATION, span(place)).message("unknown declaration `%s`", word)
                .help("did you mean `" + meant.get() + "`?");
        return Words.declaration(meant.get());
    }

    private @Nullable Beginning clause(String word, Place place, boolean title) {
        int next = skipBlank(place.end());
        boolean colon = next < text.length() && text.charAt(next) == ':';
        boolean joined = next == place.end() && next + 1 < text.length() && colon
                && Numbers.isNameStart(text.charAt(next + 1));
        if (place.brackets().isOpen()) {
            // `name:` in brackets follows a bracket or comma; anywhere else the bracket before it was forgotten.
            if (!colon || joined || !place.firstOnLine() || !endsValue(place.previous())
                    || body == Words.Body.ACTION || body == Words.Body.SLO) {
                return null;
            }
            return known(word);
        }
        if (word.equals("on")) {
            return on(place, next, colon, title);
        }
        if (body == Words.Body.TEST) {
            return colon ? inTest(word, place) : null;
        }
        if (!colon) {
            return Words.alwaysClause(word) && body != Words.Body.ACTION && body != Words.Body.SLO
                    && endsValue(place.previous()) && !title ? known(word) : null;
        }
        if ((joined && !mayBegin(place)) || (place.previous() == Dl.COMMA && !place.firstOnLine())) {
            return null;
        }
        Beginning known = known(word);
        if (known == null && !joined) {
            return unknown(word, place);
        }
        return known;
    }

    private @Nullable Beginning on(Place place, int next, boolean colon, boolean title) {
        String secondWord = wordAt(next);
        int after = skipBlank(next + secondWord.length());
        boolean kind = Words.triggerKind(secondWord);
        boolean second = !secondWord.isEmpty() && after < text.length() && text.charAt(after) == ':';
        boolean certain = (kind && second) || colon;
        boolean probable = body != Words.Body.TEST && !title && mayBegin(place) && (kind || second);
        if (!certain && !probable) {
            return null;
        }
        boolean begins = body != Words.Body.RULE || (headless && sawOn);
        if (begins && sawRule) {
            diagnostics.report(DiagnosticCode.RULE_WITHOUT_HEADER, span(place))
                    .message("a rule without a header stands behind one that has a header")
                    .help("give it a header, `rule name`, or move it to the beginning of the file");
        }
        return new Beginning(Dl.K_ON, begins, false);
    }

    private @Nullable Beginning inTest(String word, Place place) {
        int type = Words.clause(body, word);
        return switch (type) {
            case Dl.K_GIVEN, Dl.K_EXPECT -> new Beginning(type, false, false);
            case Dl.K_RESULT -> expecting ? new Beginning(type, false, false) : null;
            case Dl.K_STUB -> !expecting && (place.firstOnLine() || !isEntity(place.previous()))
                    ? new Beginning(type, false, false)
                    : null;
            default -> null;
        };
    }

    private @Nullable Beginning known(String word) {
        int type = Words.clause(body, word);
        return type == Words.NO_CLAUSE ? null : new Beginning(type, beginsRule(), false);
    }

    // Before the first declaration, and behind those of one line, a clause belongs to a rule without a header.
    private boolean beginsRule() {
        return body == Words.Body.NONE || body == Words.Body.METRIC || body == Words.Body.EVENT
                || body == Words.Body.CHANNEL;
    }

    // What was meant decides how the rest of it is read.
    private Beginning unknown(String word, Place place) {
        List<String> names = Words.clauses(body);
        Optional<String> closest = Closest.to(word, names);
        String help = Words.triggerKind(word)
                ? "a trigger is written `on " + word + ":`"
                : closest.map(s -> "did you mean `" + s + "`?").orElse("clauses here are " + listed(names));
        diagnostics.report(DiagnosticCode.UNKNOWN_CLAUSE, span(place)).message("unknown clause `%s`", word).help(help);
        return new Beginning(closest.map(s -> Words.clause(body, s)).orElse(Dl.K_PROP), beginsRule(), true);
    }

    private static String listed(List<String> names) {
        return "`" + String.join("`, `", names) + "`";
    }

    private Span span(Place place) {
        return source.span(place.from(), place.end());
    }

    private static boolean mayBegin(Place place) {
        int previous = place.previous();
        return endsValue(previous) || (place.firstOnLine() && previous >= Dl.AFTER && previous <= Dl.ZONE
                && previous != Dl.SINCE);
    }

    /** Whether a value may be complete with this token. */
    static boolean endsValue(int type) {
        return switch (type) {
            case Token.EOF, Dl.NAME, Dl.ENTITY, Dl.STRING, Dl.NUMBER, Dl.CLOCK, Dl.REGEX, Dl.PROM, Dl.RPAREN,
                    Dl.RBRACKET, Dl.RBRACE, Dl.TRUE, Dl.FALSE, Dl.ANCESTORS, Dl.CHILDREN, Dl.ELSE, Dl.FLEET, Dl.HEALS,
                    Dl.NODES, Dl.ONCE, Dl.PARENT, Dl.RESOLVED, Dl.TIME ->
                true;
            default -> false;
        };
    }

    /** Whether a word ends the PromQL before it: a clause, or a declaration, where it can be none of PromQL's own. */
    boolean endsProm(String word, int from, int end, boolean firstOnLine, boolean afterValue, boolean inBrackets) {
        int colon = word.indexOf(':');
        String stem = colon < 0 ? word : word.substring(0, colon);
        int next = skipBlank(end);
        char following = next < text.length() ? text.charAt(next) : ' ';
        boolean split = (colon == word.length() - 1 && colon > 0) || (colon < 0 && following == ':');
        boolean known = !stem.isEmpty() && Words.clause(body, stem) != Words.NO_CLAUSE;
        if (inBrackets) {
            return known && split && firstOnLine && body != Words.Body.SLO && !stem.equals("by");
        }
        if (stem.equals("on") || word.equals("on")) {
            return split || Words.triggerKind(wordAt(next));
        }
        if (split) {
            return (known && (body != Words.Body.SLO || afterValue || firstOnLine)) || (firstOnLine && afterValue);
        }
        if (colon > 0) {
            return known && afterValue;
        }
        if (known && Words.alwaysClause(word) && !word.equals("unless")) {
            return firstOnLine && afterValue && following != ',';
        }
        return Words.declaration(word) != Words.NO_CLAUSE && from < next && (following == '"'
                ? afterValue
                : (afterValue || firstOnLine) && Numbers.isNameStart(following)
                        && !PromScanner.isOperator(wordAt(next)));
    }

    private static boolean isEntity(int type) {
        return type == Dl.ENTITY || type == Dl.NAME || type == Dl.STRING;
    }

    private String wordAt(int from) {
        int end = from;
        while (end < text.length() && Numbers.isNamePart(text.charAt(end))) {
            end++;
        }
        return text.substring(from, end);
    }

    /** The offset of the next thing that is neither white space nor comment. */
    int skipBlank(int from) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                at++;
            } else {
                return at;
            }
        }
        return at;
    }
}
