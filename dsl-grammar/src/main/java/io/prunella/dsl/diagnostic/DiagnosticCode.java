package io.prunella.dsl.diagnostic;

/** The one catalog of everything that can be wrong with a text; a code, once published, keeps its meaning. */
public enum DiagnosticCode {
    // DL1xx: text and syntax
    NOT_UTF8("DL101", Severity.ERROR, "file is not UTF-8"), //
    FILE_TOO_LARGE("DL102", Severity.ERROR, "file is too large"), //
    NESTED_TOO_DEEP("DL103", Severity.ERROR, "nested too deep"), //
    UNEXPECTED_INPUT("DL104", Severity.ERROR, "unexpected input"), //
    UNKNOWN_CLAUSE("DL105", Severity.ERROR, "unknown clause"), //
    DUPLICATE_CLAUSE("DL106", Severity.ERROR, "clause written twice"), //
    UNTERMINATED_STRING("DL107", Severity.ERROR, "string without its end"), //
    BAD_ESCAPE("DL108", Severity.ERROR, "unknown escape in a string"), //
    BAD_NUMBER("DL109", Severity.ERROR, "number that cannot be read"), //
    DURATION_TOO_FINE("DL110", Severity.ERROR, "duration finer than a millisecond"), //
    OUT_OF_RANGE("DL111", Severity.ERROR, "value out of range"), //
    BAD_TIME_OF_DAY("DL112", Severity.ERROR, "no such time of day"), //
    UNKNOWN_WORD("DL113", Severity.ERROR, "word that is none of the choices"), //
    UNCLOSED_BRACKET("DL114", Severity.ERROR, "bracket without its partner"), //
    CHAINED_COMPARISON("DL115", Severity.ERROR, "comparisons in a chain"), //
    UNKNOWN_DECLARATION("DL116", Severity.ERROR, "unknown declaration"), //
    NOTHING_TO_FIRE_ON("DL117", Severity.ERROR, "rule with nothing to fire on"), //
    RULE_WITHOUT_HEADER("DL118", Severity.ERROR, "rule without a header after one with a header"), //
    WRONG_UNIT("DL119", Severity.ERROR, "number with the wrong unit"), //
    UNKNOWN_STEP("DL120", Severity.ERROR, "unknown step"), //
    MISSING_CLAUSE("DL121", Severity.ERROR, "clause that has to be there"), //
    UNKNOWN_UNIT("DL122", Severity.ERROR, "unknown unit"), //
    WRONG_QUOTES("DL123", Severity.ERROR, "quotes of another language"), //
    TOO_MANY_PROBLEMS("DL199", Severity.NOTICE, "too many problems to show");

    private final String id;
    private final Severity severity;
    private final String title;

    DiagnosticCode(String id, Severity severity, String title) {
        this.id = id;
        this.severity = severity;
        this.title = title;
    }

    /** Stable, e.g. {@code DL104}. */
    public String id() {
        return id;
    }

    public Severity severity() {
        return severity;
    }

    /** A few words, as the page of this code is headed. */
    public String title() {
        return title;
    }
}
