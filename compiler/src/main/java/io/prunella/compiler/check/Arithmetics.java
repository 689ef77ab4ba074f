package io.prunella.compiler.check;

import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.Expr.ArithmeticOp;
import java.util.Optional;

/**
 * What comes out of arithmetic on dimensions (language section 1): same ÷ same is a number, a duration among numbers
 * counts seconds, a duration × or ÷ a number is a duration.
 */
final class Arithmetics {
    private Arithmetics() {}

    /** The result's dimension; empty when the two cannot be put together. */
    static Optional<Dimension> of(Dimension left, ArithmeticOp op, Dimension right) {
        if (!numeric(left) || !numeric(right)) {
            return Optional.empty();
        }
        return switch (op) {
            case ADD, SUBTRACT, MODULO -> sum(left, right);
            case MULTIPLY -> product(left, right);
            case DIVIDE -> quotient(left, right);
        };
    }

    private static boolean numeric(Dimension dimension) {
        return switch (dimension) {
            case NUMBER, DURATION, BYTES, BYTES_PER_SECOND -> true;
            case STRING, BOOLEAN -> false;
        };
    }

    private static Optional<Dimension> sum(Dimension left, Dimension right) {
        if (left == right) {
            return Optional.of(left);
        }
        boolean seconds = (left == Dimension.NUMBER && right == Dimension.DURATION)
                || (left == Dimension.DURATION && right == Dimension.NUMBER);
        return seconds ? Optional.of(Dimension.NUMBER) : Optional.empty();
    }

    private static Optional<Dimension> product(Dimension left, Dimension right) {
        if (left == Dimension.NUMBER) {
            return Optional.of(right);
        }
        if (right == Dimension.NUMBER) {
            return Optional.of(left);
        }
        boolean amount = (left == Dimension.BYTES_PER_SECOND && right == Dimension.DURATION)
                || (left == Dimension.DURATION && right == Dimension.BYTES_PER_SECOND);
        return amount ? Optional.of(Dimension.BYTES) : Optional.empty();
    }

    private static Optional<Dimension> quotient(Dimension left, Dimension right) {
        if (left == right) {
            return Optional.of(Dimension.NUMBER);
        }
        if (right == Dimension.NUMBER) {
            return Optional.of(left);
        }
        if (left == Dimension.NUMBER && right == Dimension.DURATION) {
            return Optional.of(Dimension.NUMBER);
        }
        if (left == Dimension.BYTES && right == Dimension.DURATION) {
            return Optional.of(Dimension.BYTES_PER_SECOND);
        }
        if (left == Dimension.BYTES && right == Dimension.BYTES_PER_SECOND) {
            return Optional.of(Dimension.DURATION);
        }
        return Optional.empty();
    }
}
