package io.prunella.dsl.ast;

/** What a value measures; values of two dimensions are never compared. */
public enum Dimension {
    /** Plain numbers and ratios, which are one dimension: 95% is 0.95. */
    NUMBER("number"), DURATION("duration"), BYTES("bytes"), BYTES_PER_SECOND("bytes per second"), STRING(
            "string"), BOOLEAN("boolean");

    private final String label;

    Dimension(String label) {
        this.label = label;
    }

    /** What users call it. */
    public String label() {
        return label;
    }
}
