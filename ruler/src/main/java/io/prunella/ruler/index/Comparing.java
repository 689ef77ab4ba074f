package io.prunella.ruler.index;

import com.google.re2j.Pattern;
import io.prunella.dsl.ast.Expr.CompareOp;
import io.prunella.plan.Truth;
import io.prunella.ruler.Printed;
import io.prunella.ruler.Scalar;
import java.util.HashMap;
import java.util.Map;

/** How two values compare. */
final class Comparing {
    /** Patterns are few and come from rules, never from records. */
    private final Map<String, Pattern> patterns = new HashMap<>();

    /** NaN compares false except with {@code !=}. */
    static boolean numbers(double left, CompareOp op, double right) {
        return switch (op) {
            case EQ -> left == right;
            case NE -> left != right;
            case LT -> left < right;
            case LE -> left <= right;
            case GT -> left > right;
            case GE -> left >= right;
            case MATCHES, NOT_MATCHES -> false;
        };
    }

    /** Unknown where the kinds don't fit, such as text that is no number. */
    Truth scalars(Scalar left, CompareOp op, Scalar right) {
        if (op == CompareOp.MATCHES || op == CompareOp.NOT_MATCHES) {
            boolean found = patterns.computeIfAbsent(text(right), Pattern::compile).matcher(text(left)).matches();
            return Truth.of(found == (op == CompareOp.MATCHES));
        }
        if (left instanceof Scalar.Text && right instanceof Scalar.Text) {
            return Truth.of(signs(CodePoints.compare(text(left), text(right)), op));
        }
        if (left instanceof Scalar.Flag || right instanceof Scalar.Flag) {
            return text(left).equals("true") || text(left).equals("false")
                    ? Truth.of(signs(text(left).compareTo(text(right)), op))
                    : Truth.UNKNOWN;
        }
        try {
            return Truth.of(numbers(number(left), op, number(right)));
        } catch (NumberFormatException _) {
            return Truth.UNKNOWN;
        }
    }

    private static boolean signs(int sign, CompareOp op) {
        return numbers(sign, op, 0);
    }

    static String text(Scalar scalar) {
        return switch (scalar) {
            case Scalar.Text text -> text.value();
            case Scalar.Quantity quantity -> Printed.number(quantity.value());
            case Scalar.Flag flag -> Boolean.toString(flag.value());
        };
    }

    /** Throws {@link NumberFormatException} for text that is none. */
    static double number(Scalar scalar) {
        return switch (scalar) {
            case Scalar.Text text -> Double.parseDouble(text.value());
            case Scalar.Quantity quantity -> quantity.value();
            case Scalar.Flag flag -> flag.value() ? 1 : 0;
        };
    }
}
