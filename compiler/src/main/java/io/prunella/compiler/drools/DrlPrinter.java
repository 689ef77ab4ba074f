package io.prunella.compiler.drools;

import io.prunella.compiler.print.RuleText;
import java.util.List;

/**
 * The decision as DRL, for people who know Drools; it fires like {@link DecisionModel}, of which nothing is ever text.
 *
 * <p>What makes a breach, thresholds, holds and staleness, lies before it in the front index and stands in comments.
 */
public final class DrlPrinter {
    private final StringBuilder out = new StringBuilder();

    private DrlPrinter() {}

    /** One text for all rules. */
    public static String print(List<UserRule> rules) {
        DrlPrinter printer = new DrlPrinter();
        printer.head();
        printer.generic();
        rules.forEach(printer::user);
        return printer.out.toString();
    }

    private void head() {
        line("package " + DecisionModel.PACKAGE + ";");
        line("");
        for (Class<?> used : List.of(Breach.class, Budget.class, Candidate.class, Cause.class, Decisions.class,
                Demand.class, Downstream.class, EventFact.class, Hold.class)) {
            line("import " + used.getName() + ";");
        }
        line("");
        line("dialect \"mvel\"");
        line("");
        line("global Decisions " + DecisionModel.GLOBAL + ";");
    }

    private void generic() {
        rule(DecisionModel.NAME_AND_EVENT,
                List.of("$breach : Breach( " + Terms.WITH_EVENT + " )",
                        "$event : EventFact( " + Terms.SAME_PAIR + ", " + Terms.OF_THE_EVENT + " )"),
                DecisionModel.GLOBAL + ".meet( $breach, $event );");
        rule(DecisionModel.NAME_TAKEN, List.of("$demand : Demand()", "Hold( " + Terms.SAME_KEY
                + ", " + Terms.SAME_KIND + ", " + Terms.STILL_HELD + " )"),
                "$demand.getProposal().refuse( $demand );");
        rule(DecisionModel.NAME_SPENT,
                List.of("$demand : Demand( " + Terms.COUNTED + " )",
                        "Budget( " + Terms.SAME_KEY + ", " + Terms.USED_UP + " )"),
                "$demand.getProposal().refuse( $demand );");
        rule(DecisionModel.NAME_EXPLAINED,
                List.of("$below : Downstream()",
                        "$cause : Cause( " + Terms.ABOVE + ", " + Terms.EXPLAINS + " )"),
                "$below.getSuspect().found( $cause );");
    }

    private void user(UserRule rule) {
        line("");
        RuleText.of(rule.model()).lines().forEach(text -> line("// " + text));
        if (rule.byEvent()) {
            rule(rule.name(), List.of("$candidate : Candidate( " + Terms.ofRule(rule.number()) + " )"),
                    DecisionModel.GLOBAL + ".propose( $candidate.getBreach(), $candidate.getEvent() );");
        } else {
            rule(rule.name(), List.of("$breach : Breach( " + Terms.ofRule(rule.number()) + " )"),
                    DecisionModel.GLOBAL + ".propose( $breach, null );");
        }
    }

    private void rule(String name, List<String> patterns, String consequence) {
        line("");
        line("rule \"" + quoted(name) + "\"");
        line("when");
        patterns.forEach(pattern -> line("    " + pattern));
        line("then");
        line("    " + consequence);
        line("end");
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    /** Names are users' text: inside the quotes they stay. */
    private static String quoted(String name) {
        StringBuilder text = new StringBuilder();
        name.codePoints().forEach(c -> {
            if (c == '"' || c == '\\' || Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
                text.append('_');
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.toString();
    }
}
