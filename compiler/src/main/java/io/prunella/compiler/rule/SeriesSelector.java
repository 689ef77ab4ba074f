package io.prunella.compiler.rule;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;

/**
 * Which of a subject's series are meant: a metric's name and conditions on labels.
 *
 * @param text canonical, e.g. {@code cpu_load{core="0"}}
 */
public record SeriesSelector(String metric, List<LabelMatch> matches, String text) {
    public SeriesSelector {
        matches = List.copyOf(matches);
    }

    /** Whether a series with these labels is meant; an absent label is the empty string. */
    public boolean takes(Map<String, String> labels) {
        for (LabelMatch match : matches) {
            if (!match.takes(labels.getOrDefault(match.label(), ""))) {
                return false;
            }
        }
        return true;
    }

    /** A condition on one label. */
    public sealed interface LabelMatch {
        String label();

        boolean takes(String value);

        record Equal(String label, String value) implements LabelMatch {
            @Override
            public boolean takes(String actual) {
                return actual.equals(value);
            }
        }

        record NotEqual(String label, String value) implements LabelMatch {
            @Override
            public boolean takes(String actual) {
                return !actual.equals(value);
            }
        }

        /** RE2, for the whole value. */
        record Matching(String label, Pattern pattern) implements LabelMatch {
            @Override
            public boolean takes(String actual) {
                return pattern.matcher(actual).matches();
            }
        }

        record NotMatching(String label, Pattern pattern) implements LabelMatch {
            @Override
            public boolean takes(String actual) {
                return !pattern.matcher(actual).matches();
            }
        }
    }
}
