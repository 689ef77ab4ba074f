package io.prunella.compiler.analysis;

import io.prunella.compiler.check.Choices;
import io.prunella.compiler.check.Problems;
import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Trigger;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import java.util.List;
import java.util.Locale;

/** Burn rates that are not reached even when everything fails: at most 1 ÷ (1 − objective) is. */
final class Burns {
    private static final long MONTH_MILLIS = 30L * 24 * 3_600_000;
    private static final double ROUNDING = 1e-9;

    private Burns() {}

    /** A window pair of the SRE workbook, for a period of 30 days. */
    private record Tier(String windows, double factor) {}

    private static final List<Tier> TIERS = List.of(new Tier("1h/5m", 14.4), new Tier("6h/30m", 6),
            new Tier("1d/2h", 3), new Tier("3d/6h", 1));

    /** The tiers of {@code page: multiwindow}. */
    static void tiers(Declaration.Slo slo, Diagnostics problems) {
        slo.properties().stream().filter(property -> property.name().text().equals("page")
                && Choices.word(property.value()).filter("multiwindow"::equals).isPresent()).findFirst()
                .ifPresent(page -> {
                    double failing = 1 - slo.objective().value();
                    // Whether windows or factors are scaled to another period, the smaller one tells.
                    double scale = Math.min(1, (double) slo.period().millis() / MONTH_MILLIS);
                    List<Tier> dead = TIERS.stream()
                            .filter(tier -> tier.factor() * scale * failing >= 1 - ROUNDING).toList();
                    if (!dead.isEmpty()) {
                        problems.report(DiagnosticCode.SLO_TIER_NEVER_FIRES, page.span())
                                .message(
                                        "the tier `%s` of `%s` can never fire: with an objective of `%s` nothing burns "
                                                + "faster than %s, and it asks for %s",
                                        dead.getFirst().windows(),
                                        slo.name().text(), slo.objective().text(), shown(1 / failing),
                                        shown(dead.getFirst().factor()))
                                .label(slo.objective().span(), "1 ÷ (1 − objective) is the fastest burn")
                                .help("page on a burn rate below " + shown(1 / failing)
                                        + ", or raise the objective");
                    }
                });
    }

    /** A rule {@code on burn}. */
    static void trigger(Trigger.OnBurn burn, Declaration.Slo slo, String sloFile, String file, Problems problems) {
        double used = burn.threshold().value() * (1 - slo.objective().value());
        boolean never = switch (burn.op()) {
            case GE, EQ -> used > 1 + ROUNDING;
            case GT -> used >= 1 - ROUNDING;
            case NE, LT, LE, MATCHES, NOT_MATCHES -> false;
        };
        if (never) {
            problems.in(file).report(DiagnosticCode.SLO_TIER_NEVER_FIRES, burn.threshold().span())
                    .message("`%s` never burns at `%s`: with an objective of `%s` nothing burns faster than %s",
                            slo.name().text(), burn.threshold().text(), slo.objective().text(),
                            shown(1 / (1 - slo.objective().value())))
                    .label(sloFile, slo.objective().span(), "1 ÷ (1 − objective) is the fastest burn")
                    .help("ask for less than that, or raise the objective");
        }
    }

    private static String shown(double value) {
        double rounded = Math.rint(value * 100) / 100;
        return rounded == Math.rint(rounded)
                ? Long.toString((long) rounded)
                : String.format(Locale.ROOT, "%s", rounded);
    }
}
