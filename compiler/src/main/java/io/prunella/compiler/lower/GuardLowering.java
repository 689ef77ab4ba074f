package io.prunella.compiler.lower;

import io.prunella.compiler.rule.Condition;
import io.prunella.compiler.rule.Condition.Quantifier;
import io.prunella.compiler.rule.GuardModel;
import io.prunella.compiler.rule.SuppressModel;
import io.prunella.compiler.rule.SuppressModel.WindowOverride;
import io.prunella.compiler.rule.ValueTerm;
import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Expr.CompareOp;
import io.prunella.dsl.diagnostic.Source;

/** Turns what denies and suppresses across rules into what the decision asks. */
public final class GuardLowering {
    private static final Condition AS_GRAVE = new Condition.Compare(new ValueTerm.SeverityOf(ValueTerm.Party.CAUSE),
            CompareOp.GE, new ValueTerm.SeverityOf(ValueTerm.Party.THIS), Quantifier.ANY,
            "severity(cause) >= severity(this)");

    private GuardLowering() {}

    /** Lowers a guard that passed all checks. */
    public static GuardModel guard(Declaration.Guard guard, Source source) {
        return new GuardModel(guard.name().text(), guard.deny().stream().map(name -> name.text()).toList(),
                new ConditionLowering(source).lower(guard.when(), Quantifier.ANY));
    }

    /** Lowers a suppression that passed all checks; a cause no less severe explains where it says nothing else. */
    public static SuppressModel suppress(Declaration.Suppress suppress, Source source) {
        return new SuppressModel(suppress.name().text(),
                suppress.window().map(window -> window.millis()).orElse(SuppressModel.DEFAULT_WINDOW_MILLIS),
                suppress.overrides().stream().map(other -> new WindowOverride(other.label().text(),
                        other.value().text(), other.window().millis())).toList(),
                suppress.settle().map(settle -> settle.millis()).orElse(0L),
                suppress.when().map(when -> new ConditionLowering(source).lower(when, Quantifier.ANY))
                        .orElse(AS_GRAVE));
    }
}
