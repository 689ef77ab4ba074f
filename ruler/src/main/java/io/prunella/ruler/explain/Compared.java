package io.prunella.ruler.explain;

import io.prunella.plan.Truth;
import io.prunella.ruler.Scalar;
import java.util.List;
import java.util.Optional;

/**
 * Two values that were compared, and what came of it.
 *
 * @param operator as written, {@code >}, {@code in}
 * @param right absent where a value is held against a set
 */
public record Compared(Truth truth, Side left, String operator, Optional<Side> right) {

    /**
     * One side.
     *
     * @param term as printed, {@code cpu_load}, {@code event.reason}; absent for a constant and for what is calculated
     * @param readings what it was made of
     */
    public record Side(Optional<String> term, Scalar value, List<Reading> readings) {
        public Side {
            readings = List.copyOf(readings);
        }

        /** A constant. */
        public static Side fixed(Scalar value) {
            return new Side(Optional.empty(), value, List.of());
        }
    }

    /**
     * What one series gave.
     *
     * @param term selector as written
     * @param value as it was compared
     * @param entity whose series it is
     * @param series canonical text, labels in order of their names
     * @param ts of its newest sample, epoch milliseconds
     * @param staleAt the first instant at which that is no longer valid
     * @param window range of the term, {@code 5m}, where it has one
     * @param samples of the window, oldest first; none where there is no window
     */
    public record Reading(String term, double value, String entity, String series, long ts, long staleAt,
            Optional<String> window, List<Sample> samples) {
        public Reading {
            samples = List.copyOf(samples);
        }
    }

    /** A sample of a window. */
    public record Sample(long ts, double value) {}
}
