package io.prunella.dsl.format;

import java.util.ArrayList;
import java.util.List;

/** A line in the making: text with places at which it may be broken, the outermost of them first. */
final class Flow {
    static final int WIDEST = 120;

    private record Break(int offset, int level) {}

    private final StringBuilder text = new StringBuilder();
    private final List<Break> breaks = new ArrayList<>();
    private int level;

    Flow text(String more) {
        text.append(more);
        return this;
    }

    /** A blank, or a line end where the line would be too long. */
    Flow gap() {
        breaks.add(new Break(text.length(), level));
        text.append(' ');
        return this;
    }

    /** What follows is broken only after everything around it was. */
    Flow deeper() {
        level++;
        return this;
    }

    Flow shallower() {
        level--;
        return this;
    }

    /** The lines that it becomes behind so many blanks; further ones are indented by four more. */
    List<String> lines(int indent) {
        List<String> lines = new ArrayList<>();
        split(0, text.length(), indent, indent, lines, 0);
        return lines;
    }

    private void split(int from, int to, int indent, int base, List<String> lines, int least) {
        int lowest = Integer.MAX_VALUE;
        if (indent + to - from > WIDEST) {
            for (Break b : breaks) {
                if (b.offset > from && b.offset < to && b.level >= least) {
                    lowest = Math.min(lowest, b.level);
                }
            }
        }
        if (lowest == Integer.MAX_VALUE) {
            lines.add(" ".repeat(indent) + text.substring(from, to));
            return;
        }
        int start = from;
        int last = -1;
        int left = indent;
        for (Break b : breaks) {
            if (b.offset <= start || b.offset >= to || b.level != lowest) {
                continue;
            }
            if (last > start && left + b.offset - start > WIDEST) {
                split(start, last, left, base, lines, lowest + 1);
                start = last + 1;
                left = base + 4;
            }
            last = b.offset;
        }
        if (last > start && left + to - start > WIDEST) {
            split(start, last, left, base, lines, lowest + 1);
            start = last + 1;
            left = base + 4;
        }
        split(start, to, left, base, lines, lowest + 1);
    }
}
