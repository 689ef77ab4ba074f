package io.prunella.ruler.index;

import io.prunella.ruler.index.WindowPlan.Column;
import java.util.Arrays;

/** Between which boundaries of its rules each window's value lies: rules hear of it when it goes to another band. */
final class WindowBands {
    /** In the place of a band: there is no value. */
    private static final char GONE = 0;
    /** The value may be anything; each change counts. */
    private static final char UNSETTLED = 1;
    private static final char FIRST_BAND = 2;

    private final Rings rings;
    private char[] band = new char[64];
    private Changes changes = (_, _, _, _) -> {};

    /** Told when a window has another value that some rule may care for. */
    interface Changes {
        /** From and to are numbers of bands; {@link #NO_BAND} where there was or is no value, or none that compares. */
        void changed(int number, MetricWatch watch, int from, int to);

        int NO_BAND = -1;
    }

    WindowBands(Rings rings) {
        this.rings = rings;
    }

    void tell(Changes listener) {
        changes = listener;
    }

    /** A new window has no value. */
    void open(int slot) {
        if (slot >= band.length) {
            band = Arrays.copyOf(band, slot + (slot >> 2));
        }
        band[slot] = GONE;
    }

    boolean has(int slot) {
        return band[slot] != GONE;
    }

    /** Whether it takes the value before a change to tell what the change means. */
    boolean unsettled(int slot) {
        return band[slot] == UNSETTLED;
    }

    /** Whether there is a band outside of which a value means something. */
    boolean settled(int slot) {
        return band[slot] >= FIRST_BAND;
    }

    /** Whether a value stays in its band. */
    boolean stays(int slot, Column column, double value) {
        return band[slot] >= FIRST_BAND && column.watch != null && column.watch.lies(value, band[slot] - FIRST_BAND);
    }

    /** Rules have to know that there may be a value now, or none. */
    void told(int ring, Column column) {
        if (column.watch != null) {
            changes.changed(rings.owner(ring), column.watch, Changes.NO_BAND, Changes.NO_BAND);
        }
    }

    /** There is no value any more. */
    void gone(int slot, Column column, int ring) {
        if (band[slot] != GONE) {
            band[slot] = GONE;
            told(ring, column);
        }
    }

    /** Finds the band of a value of which no rule has to hear. */
    void settle(int slot, Column column, double value) {
        MetricWatch watch = column.watch;
        int number = watch == null || watch.every.length > 0 || Double.isNaN(value)
                ? UNSETTLED
                : watch.band(value) + FIRST_BAND;
        band[slot] = number > Character.MAX_VALUE ? UNSETTLED : (char) number;
    }

    /** A value has left its band, or had none; {@code had} counts where it was unsettled. */
    void turned(int slot, Column column, int ring, double had, double value) {
        char was = band[slot];
        settle(slot, column, value);
        MetricWatch watch = column.watch;
        if (watch == null) {
            return;
        }
        if (was == GONE || Double.isNaN(value) || (was == UNSETTLED && Double.isNaN(had))) {
            told(ring, column);
        } else if (was != UNSETTLED || had != value) {
            changes.changed(rings.owner(ring), watch, was == UNSETTLED ? watch.band(had) : was - FIRST_BAND,
                    watch.band(value));
        }
    }
}
