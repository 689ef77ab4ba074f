package io.prunella.dsl.diagnostic;

/** The one catalog of everything that can be wrong with a text; a code, once published, keeps its meaning. */
public enum DiagnosticCode {
    // DL1xx: text and syntax
    NOT_UTF8("DL101", Severity.ERROR, "file is not UTF-8"), FILE_TOO_LARGE("DL102", Severity.ERROR,
            "file is too large"), NESTED_TOO_DEEP("DL103", Severity.ERROR,
                    "nested too deep"), UNEXPECTED_INPUT("DL104", Severity.ERROR, "unexpected input");

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
