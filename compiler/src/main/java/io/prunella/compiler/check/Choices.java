package io.prunella.compiler.check;

import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.ast.Span;
import io.prunella.dsl.ast.Step.ArgumentValue;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.plan.Mode;
import io.prunella.plan.Step.OnFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Words of which only a few may stand at a place, such as a severity. */
public final class Choices {
    public static final List<String> SEVERITIES = List.of("critical", "high", "warning", "info");
    static final List<String> MODES = List.of("dry_run", "approve", "auto");
    static final List<String> ON_FAILURE = List.of("abort", "continue", "rollback");

    private Choices() {}

    /** The word, if it is one of the choices. */
    static Optional<String> check(Name word, String what, List<String> choices, Diagnostics problems) {
        return check(word.text(), word.span(), what, choices, problems);
    }

    static Optional<String> check(String word, Span span, String what, List<String> choices, Diagnostics problems) {
        if (choices.contains(word)) {
            return Optional.of(word);
        }
        problems.report(DiagnosticCode.UNKNOWN_CHOICE, span).message("no %s is called `%s`", what, word)
                .help(Closest.question(word, choices).orElse("one of " + listed(choices)));
        return Optional.empty();
    }

    /** The mode of that name, which {@link #check} let through. */
    public static Mode mode(String word) {
        return Mode.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The choice of that name, which {@link #check} let through. */
    public static OnFailure onFailure(String word) {
        return OnFailure.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** A value that is a bare or quoted word. */
    public static Optional<String> word(Expr expr) {
        return switch (expr) {
            case Expr.Series series when series.matchers().isEmpty() -> Optional.of(series.name().text());
            case Expr.StringLiteral text -> Optional.of(text.text());
            case Expr.Keyword keyword -> Optional.of(keyword.term().name().toLowerCase(Locale.ROOT));
            case Expr.Path path -> {
                StringBuilder joined = new StringBuilder(path.root().text());
                path.fields().forEach(field -> joined.append('.').append(field.text()));
                yield Optional.of(joined.toString());
            }
            case Expr.Group group -> word(group.inner());
            case Expr.Or _,Expr.And _,Expr.Not _,Expr.Sustained _,Expr.Comparison _,Expr.In _,Expr.TimeIn _,Expr.Arithmetic _,Expr.Negate _,Expr.Series _,Expr.Range _,Expr.Call _,Expr.Aggregate _,Expr.OverEntities _,Expr.EventCount _,Expr.TimeSince _,Expr.Probe _,Expr.NumberLiteral _,Expr.BooleanLiteral _,Expr.ListLiteral _,Expr.MapLiteral _,Expr.Pattern _ ->
                Optional.empty();
        };
    }

    /** A step's option that is a bare or quoted word. */
    public static Optional<String> word(ArgumentValue value) {
        return switch (value) {
            case ArgumentValue.Word word -> Optional.of(word.word().text());
            case ArgumentValue.Value plain -> word(plain.expr());
            case ArgumentValue.Backoff _,ArgumentValue.Targets _ -> Optional.empty();
        };
    }

    /** Names for a sentence: {@code `a`, `b` or `c`}. */
    static String listed(List<String> names) {
        List<String> quoted = new ArrayList<>();
        names.forEach(name -> quoted.add("`" + name + "`"));
        if (quoted.size() < 2) {
            return String.join("", quoted);
        }
        return String.join(", ", quoted.subList(0, quoted.size() - 1)) + " or " + quoted.getLast();
    }
}
