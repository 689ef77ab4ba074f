package io.prunella.compiler.check;

import io.prunella.compiler.check.PackHeader.Defaults;
import io.prunella.compiler.rule.PackRequirement;
import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what {@code pack} says, its {@code defaults} above all. */
final class HeaderReader {
    private static final List<String> PROPERTIES = List.of("version", "describe", "owner", "defaults", "requires");
    private static final List<String> DEFAULTS = List.of("mode", "severity", "priority", "cooldown", "timeout",
            "retry", "on_failure");

    private final Diagnostics problems;

    HeaderReader(Diagnostics problems) {
        this.problems = problems;
    }

    PackHeader read(Declaration.Pack pack) {
        String version = "0.0.0";
        Defaults defaults = Defaults.NONE;
        Set<String> seen = new HashSet<>();
        for (Expr.Entry property : pack.properties()) {
            String name = property.name().text();
            if (!seen.add(name)) {
                problems.report(DiagnosticCode.DUPLICATE_NAME, property.name().span())
                        .message("`%s` is written twice", name);
                continue;
            }
            switch (name) {
                case "version" -> version = text(property).orElse(version);
                case "describe", "owner" -> text(property);
                case "defaults" -> defaults = defaults(property);
                case "requires" -> {
                    // The parser keeps requirements apart.
                }
                default -> problems.report(DiagnosticCode.UNKNOWN_PROPERTY, property.name().span())
                        .message("a pack has no property `%s`", name)
                        .help(Closest.question(name, PROPERTIES).orElse("one of " + Choices.listed(PROPERTIES)));
            }
        }
        return new PackHeader(pack.name().text(), version, defaults,
                pack.requires().stream().flatMap(one -> requirement(one, pack.name().text()).stream()).toList());
    }

    private Optional<PackRequirement> requirement(Declaration.Requirement required, String self) {
        String version = required.version().text();
        if (required.op() == Expr.CompareOp.MATCHES || required.op() == Expr.CompareOp.NOT_MATCHES) {
            problems.report(DiagnosticCode.WRONG_PROPERTY, required.span())
                    .message("versions are compared as numbers, so `%s` takes no pattern", "requires")
                    .help("e.g. `requires: base >= \"2.0\"`");
        } else if (!PackRequirement.isVersion(version)) {
            problems.report(DiagnosticCode.WRONG_PROPERTY, required.version().span())
                    .message("`%s` is no version", version).help("numbers with points between them, e.g. `\"2.0\"`");
        } else if (required.pack().text().equals(self)) {
            problems.report(DiagnosticCode.WRONG_PROPERTY, required.span()).message("pack `%s` requires itself", self);
        } else {
            return Optional.of(new PackRequirement(required.pack().text(), required.op(), version));
        }
        return Optional.empty();
    }

    private Optional<String> text(Expr.Entry property) {
        if (property.value() instanceof Expr.StringLiteral text) {
            return Optional.of(text.text());
        }
        wrong(property, "text in quotes");
        return Optional.empty();
    }

    private void wrong(Expr.Entry property, String wanted) {
        problems.report(DiagnosticCode.WRONG_PROPERTY, property.value().span()).message("`%s` takes %s",
                property.name().text(), wanted);
    }

    private Defaults defaults(Expr.Entry property) {
        if (!(property.value() instanceof Expr.MapLiteral map)) {
            wrong(property, "a map such as `{mode: dry_run}`");
            return Defaults.NONE;
        }
        Defaults d = Defaults.NONE;
        for (Expr.Entry entry : map.entries()) {
            String name = entry.name().text();
            d = switch (name) {
                case "mode" -> new Defaults(word(entry, "mode", Choices.MODES).map(Choices::mode), d.severity(),
                        d.priority(), d.cooldownMillis(), d.timeoutMillis(), d.retry(), d.onFailure());
                case "severity" -> new Defaults(d.mode(), word(entry, "severity", Choices.SEVERITIES), d.priority(),
                        d.cooldownMillis(), d.timeoutMillis(), d.retry(), d.onFailure());
                case "priority" -> new Defaults(d.mode(), d.severity(), whole(entry, Long.MAX_VALUE),
                        d.cooldownMillis(), d.timeoutMillis(), d.retry(), d.onFailure());
                case "cooldown" -> new Defaults(d.mode(), d.severity(), d.priority(), duration(entry, 0),
                        d.timeoutMillis(), d.retry(), d.onFailure());
                case "timeout" -> new Defaults(d.mode(), d.severity(), d.priority(), d.cooldownMillis(),
                        duration(entry, 1), d.retry(), d.onFailure());
                case "retry" -> new Defaults(d.mode(), d.severity(), d.priority(), d.cooldownMillis(),
                        d.timeoutMillis(), whole(entry, StepCheck.MOST_RETRIES).map(Long::intValue), d.onFailure());
                case "on_failure" -> new Defaults(d.mode(), d.severity(), d.priority(), d.cooldownMillis(),
                        d.timeoutMillis(), d.retry(),
                        word(entry, "`on_failure`", Choices.ON_FAILURE).map(Choices::onFailure));
                default -> {
                    problems.report(DiagnosticCode.UNKNOWN_PROPERTY, entry.name().span())
                            .message("`%s` has no default", name)
                            .help(Closest.question(name, DEFAULTS).orElse("one of " + Choices.listed(DEFAULTS)));
                    yield d;
                }
            };
        }
        return d;
    }

    private Optional<String> word(Expr.Entry entry, String what, List<String> choices) {
        Optional<String> word = Choices.word(entry.value());
        if (word.isEmpty()) {
            wrong(entry, "one of " + Choices.listed(choices));
            return Optional.empty();
        }
        return Choices.check(word.get(), entry.value().span(), what, choices, problems);
    }

    private Optional<Long> whole(Expr.Entry entry, long most) {
        if (entry.value() instanceof Expr.NumberLiteral number && number.dimension() == Dimension.NUMBER
                && number.value() == Math.rint(number.value()) && number.value() >= 0 && number.value() <= most
                && !number.percent()) {
            return Optional.of((long) number.value());
        }
        wrong(entry, most < Integer.MAX_VALUE ? "a whole number from 0 to " + most : "a whole number from 0");
        return Optional.empty();
    }

    private Optional<Long> duration(Expr.Entry entry, long least) {
        if (entry.value() instanceof Expr.NumberLiteral number && number.dimension() == Dimension.DURATION
                && number.value() >= least) {
            return Optional.of((long) number.value());
        }
        wrong(entry, least > 0 ? "a duration above 0 such as `45s`" : "a duration such as `45s`");
        return Optional.empty();
    }
}
