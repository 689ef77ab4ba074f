package io.prunella.compiler.analysis;

import io.prunella.compiler.analysis.Values.Numbers;
import io.prunella.compiler.analysis.Values.Texts;
import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Expr.CompareOp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What has to be so for a condition to be true, false, or neither.
 *
 * <p>Every claim is implied by what it stands for, so that a claim that cannot be met proves that the condition never
 * has that truth. The other way round it holds only where {@link Claim.Anything} and the quantities are sure.
 *
 * @param all whether a comparison that does not say holds for all series, as in {@code verify}
 * @param nan whether a value may be no number
 */
record Reading(boolean all, boolean nan) {
    /** As in {@code when}. */
    static final Reading ANY = new Reading(false, true);
    /** As in {@code verify}. */
    static final Reading ALL = new Reading(true, true);

    /** A truth that a condition may have; the last two leave unknown open. */
    enum Truth {
        TRUE, FALSE, NOT_TRUE, NOT_FALSE;

        Truth turned() {
            return switch (this) {
                case TRUE -> FALSE;
                case FALSE -> TRUE;
                case NOT_TRUE -> NOT_FALSE;
                case NOT_FALSE -> NOT_TRUE;
            };
        }

        /** Whether an AND has it only if all of its operands have. */
        boolean ofAll() {
            return this == TRUE || this == NOT_FALSE;
        }
    }

    Reading numbersOnly() {
        return new Reading(all, false);
    }

    Claim claim(Expr expr, Truth truth) {
        return switch (expr) {
            case Expr.And and -> parts(and.operands(), truth, truth.ofAll());
            case Expr.Or or -> parts(or.operands(), truth, !truth.ofAll());
            case Expr.Not not -> claim(not.operand(), truth.turned());
            case Expr.Group group -> claim(group.inner(), truth);
            case Expr.Sustained sustained -> sustained(sustained, truth);
            case Expr.BooleanLiteral literal -> constant(literal.value(), truth);
            case Expr.Call call when Logic.isQuantifier(call) -> quantified(call, truth);
            case Expr.Comparison comparison -> comparison(comparison, truth, all, false);
            case Expr.In in -> in(in, truth, all, false);
            case Expr.TimeIn time -> time(time, truth);
            case Expr.Path _ -> atom(Quantity.truth(expr), Texts.only(Set.of("true")), Texts.only(Set.of("false")),
                    truth, false, false);
            case Expr.Call _,Expr.OverEntities _ -> atom(Quantity.truth(expr), Texts.only(Set.of("true")),
                    Texts.only(Set.of("false")), truth, false, false);
            case Expr.Arithmetic _,Expr.Negate _,Expr.Series _,Expr.Range _,Expr.Aggregate _,Expr.EventCount _,Expr.TimeSince _,Expr.Keyword _,Expr.Probe _,Expr.NumberLiteral _,Expr.StringLiteral _,Expr.ListLiteral _,Expr.MapLiteral _,Expr.Pattern _ ->
                Claim.Anything.UNSURE;
        };
    }

    private Claim parts(List<Expr> operands, Truth truth, boolean every) {
        List<Claim> claims = operands.stream().map(operand -> claim(operand, truth)).toList();
        return every ? new Claim.Both(claims) : new Claim.Either(claims);
    }

    private static Claim constant(boolean value, Truth truth) {
        return value == truth.ofAll() ? Claim.Anything.TRUE : Claim.Either.IMPOSSIBLE;
    }

    // A hold that is reached implies its condition; one that is not says nothing of it.
    private Claim sustained(Expr.Sustained sustained, Truth truth) {
        if (sustained.atLeast().millis() == 0) {
            return claim(sustained.condition(), truth);
        }
        Claim held = atom(Quantity.single("held " + Ast.print(sustained), Texts.TRUTH),
                Texts.only(Set.of("true")), Texts.only(Set.of("false")), truth, false, false);
        return truth == Truth.TRUE
                ? new Claim.Both(List.of(claim(sustained.condition(), truth), held))
                : held;
    }

    private Claim quantified(Expr.Call call, Truth truth) {
        boolean every = call.function().text().equals("all");
        return switch (Logic.ungrouped(call.arguments().getFirst())) {
            case Expr.Comparison comparison -> comparison(comparison, truth, every, true);
            case Expr.In in -> in(in, truth, every, true);
            case Expr other -> new Reading(every, nan).claim(other, truth);
        };
    }

    private Claim comparison(Expr.Comparison c, Truth truth, boolean every, boolean outright) {
        Expr left = Logic.ungrouped(c.left());
        Expr right = Logic.ungrouped(c.right());
        Optional<String> text = text(right).or(() -> text(left));
        if (text.isPresent()) {
            return textual(c, text.get(), truth, every, outright);
        }
        if (left instanceof Expr.BooleanLiteral || right instanceof Expr.BooleanLiteral) {
            return truthful(c, left, right, truth, every, outright);
        }
        Line first = Line.of(left);
        Line second = Line.of(right);
        if (first.isConstant() && second.isConstant()) {
            return constant(Logic.holds(first.offset(), c.op(), second.offset()), truth);
        }
        if (second.isConstant()) {
            return numeric(first, Numbers.of(c.op(), second.offset()), truth, every, outright);
        }
        if (first.isConstant()) {
            return numeric(second, Numbers.of(c.op().mirrored(), first.offset()), truth, every, outright);
        }
        boolean asWritten = Quantity.key(left).compareTo(Quantity.key(right)) <= 0;
        Quantity order = asWritten ? Quantity.order(left, right) : Quantity.order(right, left);
        Numbers yes = Numbers.of(asWritten ? c.op() : c.op().mirrored(), 0);
        return atom(order, yes, yes.complement(), truth, every, outright);
    }

