package io.prunella.compiler.rule;

import io.prunella.dsl.ast.Expr.CompareOp;
import java.util.Arrays;
import java.util.List;

/**
 * Another pack that has to be in force with this one, {@code base >= "2.0"}.
 *
 * @param op how its version is compared, by numbers from the left: 2.10 is later than 2.9, and 2 is 2.0
 * @param version numbers with points between them
 */
public record PackRequirement(String pack, CompareOp op, String version) {

    /** Whether the text is a version that can be compared. */
    public static boolean isVersion(String text) {
        return text.matches("[0-9]{1,9}(\\.[0-9]{1,9}){0,9}(-[0-9A-Za-z.-]+)?");
    }

    /** Whether a version of that pack will do; one that cannot be compared does not. */
    public boolean met(String other) {
        if (!isVersion(other)) {
            return false;
        }
        int sign = compare(other, version);
        return switch (op) {
            case EQ -> sign == 0;
            case NE -> sign != 0;
            case LT -> sign < 0;
            case LE -> sign <= 0;
            case GT -> sign > 0;
            case GE -> sign >= 0;
            case MATCHES, NOT_MATCHES -> false;
        };
    }

    /** As written. */
    public String text() {
        return pack + " " + op.sign() + " \"" + version + "\"";
    }

    private static int compare(String left, String right) {
        List<Long> a = numbers(left);
        List<Long> b = numbers(right);
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            int sign = Long.compare(i < a.size() ? a.get(i) : 0, i < b.size() ? b.get(i) : 0);
            if (sign != 0) {
                return sign;
            }
        }
        // What comes before a release is earlier than it.
        return Boolean.compare(right.contains("-"), left.contains("-"));
    }

    private static List<Long> numbers(String version) {
        return Arrays.stream(version.split("-", 2)[0].split("\\.", -1)).map(Long::valueOf).toList();
    }
}
