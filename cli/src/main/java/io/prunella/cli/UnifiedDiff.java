package io.prunella.cli;

import java.util.ArrayList;
import java.util.List;

/** The difference of two texts in unified form, as {@code diff -u} and {@code patch} know it. */
final class UnifiedDiff {
    private static final int CONTEXT = 3;
    /** Above it the middle is shown as replaced whole: comparing each line with each would take too long. */
    private static final long MOST_COMPARISONS = 16_000_000;

    private UnifiedDiff() {}

    /** Empty if there is none. */
    static String of(String name, String before, String after) {
        List<Line> lines = compare(split(before), split(after));
        StringBuilder out = new StringBuilder();
        for (int at = 0; at < lines.size(); at++) {
            if (lines.get(at).sign() == ' ') {
                continue;
            }
            int start = Math.max(0, at - CONTEXT);
            int end = at;
            for (int next = at; next < lines.size() && next <= end + 2 * CONTEXT; next++) {
                end = lines.get(next).sign() == ' ' ? end : next;
            }
            int stop = Math.min(lines.size(), end + CONTEXT + 1);
            hunk(out, lines, start, stop);
            at = stop - 1;
        }
        return out.isEmpty() ? "" : "--- " + name + "\n+++ " + name + " (formatted)\n" + out;
    }

    private record Line(char sign, String text) {}

    private static void hunk(StringBuilder out, List<Line> lines, int start, int stop) {
        List<Line> before = lines.subList(0, start);
        List<Line> shown = lines.subList(start, stop);
        long oldStart = before.stream().filter(l -> l.sign() != '+').count();
        long newStart = before.stream().filter(l -> l.sign() != '-').count();
        long oldLength = shown.stream().filter(l -> l.sign() != '+').count();
        long newLength = shown.stream().filter(l -> l.sign() != '-').count();
        out.append("@@ -").append(range(oldStart, oldLength)).append(" +").append(range(newStart, newLength))
                .append(" @@\n");
        shown.forEach(line -> out.append(line.sign()).append(line.text()).append('\n'));
    }

    private static String range(long start, long length) {
        return (length == 0 ? start : start + 1) + (length == 1 ? "" : "," + length);
    }

    private static List<String> split(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return lines;
    }

    private static List<Line> compare(List<String> a, List<String> b) {
        int head = 0;
        while (head < a.size() && head < b.size() && a.get(head).equals(b.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < a.size() - head && tail < b.size() - head
                && a.get(a.size() - 1 - tail).equals(b.get(b.size() - 1 - tail))) {
            tail++;
        }
        List<Line> lines = new ArrayList<>();
        a.subList(0, head).forEach(text -> lines.add(new Line(' ', text)));
        middle(a.subList(head, a.size() - tail), b.subList(head, b.size() - tail), lines);
        a.subList(a.size() - tail, a.size()).forEach(text -> lines.add(new Line(' ', text)));
        return lines;
    }

    private static void middle(List<String> a, List<String> b, List<Line> lines) {
        int[][] common = (long) a.size() * b.size() > MOST_COMPARISONS
                ? new int[0][0]
                : longestCommon(a, b);
        int i = 0;
        int j = 0;
        while (i < a.size() && j < b.size() && common.length > 0) {
            if (a.get(i).equals(b.get(j))) {
                lines.add(new Line(' ', a.get(i++)));
                j++;
            } else if (common[i + 1][j] >= common[i][j + 1]) {
                lines.add(new Line('-', a.get(i++)));
            } else {
                lines.add(new Line('+', b.get(j++)));
            }
        }
        a.subList(i, a.size()).forEach(text -> lines.add(new Line('-', text)));
        b.subList(j, b.size()).forEach(text -> lines.add(new Line('+', text)));
    }

    // Length of the longest common part of what follows each pair of places.
    private static int[][] longestCommon(List<String> a, List<String> b) {
        int[][] length = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                length[i][j] = a.get(i).equals(b.get(j))
                        ? length[i + 1][j + 1] + 1
                        : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        return length;
    }
}
