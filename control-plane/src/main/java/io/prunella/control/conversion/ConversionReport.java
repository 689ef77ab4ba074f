package io.prunella.control.conversion;

import java.util.List;

/**
 * What was brought over, and what was not and why.
 *
 * @param lines of all files that were read
 * @param refused by reason, in the order in which each reason came up first
 * @param notes what was brought over otherwise than it stood, likewise
 */
public record ConversionReport(long lines, long samples, long events, List<Reason> refused, List<Reason> notes) {
    public ConversionReport {
        refused = List.copyOf(refused);
        notes = List.copyOf(notes);
    }

    /**
     * Why something was not brought over, or not as it stood.
     *
     * @param examples the first places, {@code file:line}, with what stands there
     */
    public record Reason(String text, long count, List<String> examples) {
        public Reason {
            examples = List.copyOf(examples);
        }
    }

    /** How many things were not brought over. */
    public long left() {
        return refused.stream().mapToLong(Reason::count).sum();
    }
}
