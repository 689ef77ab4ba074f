package io.prunella.dsl.diagnostic;

/** How much a diagnostic weighs: an error stops the pack, a warning only under {@code --strict}. */
public enum Severity {
    ERROR, WARNING, NOTICE;

    /** As printed, e.g. {@code error}. */
    public String label() {
        return switch (this) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case NOTICE -> "notice";
        };
    }
}
