package io.prunella.compiler.analysis;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.prunella.compiler.check.Repeats;

/** Patterns that the checks may have refused already. */
final class Patterns {
    private Patterns() {}

    static boolean isReadable(String pattern) {
        if (Repeats.most(pattern) > Repeats.MOST) {
            return false;
        }
        try {
            Pattern.compile(pattern);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** Whether a readable pattern matches the whole text. */
    static boolean matches(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).matches();
    }
}
