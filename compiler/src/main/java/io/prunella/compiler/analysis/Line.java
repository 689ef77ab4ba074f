package io.prunella.compiler.analysis;

import io.prunella.compiler.analysis.Values.Interval;
import io.prunella.compiler.analysis.Values.Numbers;
import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.Expr;
import java.util.Optional;

/**
 * A value as {@code factor × of + offset}, so that {@code x * 100 > 95} speaks of {@code x}.
 *
 * @param of what it is computed from; empty for a constant, which is {@code offset}
 * @param size of the numbers that were added on the way, which bounds what rounding may have cost; 0 if nothing was
 *     rounded
 * @param exact whether nothing but signs was computed
 */
record Line(Optional<Expr> of, double factor, double offset, double size, boolean exact) {
    private static final double ROUNDING = 1e-12;
    private static final double LARGE = 1e100;
    private static final double SMALL = 1e-100;

    static Line of(Expr expr) {
        return switch (expr) {
            case Expr.NumberLiteral n -> constant(n.dimension() == Dimension.DURATION ? n.value() / 1000 : n.value());
            case Expr.Group group -> of(group.inner());
            case Expr.Negate negate -> of(negate.operand()).negated();
            case Expr.Arithmetic a -> arithmetic(a);
            case Expr.Or _,Expr.And _,Expr.Not _,Expr.Sustained _,Expr.Comparison _,Expr.In _,Expr.TimeIn _,Expr.Series _,Expr.Range _,Expr.Call _,Expr.Aggregate _,Expr.OverEntities _,Expr.EventCount _,Expr.TimeSince _,Expr.Path _,Expr.Keyword _,Expr.Probe _,Expr.StringLiteral _,Expr.BooleanLiteral _,Expr.ListLiteral _,Expr.MapLiteral _,Expr.Pattern _ ->
                itself(expr);
        };
    }

    boolean isConstant() {
        return of.isEmpty();
    }

    private static Line constant(double value) {
        return new Line(Optional.empty(), 0, value, 0, true);
    }

    private static Line itself(Expr expr) {
        return new Line(Optional.of(expr), 1, 0, 0, true);
    }

    private Line negated() {
        return new Line(of, -factor, -offset, size, exact);
    }

    private static Line arithmetic(Expr.Arithmetic a) {
        Line left = of(a.left());
        Line right = of(a.right());
        if (left.isConstant() && right.isConstant()) {
            return switch (a.op()) {
                case ADD -> constant(left.offset + right.offset);
                case SUBTRACT -> constant(left.offset - right.offset);
                case MULTIPLY -> constant(left.offset * right.offset);
                case DIVIDE -> constant(left.offset / right.offset);
                case MODULO -> itself(a);
            };
        }
        if (!left.isConstant() && !right.isConstant()) {
            return itself(a);
        }
        Line moved = switch (a.op()) {
            case ADD -> left.isConstant() ? right.plus(left.offset) : left.plus(right.offset);
            case SUBTRACT -> left.isConstant() ? right.negated().plus(left.offset) : left.plus(-right.offset);
            case MULTIPLY -> left.isConstant() ? right.times(left.offset) : left.times(right.offset);
            case DIVIDE -> left.isConstant() ? itself(a) : left.times(1 / right.offset);
            case MODULO -> itself(a);
        };
        double slope = Math.abs(moved.factor);
        return slope >= SMALL && slope <= LARGE && moved.size <= LARGE ? moved : itself(a);
    }

    private Line plus(double constant) {
        return new Line(of, factor, offset + constant, size + Math.abs(constant), false);
    }

    private Line times(double constant) {
        return new Line(of, factor * constant, offset * constant, size * Math.abs(constant), false);
    }

    /** Values of {@link #of} for which this may be one of {@code values}; more than that where rounding may decide. */
    Numbers source(Numbers values) {
        if (factor == 1 && exact) {
            return values;
        }
        Numbers result = values.nan() ? Numbers.NONE.withNan() : Numbers.NONE;
        for (Interval part : values.parts()) {
            double a = end(part.low(), -Math.signum(factor));
            double b = end(part.high(), Math.signum(factor));
            boolean rising = factor > 0;
            result = result.or(Numbers.between(rising ? a : b, exact && (rising ? part.lowOpen() : part.highOpen()),
                    rising ? b : a, exact && (rising ? part.highOpen() : part.lowOpen())));
        }
        return result;
    }

    private double end(double bound, double outward) {
        if (Double.isInfinite(bound) || exact) {
            return (bound - offset) / factor;
        }
        double margin = ROUNDING * (Math.abs(bound) + size) / Math.abs(factor) + 1e-200;
        return (bound - offset) / factor + outward * margin;
    }
}
