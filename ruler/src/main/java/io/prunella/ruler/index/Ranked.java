package io.prunella.ruler.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The values of a window with very many samples, by size: what is taken out or put in moves a few hundred others at most,
 * however many there are. What is not a number is the greatest.
 */
final class Ranked {
    private static final int BLOCK = 512;

    private final List<Block> blocks = new ArrayList<>();
    private int size;
    private int notNumbers;

    private static final class Block {
        private double[] values = new double[BLOCK];
        private int size;
    }

    int size() {
        return size;
    }

    /** How many of them are numbers. */
    int numbers() {
        return size - notNumbers;
    }

    void add(double value) {
        size++;
        notNumbers += Double.isNaN(value) ? 1 : 0;
        if (blocks.isEmpty()) {
            blocks.add(new Block());
        }
        int at = block(value);
        Block block = blocks.get(at);
        if (block.size == BLOCK) {
            split(at);
            at = block(value);
            block = blocks.get(at);
        }
        int place = Arrays.binarySearch(block.values, 0, block.size, value);
        place = place < 0 ? -1 - place : place;
        System.arraycopy(block.values, place, block.values, place + 1, block.size - place);
        block.values[place] = value;
        block.size++;
    }

    /** Takes out one that was put in. */
    void remove(double value) {
        size--;
        notNumbers -= Double.isNaN(value) ? 1 : 0;
        int at = block(value);
        Block block = blocks.get(at);
        int place = Arrays.binarySearch(block.values, 0, block.size, value);
        block.size--;
        System.arraycopy(block.values, place + 1, block.values, place, block.size - place);
        if (block.size == 0) {
            blocks.remove(at);
        }
    }

    /** The last block that does not begin with a greater value, or the first. */
    private int block(double value) {
        int low = 0;
        int high = blocks.size();
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (Double.compare(blocks.get(middle).values[0], value) <= 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void split(int at) {
        Block block = blocks.get(at);
        Block upper = new Block();
        upper.size = block.size / 2;
        block.size -= upper.size;
        System.arraycopy(block.values, block.size, upper.values, 0, upper.size);
        blocks.add(at + 1, upper);
    }

    /** The value that so many are before. */
    double get(int rank) {
        int left = rank;
        int at = 0;
        while (left >= blocks.get(at).size) {
            left -= blocks.get(at).size;
            at++;
        }
        return blocks.get(at).values[left];
    }
}
