package io.prunella.compiler.analysis;

import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.diagnostic.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says in words what parts of conditions ask for. */
final class Wording {
    private static final int LONG = 80;

    private final Source source;

    Wording(Source source) {
        this.source = source;
    }

    /** As written, on one line, cut where it is long. */
    String text(Expr expr) {
        String line = source.slice(expr.span()).replaceAll("\\s+", " ");
        return line.length() <= LONG ? line : line.substring(0, LONG - 1) + "…";
    }

    /** {@code `a`, `b` and `c`}. */
    String listed(List<Expr> exprs, String conjunction) {
        List<String> quoted = new ArrayList<>();
        exprs.forEach(expr -> quoted.add("`" + text(expr) + "`"));
        return quoted.size() < 2
                ? String.join("", quoted)
                : String.join(", ", quoted.subList(0, quoted.size() - 1)) + " " + conjunction + " "
                        + quoted.getLast();
    }

    /** What a part needs to be true. */
    String demand(Expr leg, Reading reading) {
        Expr plain = leg;
        while (plain instanceof Expr.Group || plain instanceof Expr.Sustained) {
            plain = plain instanceof Expr.Group group ? group.inner() : ((Expr.Sustained) plain).condition();
        }
        boolean every = reading.all();
        if (plain instanceof Expr.Call call && Logic.isQuantifier(call)) {
            every = call.function().text().equals("all");
            plain = Logic.ungrouped(call.arguments().getFirst());
        }
        if (plain instanceof Expr.Comparison c && Line.of(c.left()).of().isPresent()
                && (Line.of(c.right()).isConstant() || c.right() instanceof Expr.StringLiteral)) {
            String right = text(c.right());
            String bound = switch (c.op()) {
                case LT -> "below " + right;
                case LE -> "at most " + right;
                case GT -> "above " + right;
                case GE -> "at least " + right;
                case EQ -> "equal to " + right;
                case NE -> "other than " + right;
                case MATCHES -> "matching " + right;
                case NOT_MATCHES -> "not matching " + right;
            };
            boolean many = Quantity.number(Logic.ungrouped(c.left())).many();
            return "needs " + (many ? every ? "every series of " : "a series of " : "") + "`" + text(c.left())
                    + "` to be " + bound;
        }
        return "needs `" + text(Logic.ungrouped(leg)) + "`";
    }

    /** Why one comparison alone can have only one truth, or what to write instead. */
    Optional<String> reason(Expr expr) {
        if (expr instanceof Expr.Comparison c) {
            boolean left = Line.of(c.left()).isConstant();
            boolean right = Line.of(c.right()).isConstant();
            if (left && right) {
                return Optional.of("compare a metric");
            }
            if (c.left() instanceof Expr.Keyword keyword && keyword.term() == Expr.KeywordTerm.DURATION) {
                return Optional.of("give it a length, e.g. `duration > 30s`");
            }
            return range(left ? c.right() : c.left());
        }
        return expr instanceof Expr.In in ? range(in.value()) : Optional.empty();
    }

    private Optional<String> range(Expr value) {
        Expr of = Line.of(value).of().orElse(value);
        Quantity quantity = Quantity.number(Logic.ungrouped(of));
        if (quantity.never()) {
            return Optional.of("no series matches `" + text(of) + "`, as its labels contradict each other");
        }
        if (quantity.domain() instanceof Values.Numbers numbers && numbers.parts().size() == 1
                && Double.isFinite(numbers.parts().getFirst().low())) {
            Values.Interval part = numbers.parts().getFirst();
            return Optional.of("`" + text(of) + "` is " + (Double.isInfinite(part.high())
                    ? number(part.low()) + " or more"
                    : "never outside " + number(part.low()) + " to " + number(part.high())));
        }
        return Optional.empty();
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
