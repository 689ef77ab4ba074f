package io.prunella.control.loop;

import io.prunella.ruler.Because;
import io.prunella.ruler.Firing;
import io.prunella.ruler.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a firing was about, in words and times for people. */
public final class Evidence {
    private Evidence() {}

    /** The terms of the condition and their values, as texts, in order. */
    public static Map<String, String> terms(Firing firing) {
        Map<String, String> terms = new LinkedHashMap<>();
        for (Because term : firing.because()) {
            terms.putIfAbsent(term.term(), text(term.value()));
        }
        return terms;
    }

    /** When what the rule is about began: where the condition says how long it held, then; else when it fired. */
    public static long since(Firing firing) {
        for (Because term : firing.because()) {
            if (term.term().equals("duration") && term.value() instanceof Scalar.Quantity(double seconds)
                    && seconds > 0) {
                return firing.ts() - Math.round(seconds * 1000);
            }
        }
        return firing.ts();
    }

    private static String text(Scalar value) {
        return switch (value) {
            case Scalar.Text(String text) -> text;
            case Scalar.Quantity(double number) -> number == Math.rint(number) && Math.abs(number) < 1e15
                    ? Long.toString((long) number)
                    : Double.toString(number);
            case Scalar.Flag(boolean flag) -> Boolean.toString(flag);
        };
    }
}
