package io.prunella.compiler.check;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How often a pattern's parts are repeated, those inside one another multiplied: RE2 writes each repetition out, so that
 * {@code ((a{100}){100}){100}} would fill the memory.
 */
public final class Repeats {
    /** As in RE2 for a single one. */
    public static final long MOST = 1_000;

    private Repeats() {}

    /** The largest product of repetitions that lie inside one another, at least 1; of any text, readable or not. */
    public static long most(String regex) {
        Deque<Long> outer = new ArrayDeque<>();
        long most = 1;
        long last = 1;
        int at = 0;
        while (at < regex.length()) {
            switch (regex.charAt(at)) {
                case '\\' -> {
                    last = 1;
                    at += 2;
                }
                case '[' -> {
                    last = 1;
                    at = afterClass(regex, at);
                }
                case '(' -> {
                    outer.push(most);
                    most = 1;
                    last = 1;
                    at++;
                }
                case ')' -> {
                    last = most;
                    most = outer.isEmpty() ? most : Math.max(most, outer.pop());
                    at++;
                }
                case '{' -> {
                    int end = regex.indexOf('}', at);
                    last = product(last, end < 0 ? 1 : times(regex.substring(at + 1, end)));
                    most = Math.max(most, last);
                    at = end < 0 ? regex.length() : end + 1;
                }
                case '*', '+', '?' -> at++;
                default -> {
                    last = 1;
                    at++;
                }
            }
        }
        while (!outer.isEmpty()) {
            most = Math.max(most, outer.pop());
        }
        return most;
    }

    private static int afterClass(String regex, int from) {
        int at = from + 1;
        if (at < regex.length() && regex.charAt(at) == '^') {
            at++;
        }
        // A bracket right at the beginning is one of the class.
        if (at < regex.length() && regex.charAt(at) == ']') {
            at++;
        }
        while (at < regex.length() && regex.charAt(at) != ']') {
            at += regex.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static long times(String bounds) {
        long most = 1;
        for (String bound : bounds.split(",", -1)) {
            if (bound.matches("[0-9]{1,9}")) {
                most = Math.max(most, Long.parseLong(bound));
            }
        }
        return most;
    }

    private static long product(long one, long other) {
        return one > Long.MAX_VALUE / other ? Long.MAX_VALUE : one * other;
    }
}
