package io.prunella.cli;

import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.RuleModel;
import io.prunella.plan.HealOrder;
import io.prunella.ruler.Because;
import io.prunella.ruler.Firing;
import io.prunella.ruler.Printed;
import io.prunella.ruler.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The firing that an earlier run's heal came from, as far as its journal tells: a heal taken up has a line, too. */
final class TakenUp {
    private TakenUp() {}

    /** The plan is printed where the rule still has the one that was begun; else it is left empty. */
    static Firing firing(HealOrder order, PackModel pack) {
        List<Because> because = new ArrayList<>();
        order.because().forEach((term, value) -> because.add(Because.of(term, scalar(term, value))));
        return new Firing(order.firedAt(), order.plan().pack(), order.plan().rule(), order.entity(),
                new TreeMap<>(order.subject()), order.severity(), order.mode(), Optional.empty(),
                Firing.NO_SUPPRESSION, order.traceId(),
                pack.rules().stream().filter(rule -> rule.plan().equals(order.plan())).findFirst()
                        .map(RuleModel::outline).orElse(List.of()),
                because, Optional.of(order));
    }

    /** Journals keep text only; what reads as a number was one, except in what others named. */
    private static Scalar scalar(String term, String text) {
        if (!term.equals("event") && !term.startsWith("event.") && !term.startsWith("label.")) {
            try {
                double number = Double.parseDouble(text);
                if (Printed.number(number).equals(text)) {
                    return new Scalar.Quantity(number);
                }
            } catch (NumberFormatException notOne) {
                return new Scalar.Text(text);
            }
        }
        return new Scalar.Text(text);
    }
}
