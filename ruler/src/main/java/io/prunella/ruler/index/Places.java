package io.prunella.ruler.index;

import java.util.Arrays;

/**
 * Room for the samples of rings, cut into places of one length.
 *
 * <p>Places lie in pages without a gap: where one is given back, the last one moves in, so that rings that have all grown
 * leave nothing behind.
 */
final class Places {
    /** What a place holds of each sample. */
    enum Kind {
        SHORT, FLOAT, DOUBLE, INT
    }

    private static final int PAGE = 4096;

    private final Kind kind;
    private final int length;
    private final int shift;
    private final int mask;
    private short[][] shorts = {};
    private float[][] floats = {};
    private double[][] doubles = {};
    private int[][] ints = {};
    private int[][] owners = {};
    private int used;

    /** Told when the ring that has a place has another one from now on. */
    interface Moves {
        void moved(int ring, int place);
    }

    Places(Kind kind, int length) {
        this.kind = kind;
        this.length = length;
        int perPage = Integer.highestOneBit(Math.max(1, PAGE / length));
        this.shift = Integer.numberOfTrailingZeros(perPage);
        this.mask = perPage - 1;
    }

    int take(int ring) {
        int place = used++;
        if (place >>> shift == owners.length) {
            addPage();
        }
        int page = place >>> shift;
        if ((place & mask) == owners[page].length) {
            resize(page, Math.min(owners[page].length * 2, mask + 1));
        }
        owners[page][place & mask] = ring;
        return place;
    }

    private void addPage() {
        int pages = owners.length + 1;
        owners = Arrays.copyOf(owners, pages);
        owners[pages - 1] = new int[0];
        switch (kind) {
            case SHORT -> {
                shorts = Arrays.copyOf(shorts, pages);
                shorts[pages - 1] = new short[0];
            }
            case FLOAT -> {
                floats = Arrays.copyOf(floats, pages);
                floats[pages - 1] = new float[0];
            }
            case DOUBLE -> {
                doubles = Arrays.copyOf(doubles, pages);
                doubles[pages - 1] = new double[0];
            }
            case INT -> {
                ints = Arrays.copyOf(ints, pages);
                ints[pages - 1] = new int[0];
            }
        }
        // The first page grows, as most kinds of places are wanted by few.
        resize(pages - 1, pages == 1 ? Math.min(2, mask + 1) : mask + 1);
    }

    private void resize(int page, int places) {
        owners[page] = Arrays.copyOf(owners[page], places);
        switch (kind) {
            case SHORT -> shorts[page] = Arrays.copyOf(shorts[page], places * length);
            case FLOAT -> floats[page] = Arrays.copyOf(floats[page], places * length);
            case DOUBLE -> doubles[page] = Arrays.copyOf(doubles[page], places * length);
            case INT -> ints[page] = Arrays.copyOf(ints[page], places * length);
        }
    }

    void give(int place, Moves moves) {
        int last = --used;
        if (last != place) {
            copy(last, place);
            int ring = owners[last >>> shift][last & mask];
            owners[place >>> shift][place & mask] = ring;
            moves.moved(ring, place);
        }
        if ((last & mask) == 0) {
            int pages = last >>> shift;
            owners = Arrays.copyOf(owners, pages);
            switch (kind) {
                case SHORT -> shorts = Arrays.copyOf(shorts, pages);
                case FLOAT -> floats = Arrays.copyOf(floats, pages);
                case DOUBLE -> doubles = Arrays.copyOf(doubles, pages);
                case INT -> ints = Arrays.copyOf(ints, pages);
            }
        }
    }

    private void copy(int from, int to) {
        int source = (from & mask) * length;
        int target = (to & mask) * length;
        switch (kind) {
            case SHORT -> System.arraycopy(shorts[from >>> shift], source, shorts[to >>> shift], target, length);
            case FLOAT -> System.arraycopy(floats[from >>> shift], source, floats[to >>> shift], target, length);
            case DOUBLE -> System.arraycopy(doubles[from >>> shift], source, doubles[to >>> shift], target, length);
            case INT -> System.arraycopy(ints[from >>> shift], source, ints[to >>> shift], target, length);
        }
    }

    short getShort(int place, int index) {
        return shorts[place >>> shift][(place & mask) * length + index];
    }

    void set(int place, int index, short value) {
        shorts[place >>> shift][(place & mask) * length + index] = value;
    }

    float getFloat(int place, int index) {
        return floats[place >>> shift][(place & mask) * length + index];
    }

    void set(int place, int index, float value) {
        floats[place >>> shift][(place & mask) * length + index] = value;
    }

    double getDouble(int place, int index) {
        return doubles[place >>> shift][(place & mask) * length + index];
    }

    void set(int place, int index, double value) {
        doubles[place >>> shift][(place & mask) * length + index] = value;
    }

    int getInt(int place, int index) {
        return ints[place >>> shift][(place & mask) * length + index];
    }

    void set(int place, int index, int value) {
        ints[place >>> shift][(place & mask) * length + index] = value;
    }
}