    private static Optional<String> text(Expr expr) {
        return expr instanceof Expr.StringLiteral literal ? Optional.of(literal.text()) : Optional.empty();
    }

    private Claim textual(Expr.Comparison c, String text, Truth truth, boolean every, boolean outright) {
        Expr left = Logic.ungrouped(c.left());
        Expr other = left instanceof Expr.StringLiteral ? Logic.ungrouped(c.right()) : left;
        boolean pattern = c.op() == CompareOp.MATCHES || c.op() == CompareOp.NOT_MATCHES;
        if (other instanceof Expr.StringLiteral || (pattern && !Patterns.isReadable(text))) {
            return Claim.Anything.UNSURE;
        }
        Texts same = pattern ? Texts.like(text) : Texts.only(Set.of(text));
        Texts different = pattern ? Texts.unlike(text) : Texts.not(Set.of(text));
        Quantity quantity = Quantity.text(other);
        return switch (c.op()) {
            case EQ, MATCHES -> atom(quantity, same, different, truth, every, outright);
            case NE, NOT_MATCHES -> atom(quantity, different, same, truth, every, outright);
            case LT, LE, GT, GE -> Claim.Anything.UNSURE;
        };
    }

    private Claim truthful(Expr.Comparison c, Expr left, Expr right, Truth truth, boolean every, boolean outright) {
        boolean onRight = right instanceof Expr.BooleanLiteral;
        Expr other = onRight ? left : right;
        if (other instanceof Expr.BooleanLiteral || (c.op() != CompareOp.EQ && c.op() != CompareOp.NE)
                || !((onRight ? right : left) instanceof Expr.BooleanLiteral literal)) {
            return Claim.Anything.UNSURE;
        }
        boolean wanted = literal.value() == (c.op() == CompareOp.EQ);
        return atom(Quantity.truth(other), Texts.only(Set.of(String.valueOf(wanted))),
                Texts.only(Set.of(String.valueOf(!wanted))), truth, every, outright);
    }

    private Claim in(Expr.In in, Truth truth, boolean every, boolean outright) {
        Set<String> texts = new HashSet<>();
        Numbers numbers = Numbers.NONE;
        for (Expr.InItem item : in.items()) {
            Expr from = Logic.ungrouped(item.from());
            if (from instanceof Expr.StringLiteral literal && item.to().isEmpty()) {
                texts.add(literal.text());
                continue;
            }
            Line low = Line.of(from);
            Line high = item.to().map(Line::of).orElse(low);
            if (!low.isConstant() || !high.isConstant()) {
                return Claim.Anything.UNSURE;
            }
            numbers = numbers.or(Numbers.between(low.offset(), false, high.offset(), false));
        }
        Expr value = Logic.ungrouped(in.value());
        if (texts.isEmpty()) {
            Line line = Line.of(value);
            return line.isConstant() ? Claim.Anything.UNSURE : numeric(line, numbers, truth, every, outright);
        }
        return texts.size() == in.items().size()
                ? atom(Quantity.text(value), Texts.only(texts), Texts.not(texts), truth, every, outright)
                : Claim.Anything.UNSURE;
    }

    private Claim time(Expr.TimeIn time, Truth truth) {
        if (time.fromMinute() == time.toMinute()) {
            return Claim.Anything.UNSURE;
        }
        Numbers day = Numbers.between(0, false, 1440, true);
        Numbers yes = time.fromMinute() < time.toMinute()
                ? Numbers.between(time.fromMinute(), false, time.toMinute(), true)
                : Numbers.between(0, false, time.toMinute(), true)
                        .or(Numbers.between(time.fromMinute(), false, 1440, true));
        String zone = time.zone().map(z -> z.text()).orElse("UTC");
        return atom(Quantity.single("time in " + zone, day), yes, yes.complement(), truth, false, false);
    }

    private Claim numeric(Line line, Numbers values, Truth truth, boolean every, boolean outright) {
        Quantity quantity = Quantity.number(line.of().orElseThrow());
        return atom(quantity, line.source(values), line.source(values.complement()), truth, every, outright);
    }

    /**
     * A comparison, by the values for which it is true and false.
     *
     * @param every whether all values have to satisfy it, rather than one
     */
    private Claim atom(Quantity quantity, Values yes, Values no, Truth truth, boolean every, boolean outright) {
        Function<Values, Claim> some = values -> new Claim.Some(quantity, numbers(values), outright);
        Function<Values, Claim> only = values -> new Claim.Every(quantity, numbers(values), true);
        Function<Values, Claim> none = values -> new Claim.Every(quantity, numbers(values), false);
        Function<Values, Claim> perhaps = values -> new Claim.Either(
                new ArrayList<>(List.of(new Claim.Missing(quantity), some.apply(values))));
        return switch (truth) {
            case TRUE -> every ? only.apply(yes) : some.apply(yes);
            case FALSE -> every ? some.apply(no) : only.apply(no);
            case NOT_TRUE -> every ? perhaps.apply(no) : none.apply(no);
            case NOT_FALSE -> every ? none.apply(yes) : perhaps.apply(yes);
        };
    }

    private Values numbers(Values values) {
        return values instanceof Numbers numbers && !nan ? numbers.withoutNan() : values;
    }
}
