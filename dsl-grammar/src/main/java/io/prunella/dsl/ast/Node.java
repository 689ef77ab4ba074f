package io.prunella.dsl.ast;

/** Anything that stands somewhere in a source file. */
public sealed interface Node
        permits
        Clause,
        Clause.LimitTerm,
        Declaration,
        Declaration.Driver,
        Declaration.Field,
        Declaration.Parameter,
        Declaration.Requirement,
        Declaration.WindowOverride,
        DurationLiteral,
        Expectation,
        Expectation.FiringDetail,
        Expr,
        Expr.Entry,
        Expr.InItem,
        Expr.Matcher,
        Given,
        Given.SampleValues,
        Given.ScriptedOutcome,
        Name,
        SourceFile,
        Step,
        Step.Argument,
        Step.ArgumentValue,
        Trigger,
        Trigger.EventPattern,
        Trigger.FollowedBy,
        Trigger.Times,
        Trigger.Without {
    Span span();
}
