package io.prunella.compiler.analysis;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** Patterns that the checks may have refused already. */
final class Patterns {
    private Patterns() {}

    static boolean isReadable(String pattern) {
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
