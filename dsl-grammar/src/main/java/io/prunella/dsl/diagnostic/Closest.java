package io.prunella.dsl.diagnostic;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant, for "did you mean" in messages. */
public final class Closest {
    private static final int LONGEST = 64;

    private Closest() {}

    /**
     * The nearest of some names.
     *
     * @return empty when none is near: at most one slip in three letters, three in all; a swap of neighbours is one slip;
     * of names equally near the first in code-point order
     */
    public static Optional<String> to(String written, Collection<String> names) {
        String wanted = written.toLowerCase(Locale.ROOT);
        if (wanted.length() > LONGEST) {
            return Optional.empty();
        }
        String best = "";
        int bestDistance = Math.min(3, Math.max(1, wanted.length() / 3)) + 1;
        for (String name : names) {
            if (Math.abs(name.length() - wanted.length()) >= bestDistance + 1 || name.length() > LONGEST) {
                continue;
            }
            int distance = distance(wanted, name.toLowerCase(Locale.ROOT));
            if (distance < bestDistance
                    || (distance == bestDistance && !best.isEmpty() && name.compareTo(best) < 0)) {
                best = name;
                bestDistance = distance;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /** The same as a sentence, e.g. ``did you mean `when`?``. */
    public static Optional<String> question(String written, Collection<String> names) {
        return to(written, names).map(name -> "did you mean `" + name + "`?");
    }

    // Optimal string alignment: insertions, deletions, replacements and swaps of neighbours.
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replace, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
